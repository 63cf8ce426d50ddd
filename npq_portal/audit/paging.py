"""Audit rows page by page (npq_portal.keyset), the newest first. Nothing is counted."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from npq_portal.audit.models import AuditEvent, AuditEventQuerySet
from npq_portal.keyset import page_beside

ROWS = 50


@dataclass(frozen=True)
class Page:
    """`older` and `newer` are what the address of the next page each way says; empty where there is none."""

    events: list[AuditEvent]
    older: str
    newer: str


def page_of(events: AuditEventQuerySet, *, older_than: str = "", newer_than: str = "") -> Page:
    """At most two queries. A place that no page named is the first page."""
    page = page_beside(
        events.order_by("-at", "-pk"),
        ROWS,
        before=_beside(events, _read(newer_than), "gt"),
        after=_beside(events, _read(older_than), "lt"),
    )
    rows = page.rows
    return Page(
        rows, _place(rows[-1]) if page.has_next else "", _place(rows[0]) if rows and page.has_previous else ""
    )


def _beside(
    events: AuditEventQuerySet, place: tuple[datetime, int] | None, comparison: str
) -> QuerySet[AuditEvent] | None:
    """Those newer ("gt") or older ("lt") than the place; None where there is none."""
    if place is None:
        return None
    at, key = place
    nearly = Q(**{f"at__{comparison}e": at})  # by the index; the rest looks at equal moments alone
    beyond = Q(**{f"at__{comparison}": at}) | Q(**{f"pk__{comparison}": key})
    return events.filter(nearly & beyond).order_by("-at", "-pk")


def _place(event: AuditEvent) -> str:
    return f"{event.at.isoformat()}~{event.pk}"


def _read(place: str) -> tuple[datetime, int] | None:
    at, _, key = place.partition("~")
    try:
        moment = datetime.fromisoformat(at)
        return (moment, int(key)) if moment.tzinfo and 0 < int(key) < 2**63 else None
    except ValueError:
        return None
