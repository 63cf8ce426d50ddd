"""Who of the staff looked at what is held about a person (written by npq_portal.staff.viewing)."""

from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.db.models import Count, Max

from npq_portal.audit.models import AuditEvent
from npq_portal.audit.presenters import actor_names

MOST_TOLD = 20


@dataclass(frozen=True, slots=True)
class Look:
    who: str
    times: int
    last: datetime


def looks_at(row: models.Model, *, since: datetime | None = None) -> list[Look]:
    """Each who looked at any page about `row`, whoever did so last first, 20 at most. Two queries."""
    viewed = f"{row._meta.app_label}.viewed"
    seen = AuditEvent.objects.about(row).filter(action=viewed)
    if since:
        seen = seen.filter(at__gte=since)
    people = seen.order_by().values("actor").annotate(times=Count("pk"), last=Max("at"))
    told = list(people.order_by("-last")[:MOST_TOLD])
    names = actor_names([AuditEvent(actor=each["actor"]) for each in told])
    return [Look(names[each["actor"]], each["times"], each["last"]) for each in told]
