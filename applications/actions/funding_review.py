"""What the funding rules leave to a person: portal staff decide it, with a reason that the applicant reads.

The facts, the trace and the decision that the rules came to stay as they were frozen; what a person decided stands
beside them, with who and when, and is the outcome that counts from then on.
"""

from datetime import datetime

from django.db.models import Q

from applications.access import role_of
from applications.actions.errors import AlreadyDone, Incomplete, MailHeld, NotYours, PlaceGiven, Refused
from applications.actions.mails import tell_applicant, tell_provider
from applications.models import Application
from applications.states import TAKEN_ON, Role
from funding.rules.vocabulary import Outcome
from npq_portal.accounts.models import User
from npq_portal.audit.recording import record
from npq_portal.verbs import verb


@verb
def review_funding(
    *, application: Application, funded: bool, reason: str, by: User, now: datetime
) -> Application:
    """The person is eligible for scholarship funding, or is not. It gives nobody a place, and moves no state.

    The applicant and the provider are told either way. Two at once: the first counts, the second is told
    (AlreadyDone), as is everybody once the provider has accepted (PlaceGiven), and while the mail about its decision is
    held, which would no longer be true (MailHeld). Raises NotYours for anybody but portal
    staff, and for these about themselves; Incomplete without a reason.
    """
    reason = reason.strip()
    if role_of(by, application) is not Role.PORTAL:
        raise NotYours
    if not reason:
        raise Incomplete("reason", "Give a reason: the applicant reads it.")
    outcome = Outcome.FUNDED if funded else Outcome.NOT_FUNDED
    changes = {
        "funding_outcome": outcome.value,
        "funding_reviewed_at": now,
        "funding_reviewed_by": by,
        "funding_review_reason": reason,
    }
    told = Q(undo_until__isnull=True) | Q(undo_until__lte=now)
    if Application.objects.to_review().filter(told, pk=application.pk).update(**changes) != 1:
        raise _why_not(application, now)
    for name, value in changes.items():
        setattr(application, name, value)
    written = record(
        action="applications.funding_reviewed",
        subject=application,
        by=by,
        now=now,
        old={"outcome": Outcome.REVIEW.value},
        new={"outcome": outcome.value},
    )
    key = f"applications.funding_reviewed:{application.pk}:{written.pk}"
    tell_applicant("funding_reviewed", application, key=key, now=now)
    tell_provider("funding_reviewed_to_provider", application, key=f"{key}:provider", now=now)
    return application


def _why_not(application: Application, now: datetime) -> Refused:
    if Application.objects.to_review().filter(pk=application.pk, undo_until__gt=now).exists():
        return MailHeld()
    accepted = Application.objects.filter(
        pk=application.pk, state__in=TAKEN_ON, funding_outcome=Outcome.REVIEW
    )
    return PlaceGiven() if accepted.exists() else AlreadyDone()
