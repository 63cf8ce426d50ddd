"""The queue worker is killed (kill -9) at each point of sending: the mail arrives, by a later worker if need be.

At least once, not at most once: a worker that dies between the mail server's yes and the mark leaves a mail that is
sent again. It has the same Message-ID, by which a receiver drops the second copy. What is marked is never sent again.
"""

import pytest
from procrastinate.contrib.django import app as queue

from npq_portal.mail import sending
from npq_portal.mail.models import MailState, OutboxMessage
from npq_portal.mail.tasks import sweep
from tests.kills import each_kill
from tests.mail import test_sending
from tests.mail.post_office import post_office

pytestmark = pytest.mark.django_db(transaction=True)


def attempt():
    sending.attempt(OutboxMessage.objects.get().pk, now=test_sending.NOW)


def a_workers_life():
    """What was lost is found again, and what waits is done."""
    sweep(timestamp=0)
    with queue.replace_connector(queue.connector.get_worker_connector()) as worker:
        worker.run_worker(queues=["mail"], wait=False, install_signal_handlers=False)


def after_every_kill_of(work):
    """How the row stood and how many copies had arrived, after each kill; and all copies, after the run that ended."""
    message, seen = test_sending.queue(template="account_notice"), []
    with post_office() as box:
        for _ in each_kill(work):
            message.refresh_from_db()
            seen.append((message.state, len(box.received)))
    message.refresh_from_db()
    assert message.state == MailState.SENT
    assert all(f"Message-ID: {message.message_id}" in copy for copy in box.received)
    return seen, box.received


def test_sending_again_after_each_kill_loses_nothing_and_stops_at_the_mark():
    queued, sent = MailState.QUEUED, MailState.SENT
    seen, copies = after_every_kill_of(attempt)
    assert seen == [
        (queued, 0),  # before the row is read
        (queued, 0),  # before it is held
        (queued, 1),  # before it is marked
        (queued, 2),  # before the mark is committed
        (sent, 3),
    ]
    assert len(copies) == 3


def test_a_worker_finds_what_a_killed_one_left():
    seen, copies = after_every_kill_of(a_workers_life)
    assert len(seen) > 5
    assert all(arrived for state, arrived in seen if state == MailState.SENT), "marked and not sent"
    assert copies
