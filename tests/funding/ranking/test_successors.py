"""Figures of a closed school are those of the open schools that followed it."""

import pytest

from funding.models import RankedSchool
from tests.factories.funding import ClosedSchoolFactory, EstablishmentFactory, EstablishmentLinkFactory
from tests.funding.ranking.making import figures, rank, ranks, school

pytestmark = pytest.mark.django_db


def closed(urn: str, *, followed_by: str, kind: str = "Successor") -> None:
    ClosedSchoolFactory(urn=urn)
    EstablishmentLinkFactory(urn=urn, linked_urn=followed_by, kind=kind)


def test_a_converted_school_has_the_figures_of_the_one_before():
    closed("100001", followed_by="100002")
    EstablishmentFactory(urn="100002")
    figures("100001", 4, 10)
    found = RankedSchool.objects.get(ranking=rank())
    assert (found.urn, found.figures_of, found.eligible, found.roll) == ("100002", ["100001"], 4, 10)


def test_through_several_steps():
    closed("100001", followed_by="100002")
    closed("100002", followed_by="100003")
    EstablishmentFactory(urn="100003")
    figures("100001", 4, 10)
    assert set(ranks(rank())) == {"100003"}


def test_a_school_that_we_hold_no_row_for_can_lead_on():
    EstablishmentLinkFactory(urn="100001", linked_urn="100003")
    EstablishmentFactory(urn="100003")
    figures("100001", 4, 10)
    assert set(ranks(rank())) == {"100003"}


def test_a_merged_school_adds_them_up():
    for urn in ("100001", "100002"):
        closed(urn, followed_by="100003", kind="Successor - merged")
    school("100003", 1, 10)
    figures("100001", 9, 10)
    figures("100002", 5, 20)
    ranking = rank()
    found = RankedSchool.objects.get(ranking=ranking)
    assert found.figures_of == ["100001", "100002", "100003"]
    assert (found.eligible, found.roll) == (15, 40)
    assert (ranking.population, ranking.figures) == (1, 3)


def test_each_part_of_a_split_school_has_all_of_its_figures():
    closed("100001", followed_by="100002")
    EstablishmentLinkFactory(urn="100001", linked_urn="100003")
    EstablishmentFactory(urn="100002")
    EstablishmentFactory(urn="100003")
    figures("100001", 4, 10)
    assert ranks(rank()) == {"100002": 1, "100003": 1}


def test_an_open_school_keeps_its_figures_though_a_successor_is_named():
    school("100001", 4, 10)
    EstablishmentFactory(urn="100002")
    EstablishmentLinkFactory(urn="100001", linked_urn="100002")
    assert set(ranks(rank())) == {"100001"}


def test_links_to_predecessors_are_not_followed():
    school("100001", 4, 10)
    ClosedSchoolFactory(urn="100002")
    EstablishmentLinkFactory(urn="100002", linked_urn="100003", kind="Predecessor")
    EstablishmentFactory(urn="100003")
    figures("100002", 4, 10)
    assert set(ranks(rank())) == {"100001"}


def test_schools_that_follow_each_other_end():
    closed("100001", followed_by="100002")
    closed("100002", followed_by="100001")
    figures("100001", 4, 10)
    school("100003", 1, 10)
    assert set(ranks(rank())) == {"100003"}
