"""Audit rows page by page, the newest first: each goes on from a row, so that page 20,000 costs what the first does.

Nothing is counted. Rows that are written meanwhile move no page.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from npq_portal.audit.models import AuditEvent, AuditEventQuerySet

ROWS = 50


@dataclass(frozen=True)
class Page:
    """`older` and `newer` are what the address of the next page each way says; empty where there is none."""

    events: list[AuditEvent]
    older: str
    newer: str


def page_of(events: AuditEventQuerySet, *, older_than: str = "", newer_than: str = "") -> Page:
    """One query. A place that no page named is the first page."""
    if place := _read(newer_than):
        at, key = place
        after = events.filter(Q(at__gte=at) & (Q(at__gt=at) | Q(pk__gt=key))).order_by("at", "pk")
        rows = list(after[: ROWS + 1])
        more = len(rows) > ROWS
        rows = rows[:ROWS][::-1]
        if more or rows:
            return Page(rows, _place(rows[-1]), _place(rows[0]) if more else "")
    place = _read(older_than)
    if place:
        at, key = place
        events = events.filter(Q(at__lte=at) & (Q(at__lt=at) | Q(pk__lt=key)))
    rows = list(events.order_by("-at", "-pk")[: ROWS + 1])
    more = len(rows) > ROWS
    rows = rows[:ROWS]
    return Page(rows, _place(rows[-1]) if more else "", _place(rows[0]) if place and rows else "")


def _place(event: AuditEvent) -> str:
    return f"{event.at.isoformat()}~{event.pk}"


def _read(place: str) -> tuple[datetime, int] | None:
    at, _, key = place.partition("~")
    try:
        moment = datetime.fromisoformat(at)
        return (moment, int(key)) if moment.tzinfo and 0 < int(key) < 2**63 else None
    except ValueError:
        return None
