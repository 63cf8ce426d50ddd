"""The columns of a file of course runs, the same out as in: a row for each session, with its run's facts repeated on
each; a run without sessions has one row.
"""

from collections.abc import Iterator, Mapping
from datetime import time
from typing import Any

from catalogue.models import CourseRun, Session
from catalogue.models.course_run import CourseRunQuerySet

AT_ONCE = 500
# What says which run it is: never changed by a file.
WHOSE = ("npq", "term", "provider", "hub", "partner")
# Column -> field, for what a file may change.
OF_RUN = {
    "state": "state",
    "mode": "mode",
    "days": "days",
    "starts_on": "starts_on",
    "ends_on": "ends_on",
    "apply_by": "apply_by",
    "price": "price",
    "vat_added": "price_plus_vat",
    "price_seen_on": "price_as_of",
    "funded_places": "funded_places",
    "funded_places_taken": "funded_taken",
    "paying_places": "paying_places",
    "paying_places_taken": "paying_taken",
    "places_counted_on": "places_as_of",
}
OF_SESSION = {
    "session_title": "title",
    "session_date": "on",
    "session_starts": "starts_at",
    "session_ends": "ends_at",
    "taught_by": "facilitator",
    "online": "online",
    "venue": "venue",
    "postcode": "postcode",
    "session_cancelled": "cancelled",
}
# What a row needs of the run, and of what belongs to it.
SHOWN = (
    "updated_at",
    *OF_RUN.values(),
    "qualification__identifier",
    "term__identifier",
    "provider__name",
    "hub__code",
    "partner__name",
)
COLUMNS = ("run", "changed_at", *WHOSE, *OF_RUN, "session", *OF_SESSION)
CHOICES: dict[str, Any] = {"state": CourseRun.State, "mode": CourseRun.Mode, "days": CourseRun.Days}


def table(runs: CourseRunQuerySet) -> Iterator[list[str]]:
    """The header, then the rows of `runs`, a few hundred runs at a time."""
    yield list(COLUMNS)
    named = runs.select_related("qualification", "term", "provider", "hub", "partner").only(*SHOWN)
    for run in named.prefetch_related("sessions").iterator(chunk_size=AT_ONCE):
        about = [str(run.pk), run.updated_at.isoformat(), *_whose(run)]
        about += cells_of(run, OF_RUN).values()
        sessions = [_session(session) for session in run.sessions.all()]
        for cells in sessions or [[""] * (1 + len(OF_SESSION))]:
            yield about + cells


def _whose(run: CourseRun) -> list[str]:
    return [
        run.qualification.identifier,
        run.term.identifier,
        run.provider.name,
        run.hub.code if run.hub else "",
        run.partner.name if run.partner else "",
    ]


def _session(session: Session) -> list[str]:
    return [str(session.pk), *cells_of(session, OF_SESSION).values()]


def cells_of(thing: CourseRun | Session, columns: Mapping[str, str]) -> dict[str, str]:
    """Column -> what stands in it."""
    return {column: _cell(field, getattr(thing, field)) for column, field in columns.items()}


def _cell(field: str, value: Any) -> str:
    if value is None or value == "":
        return ""
    if field in CHOICES:
        return str(CHOICES[field](value).label)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.isoformat().removesuffix(":00") if isinstance(value, time) else str(value)
