"""What needs doing about applications, for the first page of the admin."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse

from applications.admin.filters import LATE
from applications.journey.deadlines import DECISION_WITHIN
from applications.models import Application
from applications.states import State
from funding.rules.vocabulary import Outcome
from npq_portal.accounts.models import User
from npq_portal.staff.dashboard import Panel, register
from npq_portal.staff.roles import Role


@register
def applications_to_decide(user: User, roles: frozenset[Role], now: datetime) -> Iterator[Panel]:
    if not roles & {Role.PROVIDER, Role.PORTAL}:
        return
    address = reverse("admin:applications_application_changelist")
    waiting = Application.objects.visible_to(user).filter(state=State.SUBMITTED.value)
    overdue = waiting.filter(state_since__lt=now - DECISION_WITHIN).count()
    yield Panel("Applications to decide", waiting.count(), f"{address}?state=submitted", leads=True)
    yield Panel("Waiting longer than they were told", overdue, f"{address}?doing={LATE}", urgent=True)


@register
def funding_to_review(user: User, roles: frozenset[Role], now: datetime) -> Iterator[Panel]:
    if Role.PORTAL not in roles:
        return
    address = reverse("admin:applications_application_changelist")
    count = Application.objects.live().filter(funding_outcome=Outcome.REVIEW).count()
    yield Panel("Funding decisions that need a review", count, f"{address}?funding_outcome__exact=review")
