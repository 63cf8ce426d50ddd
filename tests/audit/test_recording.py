"""What `record` writes: text that outlives its subject, in the caller's transaction."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from npq_portal.audit.models import AuditEvent, reference
from npq_portal.audit.presenters import sentence
from npq_portal.audit.recording import record
from npq_portal.mail.models import OutboxMessage
from tests.people import UserFactory

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def test_says_who_did_what_to_what():
    actor, subject = UserFactory(), UserFactory()
    old, new = {"starts_on": date(2026, 9, 1)}, {"starts_on": date(2026, 10, 1)}
    event = record(
        action="catalogue.moved", subject=subject, by=actor, now=NOW, old=old, new=new, source="admin"
    )
    event.refresh_from_db()
    assert (event.actor, event.subject) == (f"user:{actor.pk}", f"accounts.user:{subject.pk}")
    assert (event.old, event.new) == ({"starts_on": "2026-09-01"}, {"starts_on": "2026-10-01"})


def test_the_system_and_rows_without_accounts_can_act():
    subject = UserFactory()
    assert record(action="accounts.closed", subject=subject, by=None, now=NOW).actor == "system"
    letter = OutboxMessage(pk=7)
    assert (
        record(action="accounts.closed", subject=subject, by=letter, now=NOW).actor == "mail.outboxmessage:7"
    )


def test_holds_nothing_personal_and_outlives_its_subject():
    user = UserFactory()
    record(action="accounts.signed_in", subject=user, by=user, now=NOW)
    name = reference(user)
    user.delete()
    event = AuditEvent.objects.get(subject=name)
    assert user.email not in str(vars(event))
    assert user.full_name not in str(vars(event))


def test_about_gives_one_subjects_rows_oldest_first():
    user, other = UserFactory(), UserFactory()
    events = [
        record(action=f"accounts.{verb}", subject=user, by=None, now=NOW) for verb in ("made", "closed")
    ]
    record(action="accounts.made", subject=other, by=None, now=NOW)
    assert list(AuditEvent.objects.about(user)) == events


def test_a_rolled_back_change_leaves_no_row():
    user = UserFactory()
    with transaction.atomic():
        record(action="accounts.closed", subject=user, by=None, now=NOW)
        transaction.set_rollback(True)
    assert not AuditEvent.objects.exists()


def test_sentences_come_from_the_apps_and_fall_back_to_the_action():
    user = UserFactory()
    assert sentence(record(action="accounts.signed_in", subject=user, by=None, now=NOW)) == "Signed in."
    assert (
        sentence(record(action="accounts.fell_back", subject=user, by=None, now=NOW)) == "Fell back (user)."
    )


@pytest.mark.parametrize(
    ("wrong", "constraint"),
    [
        ({"actor": ""}, "audit_event_has_an_actor"),
        ({"action": "accepted"}, "audit_event_action_is_app_dot_verb"),
        ({"subject": "an application"}, "audit_event_subject_is_a_reference"),
    ],
)
def test_the_database_refuses_a_row_that_says_too_little(wrong, constraint):
    right = {"at": NOW, "actor": "system", "action": "accounts.made", "subject": "accounts.user:1"}
    with pytest.raises(IntegrityError, match=constraint):
        AuditEvent.objects.create(**right | wrong)
