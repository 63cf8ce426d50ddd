"""The jobs that send mail. The row is the truth; a job only says "look at this row now"."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from npq_portal.mail.models import MailState, OutboxMessage

QUEUE = "mail"
SWEEP_AT_MOST = 500


def defer_delivery(pk: int, at: datetime | None = None) -> None:
    """Defer a job through Django's connection: it exists only if the surrounding transaction commits."""
    # The lock keeps one waiting job for a message, so that a sweep during a long outage does not pile them
    # up.
    lock = f"outbox:{pk}"
    try:
        with transaction.atomic():
            deliver.configure(queueing_lock=lock, schedule_at=at).defer(pk=pk)
    except AlreadyEnqueued:
        pass


@app.task(name="mail.deliver", queue=QUEUE, pass_context=False)
def deliver(pk: int) -> None:
    from npq_portal.mail.sending import attempt

    attempt(pk, now=timezone.now())


@app.periodic(cron="* * * * *")
@app.task(name="mail.sweep", queue=QUEUE, queueing_lock="mail.sweep")
def sweep(timestamp: int) -> None:
    """Give every due row without a job a new one: a job can be lost with its worker, a row cannot."""
    due = OutboxMessage.objects.filter(state=MailState.QUEUED, next_try_at__lte=timezone.now())
    for pk in due.order_by("next_try_at").values_list("pk", flat=True)[:SWEEP_AT_MOST]:
        defer_delivery(pk)
