"""One person under two accounts with the same verified TRN: accepted in one, the other ends with notice."""

import pytest

from applications import actions
from applications.actions.errors import InTraining
from applications.models import Application, FundedPlaces
from npq_portal.mail.models import OutboxMessage
from tests.factories.applications import (
    LATER,
    NOW,
    SPONSOR,
    ApplicationFactory,
    FundedPlacesFactory,
    waiting_by,
)
from tests.people import UserFactory


def person(**changes):
    return UserFactory(**{"trn": "7654321", "trn_verified": True, **changes})


@pytest.fixture
def pair(world):
    """The same person with each of two providers."""
    return [
        ApplicationFactory(
            submitted=True,
            applicant=person(),
            provider=provider,
            qualification=world.headship,
            term=world.term,
        )
        for provider in (world.ambition, world.other)
    ]


def accept(application, by, funded_place=False):
    return actions.accept(application=application, funded_place=funded_place, by=by, now=LATER)


def state_of(application):
    return Application.objects.get(pk=application.pk).state


def test_the_other_ends_and_is_told(pair, decider, left_behind):
    accept(pair[0], decider)
    assert [state_of(each) for each in pair] == ["accepted", "withdrawn"]
    assert left_behind() == (
        ["applications.accepted", "applications.closed_as_accepted_elsewhere"],
        ["applications/accepted", "applications/closed"],
    )
    assert OutboxMessage.objects.get(template="applications/closed").to == pair[1].applicant.email


def test_who_waits_or_reads_for_the_other_is_told(world, decider, rival):
    """Its sponsor, or its provider where that has the form."""
    first, waiting = person(), person()
    application = waiting_by(waiting, provider={"provider": "teach-first"})
    accepted = ApplicationFactory(
        submitted=True,
        applicant=first,
        provider=world.ambition,
        qualification=world.headship,
        term=world.term,
    )
    accept(accepted, decider)
    assert state_of(application) == "withdrawn"
    mails = OutboxMessage.objects.order_by("pk").values_list("template", "to")
    assert ("applications/sponsor_not_needed", SPONSOR[1]) in mails
    assert rival.email not in [to for _, to in mails]


def test_a_place_that_the_other_held_is_free(world, pair, decider, rival):
    for provider in (world.ambition, world.other):
        FundedPlacesFactory(provider=provider, qualification=world.headship, term=world.term, cap=1)
    Application.objects.filter(pk=pair[1].pk).update(state="accepted", funded_place=True, decided_at=NOW)
    FundedPlaces.objects.filter(provider=world.other).update(taken=1)
    accept(pair[0], decider, funded_place=True)
    assert dict(FundedPlaces.objects.values_list("provider__slug", "taken")) == {
        "ambition-institute": 1,
        "teach-first": 0,
    }


@pytest.mark.parametrize(
    "changes", [{"trn": "1111111"}, {"trn_verified": False}, {"trn": "", "trn_verified": False}]
)
def test_only_a_verified_trn_is_the_same_person(world, decider, changes):
    mine, theirs = (
        ApplicationFactory(
            submitted=True,
            applicant=who,
            provider=world.ambition,
            qualification=world.headship,
            term=world.term,
        )
        for who in (person(), person(**changes))
    )
    accept(mine, decider)
    assert state_of(theirs) == "submitted"


def test_another_npq_goes_on(world, pair, decider):
    Application.objects.filter(pk=pair[1].pk).update(qualification=world.literacy)
    accept(pair[0], decider)
    assert state_of(pair[1]) == "submitted"


def test_training_that_has_begun_is_left_to_people(pair, decider, left_behind):
    Application.objects.filter(pk=pair[1].pk).update(state="active", funded_place=False, decided_at=NOW)
    with pytest.raises(InTraining):
        accept(pair[0], decider)
    assert [state_of(each) for each in pair] == ["submitted", "active"]
    assert left_behind() == ([], [])
