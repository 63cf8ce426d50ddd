"""What cannot be of the dates and times of a course run and its sessions, and what to put right, in words.

All times are wall-clock times in England. The hour that the clocks leave out in March is refused; of the hour that
comes twice in October the first is meant, in summer time, which is how calendars take it (RFC 5545, section 3.3.5).
"""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from catalogue.models.years import YEARS

YEAR = f"Enter a year from {YEARS.start} to {YEARS.stop - 1}."
ENGLAND = ZoneInfo("Europe/London")


def date_problems(starts: date | None, ends: date | None, apply_by: date | None) -> dict[str, str]:
    """Field of the run -> what to put right about its dates."""
    dates = {"starts_on": starts, "ends_on": ends, "apply_by": apply_by}
    problems = {name: YEAR for name, day in dates.items() if day and day.year not in YEARS}
    if problems:
        return problems
    if ends and not starts:
        problems["starts_on"] = "Enter the day the course starts, or leave out the day it ends."
    if starts and ends and ends < starts:
        problems["ends_on"] = f"The course must end on or after {starts:%-d %B %Y}, when it starts."
    if starts and apply_by and apply_by > starts:
        problems["apply_by"] = f"The last day to apply must be {starts:%-d %B %Y} or earlier."
    return problems


def outside(on: date, starts: date | None, ends: date | None) -> str:
    """What to put right about a session on `on` of a course with these dates; empty where it lies within them."""
    if on.year not in YEARS:
        return YEAR
    if starts is None:
        return "Enter the day the course starts too, or leave this date empty while it is to be confirmed."
    if on < starts:
        side = f"before the course starts, on {starts:%-d %B %Y}"
    elif ends and on > ends:
        side = f"after the course ends, on {ends:%-d %B %Y}"
    else:
        return ""
    return f"{on:%-d %B %Y} is {side}. Move one of the two, or leave the session\u2019s date empty."


def time_problems(on: date | None, starts: time | None, ends: time | None) -> dict[str, str]:
    """Field of the session -> what to put right about its times."""
    problems = {}
    if ends and not starts:
        problems["starts_at"] = "Enter the time the session starts, or leave out the time it ends."
    if starts and ends and ends <= starts:
        problems["ends_at"] = f"The session must end after {starts:%H:%M}, when it starts."
    if on is None:
        if starts or ends:
            problems["on"] = "Enter the date too, or leave out the times while it is to be confirmed."
        return problems
    for name, at in (("starts_at", starts), ("ends_at", ends)):
        if at and on.year in YEARS and _is_left_out(on, at):
            why = "the clocks go forward from 01:00 to 02:00"
            problems[name] = f"There is no {at:%H:%M} on {on:%-d %B %Y}: {why}. Enter another time."
    return problems


def _is_left_out(on: date, at: time) -> bool:
    said = datetime.combine(on, at, ENGLAND)
    return said.astimezone(UTC).astimezone(ENGLAND).time() != at
