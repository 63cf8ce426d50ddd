"""Somebody erases their data while something else happens: one wins, the other is told, and nothing of theirs stays."""

import os
from functools import partial
from threading import Event, Thread

import pytest
from django.db import connection, transaction

from applications import actions
from applications.actions.errors import AlreadyDone, Erased, MailBeingSent, NotYours, StillInTraining
from applications.journey.offered import choices_on
from applications.models import Application, FundedPlaces, Sponsor
from applications.states import Action, NotAllowed
from npq_portal.audit.models import AuditEvent
from npq_portal.mail.models import OutboxMessage
from tests.applications.races.threads import all_at_once
from tests.factories.applications import (
    LATER,
    NOW,
    ApplicationFactory,
    FundedPlacesFactory,
    draft_of,
    submitted_by,
    waiting_by,
)
from tests.people import UserFactory
from tests.rows import holding

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = int(os.environ.get("ERASE_ROUNDS", "2"))
MARK = "zqxmark"


def erase(person):
    return actions.erase(person=person, by=person, now=LATER)


def accept(application, decider):
    return partial(actions.accept, application=application, funded_place=True, by=decider, now=LATER)


def endorse(application, decider):
    return partial(actions.endorse, sponsor=Sponsor.objects.get(application=application), now=LATER)


def register(application, decider):
    return partial(actions.register, application=application, by=application.applicant, now=LATER)


def write(application, decider):
    mine = {"application": application, "by": application.applicant, "now": LATER}
    return partial(actions.write_message, text=f"I, {MARK}.", **mine)


def note(application, decider):
    return partial(actions.note, application=application, text=f"{MARK} is keen.", by=decider, now=LATER)


def start_another(application, decider):
    choices = choices_on(LATER.date())
    return partial(actions.start, by=application.applicant, now=LATER, carried={}, choices=choices)


def begin_training(application, decider):
    begun = {"action": Action.START_TRAINING, "on": NOW.date(), "by": decider, "now": LATER}
    return partial(actions.record_training, application=application, **begun)


@pytest.mark.parametrize(
    ("stands", "other"),
    [
        (submitted_by, accept),
        (waiting_by, endorse),
        (draft_of, register),
        (submitted_by, write),
        (submitted_by, note),
        (submitted_by, start_another),
    ],
    ids=["accepting", "endorsing", "registering", "writing", "a note", "another draft"],
)
def test_against(world, decider, stands, other):
    FundedPlacesFactory(provider=world.ambition, qualification=world.headship, term=world.term, cap=1)
    for number in range(ROUNDS):
        person = UserFactory(email=f"{MARK}{number}@example.test", full_name=MARK)
        application = Application.objects.with_names().get(pk=stands(person).pk)
        results = all_at_once([partial(erase, person), other(application, decider)])
        assert results[0] is None
        told = (AlreadyDone, Erased, NotAllowed, NotYours)
        assert not isinstance(results[1], Exception) or isinstance(results[1], told)
        person.refresh_from_db()
        assert person.erased_at
        assert set(person.applications.values_list("state", flat=True)) <= {"withdrawn"}
        assert FundedPlaces.objects.get().taken == 0
        assert holding(MARK) <= {"mail_outboxmessage"}, "the last mail, until it is sent"


def test_against_the_start_of_training(world, decider):
    for _ in range(ROUNDS):
        application = ApplicationFactory(accepted=True, provider=world.ambition)
        calls = [partial(erase, application.applicant), begin_training(application, decider)]
        erased, begun = all_at_once(calls)
        application.refresh_from_db()
        if isinstance(erased, StillInTraining):
            assert (application.state, application.erased_at) == ("active", None)
        else:
            assert isinstance(begun, AlreadyDone)
            assert (application.state, application.erased_at) == ("withdrawn", LATER)


def test_posted_twice(world):
    person = UserFactory()
    submitted_by(person)
    assert all_at_once([partial(erase, person)] * 2) == [None, None]
    assert AuditEvent.objects.filter(action="accounts.erased").count() == 1


def test_while_a_mail_to_them_is_being_sent_they_are_told_what_to_do(world, monkeypatch):
    """The sender holds the row for as long as the mail server takes to answer."""
    monkeypatch.setattr("npq_portal.verbs.PATIENCE", "100ms")
    person = UserFactory()
    submitted_by(person)
    mail = OutboxMessage.objects.filter(to=person.email).first()

    def send_slowly():
        with transaction.atomic():
            OutboxMessage.objects.select_for_update().get(pk=mail.pk)
            is_held.set()
            enough.wait(timeout=30)
        connection.close()

    is_held, enough = Event(), Event()
    sender = Thread(target=send_slowly)
    sender.start()
    is_held.wait(timeout=30)
    with pytest.raises(MailBeingSent, match="Wait a minute, then erase your data again"):
        erase(person)
    enough.set()
    sender.join()
    erase(person)
    person.refresh_from_db()
    assert person.erased_at
