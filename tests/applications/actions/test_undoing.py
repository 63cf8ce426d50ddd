"""A decision is undone before its mail goes out: state, place, mail and history are as if nobody had decided."""

from datetime import timedelta

import pytest
from django.utils import timezone

from applications import actions
from applications.actions.errors import (
    AlreadyDone,
    Erased,
    LiveAgain,
    NotToldUntil,
    NotYourDecision,
    PlaceGone,
    Told,
)
from applications.actions.holding import HELD_FOR
from applications.models import Application, FundedPlaces
from catalogue.models import MemberRole
from npq_portal.audit.models import AuditEvent
from npq_portal.mail.models import OutboxMessage
from npq_portal.mail.sending import attempt
from tests.factories.applications import (
    LATER,
    NOW,
    ApplicationFactory,
    FundedPlacesFactory,
    ProviderFormFactory,
    staff_of,
)
from tests.people import UserFactory

SOON = LATER + timedelta(minutes=9)
TOLD = LATER + HELD_FOR


@pytest.fixture
def like(world):
    return {
        "provider": world.ambition,
        "qualification": world.headship,
        "term": world.term,
        "form": ProviderFormFactory(),
    }


@pytest.fixture
def places(like):
    return FundedPlacesFactory(
        provider=like["provider"], qualification=like["qualification"], term=like["term"], cap=1
    )


def row(application):
    return Application.objects.values().get(pk=application.pk)


DECISIONS = {
    "accept": ("submitted", lambda one, **by: actions.accept(application=one, funded_place=True, **by)),
    "accept from the list": (
        "waiting_list",
        lambda one, **by: actions.accept(application=one, funded_place=False, **by),
    ),
    "reject": ("submitted", lambda one, **by: actions.reject(application=one, reason="No.", **by)),
    "reject an accepted one": (
        "accepted",
        lambda one, **by: actions.reject(application=one, reason="No.", **by),
    ),
    "waiting list": ("submitted", lambda one, **by: actions.put_on_waiting_list(application=one, **by)),
    "offer": ("waiting_list", lambda one, **by: actions.offer_place(application=one, **by)),
}


@pytest.mark.parametrize("name", DECISIONS)
def test_everything_is_as_it_was(like, places, decider, name):
    before, decide = DECISIONS[name]
    application = ApplicationFactory(**{before: True}, **like)
    first = row(application)
    decide(application, by=decider, now=LATER)
    assert row(application) != first
    held = OutboxMessage.objects.get()
    assert held.next_try_at == TOLD
    audits = AuditEvent.objects.count()
    actions.undo(application=Application.objects.get(pk=application.pk), by=decider, now=SOON)
    assert row(application) == first
    assert not OutboxMessage.objects.exists()
    assert FundedPlaces.objects.get().taken == 0
    assert AuditEvent.objects.count() == audits + 1
    assert AuditEvent.objects.latest("pk").action == "applications.decision_undone"


def test_no_mail_goes_before_its_time_and_no_undo_after(like, decider, mailoutbox):
    application = ApplicationFactory(submitted=True, **like)
    actions.accept(application=application, funded_place=False, by=decider, now=LATER)
    mail = OutboxMessage.objects.get()
    attempt(mail.pk, now=SOON)
    assert not mailoutbox
    attempt(mail.pk, now=TOLD)
    assert len(mailoutbox) == 1
    for when in (SOON, TOLD):
        with pytest.raises(Told):
            actions.undo(application=Application.objects.get(), by=decider, now=when)
    assert Application.objects.get().state == "accepted"


def test_the_place_of_a_rejected_one_is_taken_again_or_it_stays_rejected(like, places, decider):
    application = ApplicationFactory(submitted=True, **like)
    actions.accept(application=application, funded_place=True, by=decider, now=NOW)
    actions.reject(application=application, reason="No.", by=decider, now=LATER)
    assert (application.funded_place, FundedPlaces.objects.get().taken) == (None, 0)
    actions.undo(application=application, by=decider, now=SOON)
    assert (application.state, application.funded_place) == ("accepted", True)
    assert FundedPlaces.objects.get().taken == 1

    waits = ApplicationFactory(waiting_list=True, **like)
    actions.reject(application=application, reason="No.", by=decider, now=LATER)
    waits.refresh_from_db()
    assert waits.state == "offered"
    with pytest.raises(PlaceGone):
        actions.undo(application=application, by=decider, now=SOON)
    assert Application.objects.get(pk=application.pk).state == "rejected"


def test_a_freed_place_is_offered_to_nobody_by_an_undo(like, places, decider):
    application = ApplicationFactory(submitted=True, **like)
    actions.accept(application=application, funded_place=True, by=decider, now=LATER)
    waits = ApplicationFactory(waiting_list=True, **like)
    actions.undo(application=application, by=decider, now=SOON)
    waits.refresh_from_db()
    assert (waits.state, FundedPlaces.objects.get().left) == ("waiting_list", 1)


def test_the_person_withdraws_meanwhile_and_never_hears_of_the_decision(like, decider):
    application = ApplicationFactory(submitted=True, **like)
    actions.accept(application=application, funded_place=False, by=decider, now=LATER)
    page = Application.objects.get()
    actions.withdraw(application=application, by=application.applicant, now=SOON)
    assert not OutboxMessage.objects.filter(template="applications/accepted").exists()
    for as_seen in (page, Application.objects.get()):
        with pytest.raises((AlreadyDone, NotYourDecision)):
            actions.undo(application=as_seen, by=decider, now=SOON)


def test_training_starts_once_they_are_told_that_they_are_accepted(like, decider):
    application = ApplicationFactory(submitted=True, **like)
    actions.accept(application=application, funded_place=False, by=decider, now=LATER)
    start = {"action": actions.training.Action.START_TRAINING, "on": LATER.date(), "reason": ""}
    with pytest.raises(NotToldUntil, match=f"told at {timezone.localtime(TOLD):%H:%M}"):
        actions.record_training(application=application, by=decider, now=SOON, **start)
    assert Application.objects.get().can_be_undone(SOON)
    actions.record_training(application=application, by=decider, now=TOLD, **start)
    mails = OutboxMessage.objects.order_by("next_try_at").values_list("template", flat=True)
    assert set(mails) == {"applications/accepted", "applications/training"}
    assert application.undo_until is None


def test_decided_again_before_anybody_was_told_both_are_undone(like, decider):
    application = ApplicationFactory(submitted=True, **like)
    first = row(application)
    actions.put_on_waiting_list(application=application, by=decider, now=LATER)
    actions.accept(application=application, funded_place=False, by=decider, now=SOON)
    assert [mail.template for mail in OutboxMessage.objects.all()] == ["applications/accepted"]
    actions.undo(application=application, by=decider, now=SOON)
    assert row(application) == first


def test_what_ended_another_application_is_told_at_once_and_stays(like, world, decider):
    known = {"trn": "1234567", "trn_verified": True}
    application = ApplicationFactory(submitted=True, applicant=UserFactory(**known), **like)
    ApplicationFactory(submitted=True, applicant=UserFactory(**known), **{**like, "provider": world.other})
    actions.accept(application=application, funded_place=False, by=decider, now=LATER)
    assert OutboxMessage.objects.get(template="applications/accepted").next_try_at == LATER
    with pytest.raises(AlreadyDone):
        actions.undo(application=application, by=decider, now=LATER)


def test_an_offer_that_passes_on_by_itself_is_told_at_once(like, places, decider):
    application = ApplicationFactory(submitted=True, **like)
    waits = ApplicationFactory(waiting_list=True, **like)
    actions.accept(application=application, funded_place=True, by=decider, now=NOW)
    actions.withdraw(application=application, by=application.applicant, now=LATER)
    waits.refresh_from_db()
    assert (waits.state, waits.undo_until) == ("offered", None)
    assert OutboxMessage.objects.get(template="applications/place_offered").next_try_at == LATER


def test_who_applied_again_or_was_erased_meanwhile_stays_rejected(like, decider):
    application = ApplicationFactory(submitted=True, **like)
    actions.reject(application=application, reason="No.", by=decider, now=LATER)
    again = ApplicationFactory(registered=True, applicant=application.applicant, **like)
    with pytest.raises(LiveAgain):
        actions.undo(application=application, by=decider, now=SOON)
    again.delete()
    actions.erase(person=application.applicant, by=application.applicant, now=SOON)
    with pytest.raises((AlreadyDone, Erased)):
        actions.undo(application=application, by=decider, now=SOON)


@pytest.mark.parametrize("who", ["viewer", "scorer", "rival", "applicant", "portal"])
def test_who_may(like, world, rival, portal_staff, decider, who):
    application = ApplicationFactory(submitted=True, **like)
    actions.reject(application=application, reason="No.", by=decider, now=LATER)
    people = {"rival": rival, "applicant": application.applicant, "portal": portal_staff}
    by = people.get(who) or staff_of(world.ambition, MemberRole(who))
    if who == "portal":
        assert actions.undo(application=application, by=by, now=SOON).state == "submitted"
        return
    with pytest.raises(NotYourDecision):
        actions.undo(application=application, by=by, now=SOON)
    assert Application.objects.get().state == "rejected"


def test_a_second_undo_is_told(like, decider):
    application = ApplicationFactory(submitted=True, **like)
    actions.reject(application=application, reason="No.", by=decider, now=LATER)
    pages = [Application.objects.get(pk=application.pk) for _ in range(2)]
    actions.undo(application=pages[0], by=decider, now=SOON)
    with pytest.raises(AlreadyDone):
        actions.undo(application=pages[1], by=decider, now=SOON)


def test_an_answer_that_came_since_the_undo_was_read_stays(like, teacher, decider):
    application = ApplicationFactory(more_information=True, applicant=teacher, **like)
    actions.reject(application=application, reason="No.", by=decider, now=LATER)
    read_before = Application.objects.get()
    actions.send_information(application=Application.objects.get(), text="Two.", by=teacher, now=SOON)
    undone = actions.undo(application=read_before, by=decider, now=SOON)
    assert undone.state == Application.objects.get().state == "submitted"
    assert Application.objects.get().state_since == SOON


@pytest.mark.parametrize("since", ["undone", "decided anew"])
def test_an_answer_to_what_does_not_stand_any_more_is_not_lost(like, teacher, decider, since):
    """It was sent from what was read before: nothing is written, and the applicant is asked to look again."""
    application = ApplicationFactory(more_information=True, applicant=teacher, **like)
    signed = {"by": decider, "now": LATER}
    actions.accept(application=application, funded_place=False, **signed)
    read_before = Application.objects.get()
    if since == "undone":
        actions.undo(application=application, **signed)
    else:
        actions.reject(application=application, reason="No.", by=decider, now=SOON)
    with pytest.raises(AlreadyDone):
        actions.send_information(application=read_before, text="Two.", by=teacher, now=SOON)
    assert not application.messages.exists()
