"""What needs doing about course runs and delivery partners, for the first page of the staff area."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from catalogue import partner_pairs
from catalogue.clashes import clashing
from catalogue.models import CourseRun
from catalogue.staleness import CONCERNS
from npq_portal.accounts.models import User
from npq_portal.staff.dashboard import Panel, register
from npq_portal.staff.roles import Role


def _keeps_runs(roles: frozenset[Role]) -> bool:
    return Role.HUB in roles or Role.PROVIDER in roles


@register
def runs_without_dates(user: User, roles: frozenset[Role], now: datetime) -> Iterator[Panel]:
    if _keeps_runs(roles):
        day = timezone.localdate(now)
        undated = CourseRun.objects.visible_to(user).upcoming(day).filter(starts_on=None)
        url = reverse("admin:catalogue_courserun_changelist") + "?starts_on__isempty=1"
        yield Panel("Course runs without a start date", undated.count(), url)


@register
def runs_to_see_to(user: User, roles: frozenset[Role], now: datetime) -> Iterator[Panel]:
    if _keeps_runs(roles):
        runs, day = CourseRun.objects.visible_to(user), timezone.localdate(now)
        url = reverse("admin:catalogue_courserun_changelist")
        for key, concern in CONCERNS.items():
            title = f"Course runs: {concern.title[0].lower()}{concern.title[1:]}"
            yield Panel(title, concern.of(runs, day).count(), f"{url}?see_to={key}", urgent=key != "figures")


@register
def sessions_that_clash(user: User, roles: frozenset[Role], now: datetime) -> Iterator[Panel]:
    if _keeps_runs(roles):
        day = timezone.localdate(now)
        found = {
            pk
            for kind in ("venue", "facilitator")
            for pk in clashing(user, kind, day).values_list("pk", flat=True)
        }
        yield Panel(
            "Sessions that clash", len(found), reverse("admin:catalogue_session_clashes"), urgent=True
        )


@register
def partners_that_may_be_the_same(user: User, roles: frozenset[Role], now: datetime) -> Iterator[Panel]:
    if Role.PORTAL in roles and (pairs := partner_pairs.waiting()):
        url = reverse("admin:catalogue_deliverypartner_pairs")
        yield Panel("Delivery partners that may be the same: pairs", len(pairs), url)
