"""What a mail is about: by it a person's mails are found, and forgotten, without reading every mail there is."""

from importlib import import_module
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from npq_portal.mail import outbox
from npq_portal.mail.models import MailState, OutboxMessage
from tests.mail.test_constraints import message
from tests.people import UserFactory

pytestmark = pytest.mark.django_db
KEY = "6f0c2a52-1b7e-4c1d-9a53-0f6a1d7c2b11"
ANOTHER = "7fc4be29-9e1c-4320-b71a-e85fbccb4b55"


def queued(**changes):
    right = {"template": "account_notice", "to": "a@example.test", "context": {"notice": "Hello."}}
    return outbox.queue(**right | {"dedupe_key": str(uuid4()), "now": timezone.now()} | changes)


def test_is_the_reference_of_a_row_or_nothing():
    person = UserFactory()
    assert queued(about=person).about == f"accounts.user:{person.pk}"
    assert queued().about == ""


def test_is_forgotten_whoever_it_went_to_and_the_others_stay():
    person, other = UserFactory(), UserFactory()
    queued(about=person), queued(to=person.email.upper())
    stays = {queued(about=other), queued(dedupe_key=f"mentions:{person.pk}")}
    outbox.forget(address=person.email, about=[f"accounts.user:{person.pk}"])
    assert set(OutboxMessage.objects.all()) == stays


def test_what_is_still_to_be_sent_goes_unless_it_is_about_them():
    person = UserFactory()
    waiting, sent = queued(to=person.email), queued(to=person.email)
    queued(to=person.email, about=person)
    OutboxMessage.objects.filter(pk=sent.pk).update(
        state=MailState.SENT, sent_at=timezone.now(), next_try_at=None
    )
    outbox.forget(
        address=person.email, about=[f"accounts.user:{person.pk}"], still_to_send=("account_notice",)
    )
    assert OutboxMessage.objects.get() == waiting


def test_forgetting_goes_by_indexes():
    """Of a small table Postgres reads all, so it is told not to where it can do otherwise."""
    with CaptureQueriesContext(connection) as queries:
        outbox.forget(address="a@example.test", about=[f"accounts.user:{KEY}"], still_to_send=("t",))
    (deletion,) = [query["sql"] for query in queries if query["sql"].startswith("DELETE")]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {deletion}")
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "outbox_by_about" in plan
    assert "outbox_by_address" in plan
    assert "Seq Scan" not in plan


@pytest.mark.parametrize(
    ("key", "about"),
    [
        (f"applications.registered:{KEY}:12", f"applications.application:{KEY}"),
        (f"applications.erased:{KEY}:{ANOTHER}", f"applications.application:{KEY}"),
        (f"applications.withdrawn:{KEY}:12:provider:{ANOTHER}", f"applications.application:{KEY}"),
        (f"catalogue.run_change:7:{KEY}", f"applications.application:{KEY}"),
        (f"catalogue.course_alert_asked:{KEY}:2026-11-22T10:00:00+00:00", f"catalogue.coursealert:{KEY}"),
        (f"catalogue.course_alert:{KEY}:31", f"catalogue.coursealert:{KEY}"),
        (f"accounts.erased:{KEY}", f"accounts.user:{KEY}"),
        ("applications.erased_for:31", ""),
        (f"accounts.notice:{KEY}", ""),
        (f"accounts.sign_in_code:{KEY}", ""),
        ("something else", ""),
    ],
)
def test_of_rows_from_before_is_told_by_their_keys(key, about):
    row = message(dedupe_key=key)
    with connection.cursor() as cursor:
        cursor.execute(import_module("npq_portal.mail.migrations.0004_about").FILL)
    row.refresh_from_db()
    assert row.about == about
