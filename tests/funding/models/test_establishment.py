"""What the database refuses about establishments, and what names one."""

import pytest
from django.db import IntegrityError

from funding.models import Establishment
from tests.factories.funding import (
    ClosedSchoolFactory,
    EstablishmentFactory,
    EstablishmentLinkFactory,
    PostSixteenFactory,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("establishment_has_urn_or_ukprn", {"urn": None, "ukprn": None}),
        ("establishment_urn_six_digits", {"urn": "12345"}),
        ("establishment_urn_six_digits", {"urn": "EY1234"}),
        ("establishment_urn_six_digits", {"urn": ""}),
        ("establishment_ukprn_eight_digits", {"ukprn": "1000000"}),
        ("establishment_whole_grid_reference", {"easting": 530000}),
    ],
)
def test_refuses(constraint, fields):
    with pytest.raises(IntegrityError, match=constraint):
        EstablishmentFactory(**fields)


def test_a_urn_is_one_schools():
    EstablishmentFactory(urn="100000")
    with pytest.raises(IntegrityError, match="establishment_urn_unique"):
        EstablishmentFactory(urn="100000")


def test_a_ukprn_without_urn_is_one_institutions():
    PostSixteenFactory(ukprn="10000055")
    with pytest.raises(IntegrityError, match="establishment_ukprn_unique_without_urn"):
        PostSixteenFactory(ukprn="10000055")


def test_schools_of_one_trust_may_share_a_ukprn():
    EstablishmentFactory(ukprn="10000055")
    EstablishmentFactory(ukprn="10000055")
    assert Establishment.objects.filter(ukprn="10000055").count() == 2


def test_is_named_by_its_urn_else_by_its_ukprn():
    assert EstablishmentFactory(urn="100000", ukprn="10000055").reference == "100000"
    assert PostSixteenFactory(ukprn="10000146").reference == "ukprn-10000146"


def test_a_reference_finds_what_it_names():
    school, college = EstablishmentFactory(), PostSixteenFactory()
    assert Establishment.objects.by_reference(school.reference) == school
    assert Establishment.objects.by_reference(college.reference) == college


def test_a_ukprn_reference_never_finds_a_school_that_has_a_urn():
    EstablishmentFactory(ukprn="10000055")
    with pytest.raises(Establishment.DoesNotExist):
        Establishment.objects.by_reference("ukprn-10000055")


@pytest.mark.parametrize(
    "reference",
    [
        "",
        "999999",
        "ukprn-",
        "ukprn-99999999",
        "x",
        "100000 ",
        "\x00",
        "٣٣٣٣٣٣",
        "²",
        "9" * 5000,
        "urn-100000",
        "-1",
    ],
)
def test_anything_else_finds_nothing(reference):
    EstablishmentFactory(urn="100000")
    with pytest.raises(Establishment.DoesNotExist):
        Establishment.objects.by_reference(reference)


@pytest.mark.parametrize(("status", "pickable"), [("1", True), ("2", False), ("3", True), ("4", True)])
def test_open_and_proposed_ones_can_be_picked(status, pickable):
    school = EstablishmentFactory(status_code=status)
    assert school.is_pickable is pickable
    assert (school in Establishment.objects.pickable()) is pickable


def test_a_link_is_to_another_school():
    with pytest.raises(IntegrityError, match="establishment_link_to_another"):
        EstablishmentLinkFactory(urn="100000", linked_urn="100000")


def test_a_link_is_there_once():
    closed = ClosedSchoolFactory()
    EstablishmentLinkFactory(urn=closed.urn, linked_urn="100001")
    with pytest.raises(IntegrityError, match="establishment_link_once"):
        EstablishmentLinkFactory(urn=closed.urn, linked_urn="100001")


def test_place_names_each_thing_once():
    assert EstablishmentFactory().place == "Camden, NW5 3RD"
    assert EstablishmentFactory(town="London").place == "London, Camden, NW5 3RD"
    assert PostSixteenFactory().place == ""
