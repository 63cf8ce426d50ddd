"""What the database refuses of an outbox row."""

import pytest
from django.db import IntegrityError
from django.utils import timezone

from npq_portal.mail.models import OutboxMessage

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def message(**changes):
    right = {
        "dedupe_key": "k",
        "template": "t",
        "to": "tess@example.test",
        "subject": "s",
        "message_id": "<1@x>",
        "queued_at": NOW,
        "next_try_at": NOW,
    }
    return OutboxMessage.objects.create(**right | changes)


@pytest.mark.parametrize(
    ("wrong", "constraint"),
    [
        ({"state": "lost", "next_try_at": None}, "outbox_state_is_known"),
        ({"state": "sent", "next_try_at": None}, "outbox_sent_has_a_time"),
        ({"sent_at": NOW}, "outbox_sent_has_a_time"),
        ({"next_try_at": None}, "outbox_only_queued_has_a_next_try"),
        ({"state": "dead"}, "outbox_only_queued_has_a_next_try"),
        ({"about": "applications.application:"}, "outbox_about_is_a_reference"),
        ({"about": "6f0c2a52-0000-4000-8000-000000000000"}, "outbox_about_is_a_reference"),
        ({"subject": "a\nBcc: b@example.test"}, "outbox_headers_are_one_line"),
        ({"unsubscribe": "https://a.test/\r\nBcc: b@example.test"}, "outbox_headers_are_one_line"),
        ({"to": "a@b.test\r\nBcc: b@example.test"}, "outbox_headers_are_one_line"),
    ],
)
def test_refused(wrong, constraint):
    with pytest.raises(IntegrityError, match=constraint):
        message(**wrong)


@pytest.mark.parametrize("same", ["dedupe_key", "message_id"])
def test_keys_are_unique(same):
    message()
    with pytest.raises(IntegrityError, match=same):
        message(
            **{"dedupe_key": "other", "message_id": "<2@x>"}
            | {same: {"dedupe_key": "k", "message_id": "<1@x>"}[same]}
        )
