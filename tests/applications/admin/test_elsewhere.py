"""The same person in another application, as its screen tells: of other providers no more than that there is one."""

import pytest

from applications.elsewhere import WAYS
from applications.models import Application
from tests.factories.applications import NOW, ApplicationFactory
from tests.people import UserFactory

SEEMS = "The same person, it seems"


@pytest.fixture
def mine(world):
    person = UserFactory(trn="7654321", trn_verified=True)
    return ApplicationFactory(
        submitted=True, provider=world.ambition, applicant=person, trn="1234567", date_of_birth="1987-03-27"
    )


@pytest.fixture
def screen(admin_as, mine, address):
    return lambda who="decider": admin_as(who).get(address("change", mine)).content.decode()


def alike(way, mine, world):
    return {
        "account": {"applicant": mine.applicant, "qualification": world.literacy, "full_name": "Other"},
        "number": {"trn": "1234567", "full_name": "Other"},
        "verified number": {"applicant": UserFactory(trn="1234567", trn_verified=True), "full_name": "Other"},
        "own verified number": {"trn": "7654321", "full_name": "Other"},
        "name": {"date_of_birth": "1987-03-27", "full_name": "ada APPLICANT"},
    }[way]


@pytest.mark.parametrize("way", ["account", "number", "verified number", "own verified number", "name"])
def test_of_its_own_a_provider_reads_which_and_how(screen, mine, world, way):
    other = ApplicationFactory(submitted=True, provider=world.ambition, **alike(way, mine, world))
    html = screen()
    assert other.reference in html
    assert WAYS[way.split()[-1]] in html
    assert "with another lead provider" not in html


@pytest.mark.parametrize("way", ["account", "number", "name"])
def test_of_another_provider_only_that_there_is_one(screen, mine, world, way):
    other = ApplicationFactory(submitted=True, provider=world.other, **alike(way, mine, world))
    html = screen()
    assert "There is one with another lead provider." in html
    for told in (other.reference, str(other.pk), "Teach First", *WAYS.values()):
        assert told not in html
    assert other.reference in screen("portal_staff")


@pytest.mark.parametrize("changed", [{"state": "withdrawn"}, {"state": "draft"}])
def test_what_has_ended_with_another_provider_is_not_told(screen, mine, world, changed):
    if changed["state"] == "draft":
        ApplicationFactory(applicant=mine.applicant)
    else:
        ApplicationFactory(withdrawn=True, provider=world.other, trn="1234567")
    assert SEEMS not in screen()


def test_nobody_else(screen, mine, world):
    ApplicationFactory(submitted=True, provider=world.ambition)  # the same name, and no date of birth
    ApplicationFactory(submitted=True, provider=world.ambition, full_name="Bob", date_of_birth="1987-03-27")
    assert SEEMS not in screen()


def test_who_was_erased_is_nobody(screen, mine, world):
    erased = ApplicationFactory(withdrawn=True, provider=world.ambition, applicant=mine.applicant)
    Application.objects.filter(pk=erased.pk).update(
        full_name="Erased person", workplace_name="", trn="", erased_at=NOW
    )
    assert SEEMS not in screen()
