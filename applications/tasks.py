"""Telling the people on a course run of its changes, reminding sponsors and applicants, telling of opened
registration, and ending offers.

The row is the truth; a job says "look now".
"""

import logging
from datetime import timedelta

from django.utils import timezone
from procrastinate.contrib.django import app

from applications.actions.errors import Refused
from applications.actions.interest import tell_of_opening
from applications.actions.letting_go import NotAllGone
from applications.actions.offers import lapse
from applications.actions.reminders import remind_applicant
from applications.actions.retention import apply_all
from applications.actions.run_changes import tell_of_run_change
from applications.actions.sponsor import remind
from applications.actions.unreachable import tell_of_failed_invitation
from applications.journey.reminders import reminders_due
from applications.models import Application, Sponsor
from applications.states import NotAllowed
from catalogue.actions.telling import TASK, ask_to_tell
from catalogue.models import RunChange
from npq_portal.mail.jobs import QUEUE

logger = logging.getLogger(__name__)

# By then its own job has run, unless it was lost with its worker.
LOST_AFTER = timedelta(minutes=1)
SWEEP_AT_MOST = 500


@app.task(name=TASK, queue=QUEUE, pass_context=False)
def tell(pk: int) -> None:
    tell_of_run_change(pk=pk, now=timezone.now())


@app.periodic(cron="* * * * *")
@app.task(name="applications.sweep_run_changes", queue=QUEUE, queueing_lock="applications.sweep_run_changes")
def sweep(timestamp: int) -> None:
    """Ask again for every change that nobody was told of."""
    lost = RunChange.objects.filter(told_at=None, made_at__lte=timezone.now() - LOST_AFTER)
    for pk in lost.order_by("made_at").values_list("pk", flat=True)[:SWEEP_AT_MOST]:
        ask_to_tell(pk)


@app.periodic(cron="10 8 * * *")
@app.task(name="applications.remind_sponsors", queue=QUEUE, queueing_lock="applications.remind_sponsors")
def remind_sponsors(timestamp: int) -> None:
    """Every morning; which reminders are due goes by working days. Where no mail reaches one, the applicant is told."""
    now = timezone.now()
    named = [f"application__{name}" for name in ("applicant", "qualification", "term", "provider")]
    for sponsor in Sponsor.objects.waiting_at(now).select_related(*named).iterator(chunk_size=100):
        try:
            if not tell_of_failed_invitation(sponsor=sponsor, now=now):
                remind(sponsor=sponsor, now=now)
        except Refused:
            continue
        except Exception:
            # One that cannot be written must not keep the others from theirs.
            logger.exception("The reminder of sponsor %s could not be sent", sponsor.pk)


@app.periodic(cron="20 8 * * *")
@app.task(name="applications.remind_applicants", queue=QUEUE, queueing_lock="applications.remind_applicants")
def remind_applicants(timestamp: int) -> None:
    """Every morning, weekends too: teachers register in their own time. Each reminder is a transaction of its own."""
    now = timezone.now()
    for wanted in reminders_due(timezone.localdate(now)):
        try:
            remind_applicant(application=wanted.application, due=wanted.due, about=wanted.about, now=now)
        except Refused:
            continue
        except Exception:
            # One that cannot be written must not keep the others from theirs.
            logger.exception("The reminder about application %s could not be sent", wanted.application.pk)


@app.periodic(cron="*/15 * * * *")
@app.task(name="applications.tell_of_opening", queue=QUEUE, queueing_lock="applications.tell_of_opening")
def tell_who_asked(timestamp: int) -> None:
    """Tell whoever asked that registration has opened."""
    tell_of_opening(now=timezone.now())


@app.periodic(cron="*/5 * * * *")
@app.task(name="applications.end_offers", queue=QUEUE, queueing_lock="applications.end_offers")
def end_offers(timestamp: int) -> None:
    """End every offer whose time has passed. Somebody who answers at this moment is first, or too late."""
    now = timezone.now()
    for application in Application.objects.offers_past(now).with_names().iterator(chunk_size=100):
        try:
            lapse(application=application, now=now)
        except (Refused, NotAllowed):
            continue
        except Exception:
            # One that cannot be ended must not keep the others open.
            logger.exception("The offer of application %s could not be ended", application.pk)


@app.periodic(cron="40 2 * * *")
@app.task(name="applications.apply_retention", queue=QUEUE, queueing_lock="applications.apply_retention")
def apply_retention(timestamp: int) -> None:
    """Every night what has been kept long enough goes; what was not reached goes the night after.

    Raises NotAllGone when the rest is done, so that the job is seen to have failed.
    """
    gone, failed = apply_all(now=timezone.now())
    logger.info("Retention done: %s", gone)
    if failed:
        raise NotAllGone(failed)
