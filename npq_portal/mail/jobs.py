"""Asking the queue to send a mail. The job is named, not imported: what it runs may ask again (`sending`)."""

from datetime import datetime

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.jobs import JobDeferrer

QUEUE = "mail"
DELIVER = "mail.deliver"


def defer_delivery(pk: int, at: datetime | None = None) -> None:
    # The lock keeps one waiting job for a message, so that a sweep during a long outage does not pile them up.
    defer_once(DELIVER, lock=f"outbox:{pk}", at=at, pk=pk)


def defer_first_delivery(pk: int, at: datetime | None = None) -> None:
    """For a row that was written just now, for which no job can wait: that need not be guarded against."""
    _job(DELIVER, f"outbox:{pk}", at).defer(pk=pk)


def defer_once(task: str, *, lock: str, at: datetime | None = None, **arguments: int) -> None:
    """Defer a job through Django's connection: it exists only if the surrounding transaction commits.

    Nothing more is deferred while a job with the same `lock` waits.
    """
    job = _job(task, lock, at)
    try:
        with transaction.atomic():
            job.defer(**arguments)
    except AlreadyEnqueued:
        pass


def _job(task: str, lock: str, at: datetime | None = None) -> JobDeferrer:
    return app.configure_task(task, allow_unknown=False, queue=QUEUE, queueing_lock=lock, schedule_at=at)
