"""The jobs that send mail. The row is the truth; a job only says "look at this row now"."""

from django.utils import timezone
from procrastinate.contrib.django import app

from npq_portal.mail.jobs import DELIVER, QUEUE, defer_delivery
from npq_portal.mail.models import MailState, OutboxMessage
from npq_portal.mail.sending import attempt

SWEEP_AT_MOST = 500


@app.task(name=DELIVER, queue=QUEUE, pass_context=False)
def deliver(pk: int) -> None:
    attempt(pk, now=timezone.now())


@app.periodic(cron="* * * * *")
@app.task(name="mail.sweep", queue=QUEUE, queueing_lock="mail.sweep")
def sweep(timestamp: int) -> None:
    """Give every due row without a job a new one: a job can be lost with its worker, a row cannot."""
    due = OutboxMessage.objects.filter(state=MailState.QUEUED, next_try_at__lte=timezone.now())
    for pk in due.order_by("next_try_at").values_list("pk", flat=True)[:SWEEP_AT_MOST]:
        defer_delivery(pk)
