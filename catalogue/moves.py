"""What differs between a course run as it was and as it is, and what that means for its people, in words. Pure.

Told is what somebody may have in their diary or travel to: the first day of the course, and when and where each
session is. Not told: who teaches it, its title, its price, its places, the day it ends, sessions that are new, and what
is over. A date that was to be confirmed and now is known is told too.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any, TypeVar

TO_BE_CONFIRMED = "date to be confirmed"
T = TypeVar("T")


def differing(before: Mapping[Any, T], after: Mapping[Any, T]) -> Iterator[tuple[T | None, T | None]]:
    """Each session that is not as it was, beside itself by its key: None where it is new, or gone. New ones come last.

    The audit trail and the mails both tell what this gives, so that they never tell two stories of one change.
    """
    for key, was in before.items():
        now = after.get(key)
        if was != now:
            yield was, now
    for key, now in after.items():
        if key not in before:
            yield None, now


def session_name(title: str, on: date | None) -> str:
    """What a session is called: by its title, else by its day. Its number changes as others come and go."""
    return title or (f"Session on {on:%-d %B %Y}" if on else "Session without a date")


@dataclass(frozen=True, slots=True)
class Meeting:
    """A session as people know it; its title may be empty. Times are wall-clock times in England."""

    title: str
    on: date | None
    starts_at: time | None
    ends_at: time | None
    online: bool
    venue: str
    postcode: str
    cancelled: bool

    def is_over_on(self, day: date) -> bool:
        return self.on is not None and self.on < day

    @property
    def name(self) -> str:
        return session_name(self.title, self.on)

    @property
    def in_full(self) -> str:
        return f"{self.title or 'Session'}, {self.when_and_where}"

    @property
    def when_and_where(self) -> str:
        """ "Wednesday 13 January 2027, 09:30 to 15:30, The hall, SK7 4AB"."""
        hours = " to ".join(f"{at:%H:%M}" for at in (self.starts_at, self.ends_at) if at)
        parts = (_day(self.on), hours, self.venue, self.postcode, "online" * self.online)
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Standing:
    """A run as people know it, with its meetings by the session's key."""

    cancelled: bool
    starts_on: date | None
    ends_on: date | None
    meetings: Mapping[int, Meeting]

    def is_over_on(self, day: date) -> bool:
        return self.ends_on is not None and self.ends_on < day


def told(before: Standing, after: Standing, day: date) -> list[str]:
    """A sentence for each thing that moved or was cancelled, as seen on `day`; none where nobody need be told."""
    if (before.cancelled and after.cancelled) or (before.is_over_on(day) and after.is_over_on(day)):
        return []
    if after.cancelled:
        return ["The course is cancelled."]
    lines = ["The course takes place after all."] if before.cancelled else []
    if before.starts_on != after.starts_on:
        lines.append(f"The course starts: {_day(after.starts_on)} (it was {_day(before.starts_on)}).")
    return [*lines, *_of_meetings(before, after, day)]


def _of_meetings(before: Standing, after: Standing, day: date) -> Iterator[str]:
    for was, now in differing(before.meetings, after.meetings):
        if was is None:
            continue
        if was.is_over_on(day) and (now is None or now.is_over_on(day)):
            continue
        called_off = now is None or now.cancelled
        if was.cancelled and called_off:
            continue
        if now is None:
            if was.on is not None:
                yield f"{was.in_full}: does not take place."
        elif now.cancelled:
            yield f"{was.in_full}: cancelled."
        elif was.cancelled:
            yield f"{now.in_full}: takes place after all."
        elif was.when_and_where != now.when_and_where:
            yield f"{was.name}: {now.when_and_where} (it was {was.when_and_where})."


def _day(day: date | None) -> str:
    return f"{day:%A %-d %B %Y}" if day else TO_BE_CONFIRMED
