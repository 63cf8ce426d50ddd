"""What a change of a course run means for the people on it, in words. Pure.

Told is what somebody may have in their diary or travel to: the first day of the course, and when and where each
session is. Not told: who teaches it, its title, its price, its places, the day it ends, sessions that are new, and what
is over. A date that was to be confirmed and now is known is told too.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time

TO_BE_CONFIRMED = "date to be confirmed"


@dataclass(frozen=True, slots=True)
class Meeting:
    """A session as people know it. Times are wall-clock times in England."""

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
    def when_and_where(self) -> str:
        """ "Wednesday 13 January 2027, 9:30am to 3:30pm, The hall, SK7 4AB"."""
        hours = " to ".join(_clock(at) for at in (self.starts_at, self.ends_at) if at)
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
    for key, was in before.meetings.items():
        now = after.meetings.get(key)
        if was.is_over_on(day) and (now is None or now.is_over_on(day)):
            continue
        called_off = now is None or now.cancelled
        if was.cancelled and called_off:
            continue
        if now is None:
            if was.on is not None:
                yield f"{was.title}, {was.when_and_where}: does not take place."
        elif now.cancelled:
            yield f"{was.title}, {was.when_and_where}: cancelled."
        elif was.cancelled:
            yield f"{was.title}, {now.when_and_where}: takes place after all."
        elif was.when_and_where != now.when_and_where:
            yield f"{was.title}: {now.when_and_where} (it was {was.when_and_where})."


def _day(day: date | None) -> str:
    return f"{day:%A %-d %B %Y}" if day else TO_BE_CONFIRMED


def _clock(at: time) -> str:
    hour = at.hour % 12 or 12
    minutes = f":{at.minute:02}" if at.minute else ""
    return f"{hour}{minutes}{'am' if at.hour < 12 else 'pm'}"
