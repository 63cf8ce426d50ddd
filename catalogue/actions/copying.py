"""Copying a course run to another term: the same course, its dates moved by whole weeks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from catalogue.actions.course_runs import add_run
from catalogue.actions.snapshots import columns_of
from catalogue.models import CourseRun, Session, Term
from npq_portal.accounts.models import User

NOT_COPIED = (
    # The copy's own.
    "id",
    "updated_at",
    "added_with",
    # Asked for.
    "term_id",
    "starts_on",
    "ends_on",
    "apply_by",
    # A copy is announced.
    "state",
    # Figures of their day.
    "price",
    "price_plus_vat",
    "price_as_of",
    "funded_places",
    "funded_taken",
    "paying_places",
    "paying_taken",
    "places_as_of",
)
SESSION_NOT_COPIED = (
    # The copy's own.
    "id",
    "run_id",
    "position",
    # Asked for.
    "on",
    # What was called off then is not now.
    "cancelled",
)
COPIED = columns_of(CourseRun, but=NOT_COPIED)
TIMES = ("starts_at", "ends_at")
COPIED_OF_SESSIONS = columns_of(Session, but=SESSION_NOT_COPIED)
WEEKS_A_YEAR = 52


@dataclass(frozen=True)
class Dates:
    """Of a run; `sessions` by the key of the session they are of. None is "to be confirmed"."""

    starts_on: date | None
    ends_on: date | None
    apply_by: date | None
    sessions: Mapping[int, date | None]


def first_day_of(run: CourseRun, sessions: Iterable[Session]) -> date | None:
    """The day the run begins on: its own date, else its first session's; None while neither is known."""
    return run.starts_on or min((session.on for session in sessions if session.on), default=None)


def proposed_first_day(run: CourseRun, sessions: Iterable[Session], term: Term) -> date | None:
    """The day in `term` that stands where the run's first day stands in its own; None where that cannot be told."""
    first, weeks = first_day_of(run, sessions), _weeks_between(run.term, term)
    return None if first is None or weeks is None else first + timedelta(weeks=weeks)


def moved_to(run: CourseRun, sessions: Iterable[Session], first_day: date | None) -> Dates:
    """The run's dates, all moved by the whole weeks that bring its first day nearest to `first_day`.

    So each keeps its day of the week. Where nothing is dated, nothing is.
    """
    sessions = list(sessions)
    first = first_day_of(run, sessions)
    weeks = 0 if first is None or first_day is None else round((first_day - first).days / 7)

    def move(day: date | None) -> date | None:
        return day and day + timedelta(weeks=weeks)

    return Dates(
        move(run.starts_on),
        move(run.ends_on),
        move(run.apply_by),
        {session.pk: move(session.on) for session in sessions},
    )


def copy_run(
    *, run: CourseRun, term: Term, dates: Dates, added_with: UUID | None, by: User | None, now: datetime
) -> CourseRun:
    """Add a run like `run` in `term`, announced, with the sessions that `dates` names.

    Not copied: price and places, which are figures of their day, that a session was cancelled, and the times of one
    that has no date yet. Nobody is told.
    A second call with the same `added_with` returns the run that the first one added.
    """
    copy = CourseRun(
        term=term,
        starts_on=dates.starts_on,
        ends_on=dates.ends_on,
        apply_by=dates.apply_by,
        **{name: getattr(run, name) for name in COPIED},
    )
    held = run.sessions.filter(pk__in=dates.sessions).order_by("position")
    sessions = [_copied(each, dates.sessions[each.pk], position) for position, each in enumerate(held, 1)]
    note = f"Copied from course run {run.pk}."
    return add_run(run=copy, sessions=sessions, added_with=added_with, by=by, now=now, note=note)


def _copied(session: Session, on: date | None, position: int) -> Session:
    """Without a date it has no times: nobody can be anywhere at half past nine of no day."""
    names = [name for name in COPIED_OF_SESSIONS if on or name not in TIMES]
    return Session(on=on, position=position, **{name: getattr(session, name) for name in names})


def _weeks_between(one: Term, other: Term) -> int | None:
    """By the months that teaching starts in, else by the years in their identifiers where the season is the same."""
    if one.starts_on and other.starts_on:
        return round((other.starts_on - one.starts_on).days / 7)
    season, _, year = one.identifier.partition("-")
    other_season, _, other_year = other.identifier.partition("-")
    if season != other_season or not (year.isdecimal() and other_year.isdecimal()):
        return None
    return (int(other_year) - int(year)) * WEEKS_A_YEAR
