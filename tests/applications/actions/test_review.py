"""Accepting and rejecting: by the provider's deciders, from where it can be decided, once."""

import pytest

from applications import actions
from applications.actions.errors import AlreadyDone, Incomplete, NoPlaceLeft, NotEntitled, NotYours
from applications.models import Application, FundedPlaces
from applications.states import State
from npq_portal.mail.models import OutboxMessage
from tests.factories.applications import LATER, ApplicationFactory, FundedPlacesFactory


@pytest.fixture
def theirs(world, teacher):
    return ApplicationFactory(submitted=True, applicant=teacher, provider=world.ambition)


@pytest.fixture
def places(world):
    return FundedPlacesFactory(provider=world.ambition, cap=1)


def accept(application, by, funded_place=False):
    return actions.accept(application=application, funded_place=funded_place, by=by, now=LATER)


def reject(application, by, reason="We had more applicants than places."):
    return actions.reject(application=application, reason=reason, by=by, now=LATER)


def taken():
    return FundedPlaces.objects.get().taken


def now_is(application, state):
    stored = Application.objects.get(pk=application.pk)
    assert stored.status is state
    return stored


def test_accepting_with_a_funded_place_takes_one(theirs, places, decider, left_behind):
    accept(theirs, decider, funded_place=True)
    stored = now_is(theirs, State.ACCEPTED)
    assert (stored.funded_place, stored.decided_at) == (True, LATER)
    assert taken() == 1
    assert left_behind() == (["applications.accepted"], ["applications/accepted"])
    assert "You have a funded place" in OutboxMessage.objects.get().text


def test_accepting_without_a_funded_place_takes_none(theirs, places, decider):
    accept(theirs, decider)
    assert now_is(theirs, State.ACCEPTED).funded_place is False
    assert taken() == 0
    assert "has to be paid for" in OutboxMessage.objects.get().text


@pytest.mark.parametrize("cap", [0, None])
def test_without_a_place_left_nothing_happens(theirs, world, decider, cap, left_behind):
    if cap is not None:
        FundedPlacesFactory(provider=world.ambition, cap=cap)
    with pytest.raises(NoPlaceLeft):
        accept(theirs, decider, funded_place=True)
    now_is(theirs, State.SUBMITTED)
    assert left_behind() == ([], [])


def test_a_funded_place_is_for_the_eligible(theirs, places, decider, left_behind):
    Application.objects.update(funding_outcome="review")
    with pytest.raises(NotEntitled):
        accept(Application.objects.get(), decider, funded_place=True)
    assert (taken(), left_behind()) == (0, ([], []))


def test_rejecting_keeps_the_reason_and_tells_it(theirs, decider, left_behind):
    reject(theirs, decider, "  Apply again next term.  ")
    assert now_is(theirs, State.REJECTED).decision_reason == "Apply again next term."
    assert left_behind() == (["applications.rejected"], ["applications/rejected"])
    mail = OutboxMessage.objects.get()
    assert "Apply again next term." in mail.text
    assert mail.text.startswith("You need do nothing")


@pytest.mark.parametrize("reason", ["", "   \n"])
def test_rejecting_needs_a_reason(theirs, decider, reason, left_behind):
    with pytest.raises(Incomplete):
        reject(theirs, decider, reason)
    now_is(theirs, State.SUBMITTED)
    assert left_behind() == ([], [])


def test_taking_back_an_acceptance_frees_the_place(theirs, places, decider):
    accept(theirs, decider, funded_place=True)
    reject(Application.objects.get(), decider)
    assert taken() == 0


@pytest.mark.parametrize(
    ("first", "second"), [(accept, reject), (reject, accept), (accept, accept), (reject, reject)]
)
def test_who_looked_at_an_older_page_is_told(first, second, theirs, decider, portal_staff, left_behind):
    stale = Application.objects.get()
    first(theirs, decider)
    before = left_behind()
    with pytest.raises(AlreadyDone):
        second(stale, portal_staff)
    assert left_behind() == before


def test_when_the_mail_cannot_be_written_no_place_is_taken(theirs, places, decider, monkeypatch):
    def broken(**_):
        raise RuntimeError

    monkeypatch.setattr("applications.actions.mails.queue", broken)
    with pytest.raises(RuntimeError):
        accept(theirs, decider, funded_place=True)
    now_is(theirs, State.SUBMITTED)
    assert taken() == 0


def test_a_note_is_kept_for_staff(theirs, decider, left_behind):
    actions.note(application=theirs, text="Asked by telephone.", by=decider, now=LATER)
    assert theirs.notes.get().author == decider
    assert left_behind() == (["applications.noted"], [])


def test_a_note_is_for_those_who_see_it_as_staff(theirs, teacher, rival, left_behind):
    for person in (teacher, rival):
        with pytest.raises(NotYours):
            actions.note(application=theirs, text="Mine.", by=person, now=LATER)
    assert left_behind() == ([], [])
