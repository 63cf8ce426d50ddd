"""What needs doing about applications, for the first page of the admin."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from applications.access import decides_somewhere, scores_somewhere
from applications.admin.filters import FOR_ME, LATE
from applications.admin.funding_review import late_on
from applications.journey.deadlines import DECISION_WITHIN, REVIEW_WORKING_DAYS
from applications.models import Application, Interest
from applications.states import State
from npq_portal.accounts.models import User
from npq_portal.staff.dashboard import Panel, register
from npq_portal.staff.roles import Role


@register
def applications_to_decide(user: User, roles: frozenset[Role], now: datetime) -> Iterator[Panel]:
    """For those who only score, what they have not scored. Those who do not decide are not asked to."""
    if not roles & {Role.PROVIDER, Role.PORTAL}:
        return
    address = reverse("admin:applications_application_changelist")
    waiting = Application.objects.visible_to(user).filter(state=State.SUBMITTED.value)
    if scores_somewhere(user):
        unscored = Application.objects.visible_to(user).to_score_by(user).count()
        yield Panel("Applications for you to score", unscored, f"{address}?scored={FOR_ME}", leads=True)
    if not decides_somewhere(user):
        yield Panel("Waiting for the deciders", waiting.count(), f"{address}?state=submitted", leads=True)
        return
    overdue = waiting.filter(state_since__lt=now - DECISION_WITHIN).count()
    yield Panel("Applications to decide", waiting.count(), f"{address}?state=submitted", leads=True)
    yield Panel("Waiting longer than they were told", overdue, f"{address}?doing={LATE}", urgent=True)


@register
def funding_to_review(user: User, roles: frozenset[Role], now: datetime) -> Iterator[Panel]:
    if Role.PORTAL not in roles:
        return
    address = reverse("admin:applications_fundingreview_changelist")
    waiting = Application.objects.to_review()
    late = late_on(waiting, timezone.localdate(now)).count()
    yield Panel("Funding decisions that need a review", waiting.count(), address)
    yield Panel(
        f"Of these, late after {REVIEW_WORKING_DAYS} working days",
        late,
        f"{address}?standing=late",
        urgent=True,
    )


@register
def waiting_for_registration(user: User, roles: frozenset[Role], now: datetime) -> Iterator[Panel]:
    """How many: who they are nobody reads."""
    if Role.PORTAL in roles and (waiting := Interest.objects.confirmed().count()):
        yield Panel(
            "People to tell when registration opens", waiting, reverse("admin:catalogue_term_changelist")
        )
