"""Queueing: one row and one job in the caller's transaction, or neither."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone

from npq_portal.mail import outbox, rendering
from npq_portal.mail.models import MailState, OutboxMessage

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def queue(**changes):
    mail = {
        "template": "sign_in_code",
        "to": "tess@example.test",
        "context": {"code": "123456", "minutes": 15},
        "dedupe_key": "test:1",
        "now": NOW,
    }
    return outbox.queue(**mail | changes)


def jobs(pk):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'mail.deliver' AND args = %s",
            [f'{{"pk": {pk}}}'],
        )
        return cursor.fetchone()[0]


def test_writes_a_row_and_a_job():
    message = queue()
    assert (message.state, message.next_try_at, message.attempts) == (MailState.QUEUED, NOW, 0)
    assert "123456" in message.text
    assert "123456" in message.html
    assert '<p class="code" style=' in message.html
    assert message.message_id.startswith("<")
    assert jobs(message.pk) == 1


def test_a_rolled_back_transaction_leaves_neither():
    with transaction.atomic():
        pk = queue().pk
        transaction.set_rollback(True)
    assert not OutboxMessage.objects.exists()
    assert jobs(pk) == 0


def test_the_same_key_makes_one_mail():
    first, second = queue(), queue(to="other@example.test")
    assert first == second
    assert OutboxMessage.objects.get().to == "tess@example.test"
    assert jobs(first.pk) == 1


def test_a_line_break_cannot_start_a_header(monkeypatch):
    monkeypatch.setattr(
        rendering, "render_to_string", lambda name, context: f"Hello\r\nBcc: all@example.test {name}"
    )
    assert queue().subject.startswith("Hello Bcc: all@example.test")


@pytest.mark.parametrize("to", ["", "tess", "tess@example.test\nBcc: all@example.test", "a@b.test, c@d.test"])
def test_only_one_whole_address_is_written_to(to):
    with pytest.raises(ValidationError):
        queue(to=to)


def test_a_long_subject_is_cut(monkeypatch):
    monkeypatch.setattr(rendering, "render_to_string", lambda name, context: "long " * 200)
    assert len(queue().subject) <= rendering.LONGEST_SUBJECT
