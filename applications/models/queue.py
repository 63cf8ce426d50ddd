"""The order of the staff's queue, and what needs doing about an application: told by the database, in one place.

A band holds what is to be done alike; within it the longest wait is first, and of a waiting list the next in line.
Bands hold for good, so that an index keeps the order: that a sponsor is overdue, or an offer ends soon, comes with
time, and puts nothing into another band. It needs not, as those are the first of theirs.
"""

from datetime import datetime, timedelta
from enum import IntEnum, StrEnum
from typing import Any

from django.db.models import Case, CharField, F, Func, Q, SmallIntegerField, Value, When
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact

from applications.states import IN_TRAINING, State

# Both reminders have gone by then.
SPONSOR_WITHIN = timedelta(days=14)
OFFER_ENDS_SOON = timedelta(days=2)


class Band(IntEnum):
    """In the order of the queue."""

    ANSWERED = 0
    READY = 1
    NEW = 2
    OFFERED = 3
    AWAITING_SPONSOR = 4
    WAITING_LIST = 5
    ASKED_FOR_MORE = 6
    WITH_THE_APPLICANT = 7
    TAKEN_ON = 8
    ENDED = 9


def _any_of(*states: State) -> Q:
    return Q(state__in=sorted(state.value for state in states))


_WITH_THE_PROVIDER = Q(state=State.SUBMITTED.value)
# The first that holds counts.
_BANDS = {
    Band.ANSWERED: _WITH_THE_PROVIDER & Q(information_at=F("state_since")),
    Band.READY: _WITH_THE_PROVIDER & Q(awaits_scores=False),
    Band.NEW: _WITH_THE_PROVIDER,
    Band.OFFERED: _any_of(State.OFFERED),
    Band.AWAITING_SPONSOR: _any_of(State.AWAITING_SPONSOR),
    Band.WAITING_LIST: _any_of(State.WAITING_LIST),
    Band.ASKED_FOR_MORE: _any_of(State.MORE_INFORMATION),
    Band.WITH_THE_APPLICANT: _any_of(State.REGISTERED, State.FORM_STARTED),
    Band.TAKEN_ON: _any_of(State.ACCEPTED, *IN_TRAINING),
}
QUEUE_PLACE = Case(
    *(When(condition, then=Value(int(band))) for band, condition in _BANDS.items()),
    default=Value(int(Band.ENDED)),
    output_field=SmallIntegerField(),
)
# On a waiting list its own order. The numbers come from one sequence, so those of several lists stand together too.
QUEUE_NUMBER = Coalesce("waiting_number", Value(0))
# Of offers the one that ends first is next; of all others the one that has waited longest.
QUEUE_SINCE = Coalesce("offer_ends_at", "state_since")


class Row(Func):
    """Several columns as one value, which Postgres compares from left to right and looks up in an index."""

    function = "ROW"
    output_field = CharField()


class Task(StrEnum):
    """What needs doing."""

    INFORMATION = "information"
    DECIDE = "decide"
    NEW = "new"
    OFFER = "offer"
    SPONSOR = "sponsor"

    @property
    def label(self) -> str:
        return LABELS[self]


LABELS = {
    Task.INFORMATION: "Information received",
    Task.DECIDE: "Ready to decide",
    Task.NEW: "New, to score",
    Task.OFFER: "Offer ends soon",
    Task.SPONSOR: "Sponsor overdue",
}


# A task is to be done about the applications of its band: about all of them, or about those whose moment (a column) is
# past, or will be within so long.
_DUE: dict[Task, tuple[Band, str, timedelta]] = {
    Task.INFORMATION: (Band.ANSWERED, "", timedelta()),
    Task.DECIDE: (Band.READY, "", timedelta()),
    Task.NEW: (Band.NEW, "", timedelta()),
    Task.OFFER: (Band.OFFERED, "offer_ends_at", OFFER_ENDS_SOON),
    Task.SPONSOR: (Band.AWAITING_SPONSOR, "state_since", -SPONSOR_WITHIN),
}


def conditions(now: datetime) -> dict[Task, Q]:
    """Task -> which applications it is to be done about at `now`; none has two. In the order of the queue."""
    return {
        task: _in(band) & (Q(**{f"{column}__lte": now + within}) if column else Q())
        for task, (band, column, within) in _DUE.items()
    }


def task_of(row: Any, now: datetime) -> Task | None:
    """The same of a row that was read with its `queue_place`: a list asks it of the rows that it shows, which spares
    the database the conditions of all others.
    """
    for task, (band, column, within) in _DUE.items():
        if row.queue_place == band and (not column or getattr(row, column) <= now + within):
            return task
    return None


def _in(band: Band) -> Q:
    return Q(Exact(QUEUE_PLACE, int(band)))
