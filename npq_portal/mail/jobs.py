"""Asking the queue to send a mail. The job is named, not imported: what it runs may ask again (`sending`)."""

from datetime import datetime

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

QUEUE = "mail"
DELIVER = "mail.deliver"


def defer_delivery(pk: int, at: datetime | None = None) -> None:
    """Defer a job through Django's connection: it exists only if the surrounding transaction commits."""
    # The lock keeps one waiting job for a message, so that a sweep during a long outage does not pile them up.
    job = app.configure_task(
        DELIVER, allow_unknown=False, queue=QUEUE, queueing_lock=f"outbox:{pk}", schedule_at=at
    )
    try:
        with transaction.atomic():
            job.defer(pk=pk)
    except AlreadyEnqueued:
        pass
