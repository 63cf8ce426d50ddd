"""What is not kept any longer goes, by the rules of npq_portal.retention.

Each step looks for what is due at `now`, so that a run that was killed is gone on with by the next, and a second run
finds nothing. An application is a transaction of its own; what has no reader goes a batch at a time (letting_go.py).
"""

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import DateTimeField, Exists, ExpressionWrapper, F, Func, OuterRef, Q, QuerySet
from django.db.models.functions import Greatest
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateEvent, ProcrastinateJob

from applications.actions.drafts import delete_draft
from applications.actions.erasing import without_the_person
from applications.actions.forgetting import forget_beside_applications
from applications.actions.letting_go import Retained, Step, in_batches, one_by_one, several, told
from applications.actions.moving import hold
from applications.models import AllowedAddress, Application, BulkDecision, Interest
from applications.models.application_constraints import values
from applications.models.application_sets import ApplicationQuerySet
from applications.states import ENDED, TAKEN_ON
from applications.vocabulary import KEPT_LONG_ENOUGH
from catalogue.models import CourseAlert, Invitation, RunUpload
from funding.models import EditionUpload, ExtractUpload
from npq_portal.accounts.models import RateLimit, Session, SignInCode, User
from npq_portal.audit.models import reference
from npq_portal.audit.recording import record
from npq_portal.mail.models import MailState, OutboxMessage
from npq_portal.retention import BY_KEY
from npq_portal.verbs import verb

REFUSED, TRAINED = ENDED - TAKEN_ON, ENDED & TAKEN_ON
FINISHED = ("succeeded", "failed", "cancelled", "aborted")


def drafts_due(now: datetime) -> ApplicationQuerySet:
    return Application.objects.drafts().filter(answers_saved_at__lte=BY_KEY["drafts"].before(now))


def ended_due(now: datetime) -> ApplicationQuerySet:
    long_ago = BY_KEY["ended"].before(now)
    return Application.objects.filter(state__in=values(REFUSED), erased_at=None, state_since__lte=long_ago)


def trained_due(now: datetime) -> ApplicationQuerySet:
    """Where it is not known when the term starts, the end of the training alone counts."""
    taught = Func(F("qualification__total_months_high"), template="make_interval(months => %(expressions)s)")
    end = ExpressionWrapper(F("term__starts_on") + taught, output_field=DateTimeField())
    over = Application.objects.filter(state__in=values(TRAINED), erased_at=None)
    return over.annotate(ended_at=Greatest(end, "state_since")).filter(
        ended_at__lte=BY_KEY["trained"].before(now)
    )


def accounts_due(now: datetime) -> QuerySet[User]:
    long_ago = BY_KEY["accounts"].before(now)
    theirs = Application.objects.filter(applicant=OuterRef("pk"))
    unused = Q(last_login=None, date_joined__lte=long_ago) | Q(last_login__lte=long_ago)
    people = User.objects.filter(unused, Exists(theirs), is_staff=False, dormant_at=None, erased_at=None)
    return people.exclude(Exists(theirs.filter(erased_at=None)))


@verb
def expire_draft(*, pk: UUID, now: datetime) -> bool:
    """Delete a draft that nobody has gone on with. False where somebody has meanwhile."""
    if not hold(drafts_due(now).filter(pk=pk)):
        return False
    draft = Application.objects.get(pk=pk)
    record(action="applications.draft_expired", subject=draft, by=None, now=now)
    delete_draft(draft)
    return True


@verb
def anonymise(*, pk: UUID, now: datetime) -> bool:
    """Empty what says whose an ended application was, and delete what was written about it. Only where it is due."""
    due = Q(pk__in=ended_due(now).values("pk")) | Q(pk__in=trained_due(now).values("pk"))
    if not hold(Application.objects.filter(due, pk=pk)):
        return False
    row = Application.objects.get(pk=pk)
    without_the_person(row, now, KEPT_LONG_ENOUGH)
    OutboxMessage.objects.filter(about=reference(row)).delete()
    record(action="applications.anonymised", subject=row, by=None, now=now)
    return True


@verb
def forget_person(*, pk: UUID, now: datetime) -> bool:
    """Empty an account that nothing is left of but applications without a person. Only where it is due."""
    if (
        not User.objects.select_for_update().filter(pk=pk).exists()
        or not accounts_due(now).filter(pk=pk).exists()
    ):
        return False
    person = User.objects.get(pk=pk)
    forget_beside_applications(person, now=now)
    record(action="accounts.forgotten", subject=person, by=None, now=now)
    return True


def _mails(now: datetime) -> QuerySet[OutboxMessage]:
    sent = OutboxMessage.objects.filter(state=MailState.SENT, sent_at__lte=BY_KEY["mails"].before(now))
    return sent.exclude(text="", html="")


def _undelivered(now: datetime) -> QuerySet[OutboxMessage]:
    long_ago = BY_KEY["undelivered"].before(now)
    return OutboxMessage.objects.filter(state=MailState.DEAD, queued_at__lte=long_ago)


def _together(now: datetime) -> QuerySet[BulkDecision]:
    return BulkDecision.objects.filter(made_at__lte=BY_KEY["together"].before(now))


def _jobs(now: datetime) -> QuerySet[Any]:
    over = Exists(ProcrastinateEvent.objects.filter(job=OuterRef("pk"), at__gt=BY_KEY["jobs"].before(now)))
    return ProcrastinateJob.objects.filter(status__in=FINISHED).exclude(over)


def _delete_jobs(jobs: QuerySet[Any]) -> None:
    """By hand, as the queue's own library does: its models are to be read."""
    with connection.cursor() as cursor:
        keys = list(jobs.values_list("pk", flat=True))
        cursor.execute("DELETE FROM procrastinate_jobs WHERE id = ANY(%s)", [keys])


def _invitations(now: datetime) -> QuerySet[Invitation]:
    """Those that were answered or withdrawn hold no address."""
    return Invitation.objects.pending().filter(expires_at__lte=BY_KEY["invitations"].before(now))


def _allowed(now: datetime) -> QuerySet[AllowedAddress]:
    return AllowedAddress.objects.filter(added_at__lte=BY_KEY["allowed"].before(now))


def _interest(now: datetime) -> QuerySet[Interest]:
    return Interest.objects.filter(confirmed_at__lte=BY_KEY["interest"].before(now))


def _unconfirmed(now: datetime) -> QuerySet[Interest]:
    return Interest.objects.filter(confirmed_at=None, asked_at__lte=BY_KEY["unconfirmed"].before(now))


# In the order of the rules: an account goes when nothing of its person is left.
STEPS: dict[str, Step] = {
    "drafts": one_by_one(drafts_due, lambda pk, now: expire_draft(pk=pk, now=now)),
    "ended": one_by_one(ended_due, lambda pk, now: anonymise(pk=pk, now=now)),
    "trained": one_by_one(trained_due, lambda pk, now: anonymise(pk=pk, now=now)),
    "accounts": one_by_one(accounts_due, lambda pk, now: forget_person(pk=pk, now=now)),
    "invitations": in_batches(_invitations),
    "allowed": in_batches(_allowed),
    "interest": in_batches(_interest),
    "unconfirmed": in_batches(_unconfirmed),
    "alerts": in_batches(
        lambda now: CourseAlert.objects.over_on(timezone.localdate(BY_KEY["alerts"].before(now)))
    ),
    "unconfirmed_alerts": in_batches(CourseAlert.objects.unconfirmed_at),
    "mails": in_batches(_mails, lambda rows: rows.update(text="", html="")),
    "undelivered": in_batches(_undelivered),
    "together": in_batches(_together),
    "previews": several(
        in_batches(lambda now: RunUpload.objects.expired(BY_KEY["previews"].before(now))),
        in_batches(lambda now: EditionUpload.objects.expired(BY_KEY["previews"].before(now))),
        in_batches(lambda now: ExtractUpload.objects.expired(BY_KEY["previews"].before(now))),
    ),
    "sessions": several(
        in_batches(lambda now: Session.objects.filter(expire_date__lt=BY_KEY["sessions"].before(now))),
        in_batches(lambda now: SignInCode.objects.filter(expires_at__lt=BY_KEY["sessions"].before(now))),
    ),
    "limits": in_batches(lambda now: RateLimit.objects.filter(started_at__lt=BY_KEY["limits"].before(now))),
    "jobs": in_batches(_jobs, _delete_jobs),
}


def due(now: datetime) -> dict[str, int]:
    """By the key of a rule: how many would go. An account that waits for its applications to go first is not in it."""
    return {key: step.due(now) for key, step in STEPS.items()}


def apply_all(*, now: datetime, step: Callable[[int], object] = lambda number: None) -> Retained:
    """Let go of all that is due. What fails is logged, and keeps nothing else; the next run tries it again.

    `step` is told of each batch.
    """
    gone, failed = dict.fromkeys(STEPS, 0), Counter[str]()
    for key, each in STEPS.items():
        try:
            for went in each.apply(now):
                gone[key] += went.gone
                failed[key] += went.failed
                step(sum(went))
        except Exception as problem:
            failed[key] += told(problem, f"anything more by the rule {key}").failed
    return Retained(gone, dict(+failed))
