"""A job whose worker was killed is put back, and the mail goes out; one that waits already is not asked for twice."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django import app as queue
from procrastinate.contrib.django.models import ProcrastinateJob

from npq_portal.mail.jobs import DELIVER, defer_delivery
from npq_portal.mail.models import MailState, OutboxMessage
from npq_portal.mail.tasks import PUT_BACK_AT_MOST, put_back
from tests.mail import test_sending

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def only_these_jobs():
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs CASCADE")


@pytest.fixture
def message():
    """Its job was begun by a worker that is gone."""
    made = test_sending.queue(template="account_notice")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing'")
    return made


def run_a_worker():
    """In a thread of its own, as a browser's test before this may have left its event loop in ours."""
    put_back.defer(timestamp=0)
    with ThreadPoolExecutor(1) as thread:
        thread.submit(_work).result()


def _work():
    """Twice: one that does not wait for jobs may end while another of its own still puts one back."""
    for _ in range(2):
        with queue.replace_connector(queue.connector.get_worker_connector()) as worker:
            worker.run_worker(queues=["mail"], wait=False, install_signal_handlers=False)
    connection.close()


def left():
    """How the jobs that deliver stand; one that succeeded is deleted."""
    jobs = ProcrastinateJob.objects.filter(task_name=DELIVER).order_by("pk")
    return list(jobs.values_list("status", flat=True))


def test_it_is_put_back_and_the_mail_is_sent_once(message, mailoutbox):
    run_a_worker()
    assert [mail.extra_headers["Message-ID"] for mail in mailoutbox] == [message.message_id]
    assert OutboxMessage.objects.get().state == MailState.SENT
    assert "doing" not in left()


def test_beside_one_that_waits_it_has_failed(message, mailoutbox):
    defer_delivery(message.pk, at=timezone.now() + timedelta(hours=1))
    run_a_worker()
    assert mailoutbox == []
    assert left() == ["failed", "todo"]


def test_what_was_put_back_too_often_has_failed(message):
    """The mail is not lost by it: `sweep` finds a row that is due."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET attempts = %s", [PUT_BACK_AT_MOST])
    run_a_worker()
    assert left()[0] == "failed"
