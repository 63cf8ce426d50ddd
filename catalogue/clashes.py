"""Sessions to come that cannot all be held: in the same venue, or with the same facilitator, at the same time."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, time
from itertools import groupby
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Coalesce, Concat, Lower, Trim

from catalogue.models import CourseRun, Session
from npq_portal.accounts.models import User

# Nobody reads on; the first ones are seen to first.
SHOWN_AT_MOST = 200
# What makes two sessions use the same thing, whatever its capitals; empty where none is known.
SAME = {
    "venue": Lower(Concat(Trim("venue"), Value(", "), "postcode")),
    "facilitator": Lower(Trim("facilitator")),
}


@dataclass(frozen=True)
class Clash:
    """`sessions` of one day, soonest first, each of which overlaps another; `what` is their venue, or who teaches."""

    on: date
    what: str
    sessions: list[Session]


def clashing(user: User, kind: str, day: date) -> QuerySet[Session]:
    """The sessions from `day` on that `user` may see and that clash with another such; `kind` as in SAME.

    Nothing is told of sessions that the person may not see. Cancelled ones clash with nothing. A session without times
    is taken to last all day, one without an end to last until midnight.
    """
    held = (
        Session.objects.visible_to(user)
        .filter(on__gte=day, cancelled=False)
        .exclude(run__state=CourseRun.State.CANCELLED)
        .exclude(**{kind: ""})
        .annotate(
            same=SAME[kind],
            begins=Coalesce("starts_at", Value(time.min)),
            finishes=Coalesce("ends_at", Value(time.max)),
        )
    )
    others = held.filter(
        on=OuterRef("on"),
        same=OuterRef("same"),
        begins__lt=OuterRef("finishes"),
        finishes__gt=OuterRef("begins"),
    ).exclude(pk=OuterRef("pk"))
    return held.filter(Exists(others)).order_by("on", "same", "begins", "pk")


def clashes(user: User, kind: str, day: date) -> Iterator[Clash]:
    """The soonest SHOWN_AT_MOST sessions that clash, put together by day and by what they share."""
    related = ("run__qualification", "run__term", "run__hub", "run__partner", "run__provider")
    rows: Iterable[Any] = clashing(user, kind, day).select_related(*related)[:SHOWN_AT_MOST]
    for (on, _), same in groupby(rows, key=lambda session: (session.on, session.same)):
        sessions = list(same)
        yield Clash(on, getattr(sessions[0], kind), sessions)
