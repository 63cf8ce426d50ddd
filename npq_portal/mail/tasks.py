"""The jobs that send mail. The row is the truth; a job only says "look at this row now"."""

from django.utils import timezone
from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Status

from npq_portal.mail.jobs import DELIVER, QUEUE, defer_delivery
from npq_portal.mail.models import MailState, OutboxMessage
from npq_portal.mail.sending import attempt

SWEEP_AT_MOST = 500
# A job whose worker was killed so often may be what kills it.
PUT_BACK_AT_MOST = 5


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


@app.periodic(cron="* * * * *")
@app.task(name="mail.put_back", queue=QUEUE, queueing_lock="mail.put_back", pass_context=True)
async def put_back(context: JobContext, timestamp: int) -> None:
    """Put every job back whose worker was killed: it would stay "doing" for ever. Rows decide what is still to do.

    Where the same is asked for already by a job that waits, and where a job was put back too often, it has failed.
    """
    jobs = context.app.job_manager
    for job in await jobs.get_stalled_jobs():
        if job.attempts < PUT_BACK_AT_MOST:
            try:
                await jobs.retry_job(job)
                continue
            except UniqueViolation:
                pass
        await jobs.finish_job(job, Status.FAILED, delete_job=False)
