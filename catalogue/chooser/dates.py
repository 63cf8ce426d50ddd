"""The SENCO's three years. Pure.

Source: design, catalogue facts, "The suite": mainstream SENCOs within three years of appointment, for appointments
from 1 September 2024.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

LAW_FROM = date(2024, 9, 1)
YEARS = 3
MONTHS_A_YEAR = 12
# The code of practice of 1994 brought SENCOs in.
EARLIEST = 1994
PARTS = ("day", "month", "year")
APPOINTMENT = re.compile(r"([0-9]{4})-([0-9]{2})(?:-([0-9]{2}))?")


@dataclass(frozen=True, slots=True)
class Clock:
    """What is known of the three years. Where only the month of the appointment is, so are these: `exact` is False.

    The dates are then the first of their months, and only the month of each may be told. `start_by` is the last
    start that leaves the whole length of the NPQ.
    """

    exact: bool
    runs_out: date
    start_by: date
    has_run_out: bool
    too_late_to_start: bool


class NoAppointment(ValueError):  # noqa: N818 - the name says what it is
    """No day on which somebody can have been appointed: the message says what to enter, `parts` where."""

    def __init__(self, message: str, *parts: str) -> None:
        super().__init__(message)
        self.parts = parts


def read_parts(day: str, month: str, year: str, *, today: date) -> str:
    """What was typed, as an address holds it: 2025-09-14, or 2025-09. Raises NoAppointment for what is no such date."""
    try:
        typed = f"{int(year):04}-{int(month):02}" + (f"-{int(day):02}" if day else "")
        first = _first_day(typed)
    except ValueError:
        raise NoAppointment(
            "Enter a real date, for example 1 9 2025", *_never_right(day, month, year)
        ) from None
    if first.year < EARLIEST:
        raise NoAppointment(f"Enter {EARLIEST} or later: schools have had SENCOs since then", "year")
    if first > today:
        raise NoAppointment("Enter the date on which you became a SENCO: it cannot be after today", *PARTS)
    return typed


def _never_right(day: str, month: str, year: str) -> tuple[str, ...]:
    """The parts that are missing or outside any year; all where each could be right."""
    bounds = ((day or "1", 31), (month, MONTHS_A_YEAR), (year, 9999))
    wrong = [
        part
        for part, (typed, most) in zip(PARTS, bounds, strict=True)
        if not typed.isdecimal() or not 1 <= int(typed) <= most
    ]
    return tuple(wrong) or PARTS


def parts(appointment: str) -> tuple[str, str, str]:
    """Day, month and year as they were typed; no day where only the month was."""
    first = _first_day(appointment)
    return str(first.day) if _is_exact(appointment) else "", str(first.month), str(first.year)


def is_appointment(typed: str, *, today: date) -> bool:
    try:
        first = _first_day(typed)
    except ValueError:
        return False
    return first.year >= EARLIEST and first <= today


def in_words(appointment: str) -> str:
    return f"{_first_day(appointment):{'%-d %B %Y' if _is_exact(appointment) else '%B %Y'}}"


def is_under_the_law(appointment: str) -> bool:
    return _first_day(appointment) >= LAW_FROM


def clock(appointment: str, *, day: date, months: int) -> Clock:
    """`months` is how long the NPQ takes with its assessment; `day` is today."""
    runs_out = _months_on(_first_day(appointment), YEARS * MONTHS_A_YEAR)
    start_by = _months_on(runs_out, -months)
    exact = _is_exact(appointment)
    passed: Callable[[date], bool] = (
        (lambda end: end < day) if exact else (lambda end: (end.year, end.month) < (day.year, day.month))
    )
    return Clock(exact, runs_out, start_by, passed(runs_out), passed(start_by))


def _first_day(appointment: str) -> date:
    found = APPOINTMENT.fullmatch(appointment)
    if not found:
        raise ValueError(appointment)
    return date(int(found[1]), int(found[2]), int(found[3] or 1))


def _is_exact(appointment: str) -> bool:
    return len(appointment) == len("2025-09-14")


def _months_on(day: date, months: int) -> date:
    """The same day of the month, or the month's last where it has no such day: never a day later."""
    year, month = divmod(day.year * MONTHS_A_YEAR + day.month - 1 + months, MONTHS_A_YEAR)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
