"""Which reminder is due on a morning, counted in days of the calendar in England. Pure.

The issue names 3 and 10 days after a draft was last saved, and 7 and 2 days before a deadline. A form that is not
started is named after 4 days, since its day is two weeks after registering and 7 days before that would fall on the
same morning as a week after; and once more after 21, a week past that day, when nothing else is sent.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from applications.vocabulary import ReminderKind

AFTER_SAVING = (3, 10)
AFTER_THE_PROVIDER = (4, 21)
BEFORE_A_DEADLINE = (7, 2)
# An offer is open for seven days: seven before its end it is made.
BEFORE_AN_OFFER_ENDS = (2,)
# A morning or two without a worker loses no reminder. What came due before that is let go: where the portal starts to
# remind, nobody hears of a draft that they left months ago.
GRACE = 2
# After any reminder about an application, a deadline alone brings another one this soon.
QUIET = 5


def _days(counts: Iterable[int]) -> str:
    return f"{' and '.join(map(str, counts))} days"


WHEN = {
    ReminderKind.DRAFT: f"{_days(AFTER_SAVING)} after you last saved one.",
    ReminderKind.FORM: f"{_days(AFTER_THE_PROVIDER)} after you registered, or chose another provider.",
    ReminderKind.DEADLINE: f"{_days(BEFORE_A_DEADLINE)} before registration or your course closes, your form should be "
    f"in, or your sponsor's link ends; {_days(BEFORE_AN_OFFER_ENDS)} before an offered place goes to somebody else.",
}


class Ends(StrEnum):
    """What a deadline ends; the names are those of the mails' templates."""

    TERM = "term_closes"
    COURSE = "course_closes"
    FORM = "form_by"
    SPONSOR = "sponsor_link_ends"
    OFFER = "offer_ends"


@dataclass(frozen=True, slots=True)
class Deadline:
    """`on` is the last day."""

    on: date
    ends: Ends


@dataclass(frozen=True, slots=True)
class Due:
    """A reminder: so many `days` after `counted_from`, or before it where `ends` says what it is the last day of."""

    kind: ReminderKind
    counted_from: date
    days: int
    ends: Ends | None = None

    @property
    def template(self) -> str:
        return f"reminder_{self.ends or self.kind}"


@dataclass(frozen=True, slots=True)
class Sent:
    """One that was sent about the same application."""

    kind: ReminderKind
    counted_from: date
    days: int
    on: date


def after(kind: ReminderKind, start: date, counts: Iterable[int], day: date) -> Iterator[Due]:
    passed = (day - start).days
    return (Due(kind, start, count) for count in counts if count <= passed <= count + GRACE)


def before(deadlines: Iterable[Deadline], counts: Iterable[int], day: date) -> Iterator[Due]:
    """Of several deadlines the nearest alone, so that each day is said once."""
    ahead = [each for each in deadlines if each.on >= day]
    if not ahead:
        return
    nearest = min(ahead, key=lambda deadline: deadline.on)
    left = (nearest.on - day).days
    for count in counts:
        if count - GRACE <= left <= count:
            yield Due(ReminderKind.DEADLINE, nearest.on, count, nearest.ends)


def chosen(
    dues: Iterable[Due], off: Collection[ReminderKind], sent: Collection[Sent], day: date
) -> Due | None:
    """The first of `dues` that is wanted and is not a repetition; None on a day when one was sent already."""
    if any(each.on == day for each in sent):
        return None
    told = {(each.kind, each.counted_from, each.days) for each in sent}
    lately = any(each.on > day - timedelta(days=QUIET) for each in sent)
    for due in dues:
        repeated = (due.kind, due.counted_from, due.days) in told
        too_soon = lately and due.kind is not ReminderKind.DEADLINE
        if due.kind not in off and not repeated and not too_soon:
            return due
    return None
