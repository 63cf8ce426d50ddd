"""Sending through a real SMTP server: marked after, tried again, given up in the end."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from npq_portal.audit.models import AuditEvent
from npq_portal.mail import outbox, sending
from npq_portal.mail.models import MailState, OutboxMessage
from npq_portal.mail.tasks import sweep
from tests.mail.post_office import mail_to, post_office
from tests.mail.test_queueing import jobs
from tests.people import PortalStaffFactory

NOW = timezone.now()


def queue(sensitive=False, key="test:1", template="sign_in_code"):
    context = {"code": "123456", "minutes": 15}
    return outbox.queue(
        template=template,
        to="tess@example.test",
        context=context,
        dedupe_key=key,
        now=NOW,
        sensitive=sensitive,
    )


@pytest.mark.django_db
def test_arrives_once_as_text_and_html_and_is_marked():
    message = queue()
    with post_office() as box:
        sending.attempt(message.pk, now=NOW)
        sending.attempt(message.pk, now=NOW)
    message.refresh_from_db()
    assert (message.state, message.sent_at, message.next_try_at) == (MailState.SENT, NOW, None)
    assert len(box.received) == 1
    assert message.message_id in box.received[0]
    assert "multipart/alternative" in box.received[0]
    assert "123456" in message.text


@pytest.mark.django_db
@pytest.mark.parametrize("ended_at", ["https://npq.example.org/stop/1/", ""])
def test_a_mail_that_can_be_ended_says_where(ended_at):
    message = queue()
    OutboxMessage.objects.update(unsubscribe=ended_at)
    with post_office() as box:
        sending.attempt(message.pk, now=NOW)
    assert (f"List-Unsubscribe: <{ended_at}>" in box.received[0]) == bool(ended_at)
    assert ("List-Unsubscribe-Post: List-Unsubscribe=One-Click" in box.received[0]) == bool(ended_at)


@pytest.mark.django_db
def test_down_then_up_delivers_exactly_once():
    message = queue()
    with mail_to(port=1):
        sending.attempt(message.pk, now=NOW)
    message.refresh_from_db()
    assert (message.state, message.attempts) == (MailState.QUEUED, 1)
    assert message.next_try_at == NOW + sending.FIRST_WAIT
    assert message.last_error == "ConnectionRefusedError"
    with post_office() as box:
        sending.attempt(message.pk, now=NOW + timedelta(seconds=1))
        assert not box.received, "not due yet"
        sending.attempt(message.pk, now=NOW + sending.FIRST_WAIT)
        sending.attempt(message.pk, now=NOW + timedelta(hours=1))
    assert len(box.received) == 1


@pytest.mark.django_db
def test_every_attempt_has_the_same_message_id():
    message = queue()
    with post_office() as box:
        box.refuse_data = "451 try later"
        sending.attempt(message.pk, now=NOW)
        box.refuse_data = None
        sending.attempt(message.pk, now=NOW + sending.FIRST_WAIT)
    assert len(box.received) == 2
    assert all(message.message_id in mail for mail in box.received)


@pytest.mark.django_db
def test_waits_longer_each_time_and_gives_up_after_a_day():
    message, now, waits = queue(), NOW, []
    with mail_to(port=1):
        while message.state == MailState.QUEUED:
            sending.attempt(message.pk, now=now)
            message.refresh_from_db()
            if message.next_try_at:
                waits.append(message.next_try_at - now)
                now = message.next_try_at
    assert message.state == MailState.DEAD
    assert waits == sorted(waits)
    assert waits[-1] == sending.LONGEST_WAIT
    assert timedelta(hours=20) < now - NOW <= timedelta(days=1)


@pytest.mark.django_db
def test_an_address_refused_for_good_is_not_tried_again():
    message = queue()
    with post_office() as box:
        box.refuse_recipient = "550 no such person as tess@example.test"
        sending.attempt(message.pk, now=NOW)
    message.refresh_from_db()
    assert (message.state, message.last_error) == (MailState.DEAD, "recipient refused (550)")


@pytest.mark.django_db
def test_a_sign_in_code_is_blanked_once_sent():
    message = queue(sensitive=True)
    with post_office() as box:
        sending.attempt(message.pk, now=NOW)
    message.refresh_from_db()
    assert "123456" in box.received[0]
    assert (message.text, message.html) == ("", "")


@pytest.mark.django_db
@pytest.mark.parametrize("state", [MailState.SENT, MailState.DEAD])
def test_a_last_mail_forgets_its_address_once_it_is_sent_or_given_up(state):
    message = queue()
    OutboxMessage.objects.filter(pk=message.pk).update(forget_address=True)
    with post_office() as box:
        box.refuse_recipient = "550 No such user" if state == MailState.DEAD else None
        sending.attempt(message.pk, now=NOW)
    message.refresh_from_db()
    assert (message.state, message.to) == (state, "")


@pytest.mark.django_db
def test_a_sign_in_code_is_blanked_when_it_is_too_old_to_send(settings):
    message = queue(sensitive=True)
    with mail_to(port=1):
        sending.attempt(message.pk, now=NOW + timedelta(minutes=16))
    message.refresh_from_db()
    assert (message.state, message.text) == (MailState.DEAD, "")


@pytest.mark.django_db
def test_what_was_given_up_can_be_sent_again():
    message = queue()
    OutboxMessage.objects.update(state=MailState.DEAD, next_try_at=None)
    by = PortalStaffFactory()
    assert outbox.send_again(message, by=by, now=NOW)
    assert not outbox.send_again(message, by=by, now=NOW)
    row = AuditEvent.objects.get()
    assert (row.action, row.actor) == ("mail.tried_again", f"user:{by.pk}")
    with post_office() as box:
        sending.attempt(message.pk, now=NOW)
    assert len(box.received) == 1


@pytest.mark.django_db
def test_the_sweep_gives_a_lost_mail_its_job_back_once():
    message = queue()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    sweep(timestamp=0)
    sweep(timestamp=60)
    assert jobs(message.pk) == 1


@pytest.mark.django_db(transaction=True)
def test_two_senders_at_once_send_each_mail_once():
    pks = [queue(key=f"test:{number}").pk for number in range(8)]
    ready = threading.Barrier(4)

    def sender():
        try:
            ready.wait()
            for pk in pks:
                sending.attempt(pk, now=NOW)
        finally:
            connection.close()

    with post_office() as box:
        threads = [threading.Thread(target=sender) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(box.received) == len(pks)
    assert OutboxMessage.objects.filter(state=MailState.SENT).count() == len(pks)


def test_describes_a_failure_without_what_the_server_said():
    assert sending.describe(ValueError("tess@example.test")) == "ValueError"


@pytest.mark.django_db
def test_what_is_sensitive_and_no_code_is_tried_for_as_long_as_any_other():
    """A sponsor's link: a school whose server says "later" for an hour must still get it."""
    message = queue(sensitive=True, template="account_notice")
    with mail_to(port=1):
        sending.attempt(message.pk, now=NOW + timedelta(hours=20))
    message.refresh_from_db()
    assert message.state == MailState.QUEUED
    assert message.text
