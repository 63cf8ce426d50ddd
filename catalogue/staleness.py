"""What of a course run is no longer true, or should be known by now, so that its keepers see to it.

People travel and apply by these rows, and course dates that nobody looks after go stale (design: journeys).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q

from catalogue.models import CourseRun, Session
from catalogue.models.course_run import CourseRunQuerySet

DATES_KNOWN_BEFORE = timedelta(weeks=4)
PLACES_HOLD = timedelta(weeks=4)


@dataclass(frozen=True)
class Concern:
    """One way in which a run goes stale: `of` narrows runs to those that have, on a day."""

    title: str
    of: Callable[[CourseRunQuerySet, date], CourseRunQuerySet]


def _dates_missing(runs: CourseRunQuerySet, day: date) -> CourseRunQuerySet:
    """To start within four weeks, and it or one of its sessions has no date, or it has no sessions at all."""
    soon = day + DATES_KNOWN_BEFORE
    held = Session.objects.filter(run=OuterRef("pk"), cancelled=False)
    no_sessions = Q(starts_on__lte=soon) & (~Exists(held) | Exists(held.filter(on=None)))
    return runs.upcoming(day).filter(Q(starts_on=None, term__starts_on__lte=soon) | no_sessions)


def _still_open(runs: CourseRunQuerySet, day: date) -> CourseRunQuerySet:
    """The last day to apply is past, or the course began, and its state still says that one may join."""
    past = Q(apply_by__lt=day) | Q(starts_on__lt=day)
    return runs.filter(past, state__in=CourseRun.TO_JOIN).exclude(ends_on__lt=day)


def _figures_missing(runs: CourseRunQuerySet, day: date) -> CourseRunQuerySet:
    """May be joined, and its price or its places are not given, or the places were counted over four weeks ago."""
    unknown = Q(price=None) | Q(places_as_of=None) | Q(places_as_of__lt=day - PLACES_HOLD)
    return runs.to_join(day).filter(unknown)


CONCERNS = {
    "dates": Concern("Dates missing, four weeks before the start", _dates_missing),
    "open": Concern("Past the last day to apply, or begun, and still open", _still_open),
    "figures": Concern("No price, or places not counted for four weeks", _figures_missing),
}
