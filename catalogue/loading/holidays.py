"""When most schools in England are closed (catalogue/data/school_holidays.toml, as of 22 November 2026).

For pointing dates out to staff, never for refusing one: schools set their own holidays.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from catalogue.loading.entries import must
from catalogue.loading.reading import read_toml

FILE = "school_holidays.toml"
AS_OF = date(2026, 11, 22)
FRIDAY = 4


@dataclass(frozen=True)
class Holiday:
    """`first` and `last` are weekdays; a weekend beside them is part of it."""

    name: str
    first: date
    last: date
    certain: bool = True

    def __post_init__(self) -> None:
        must(self.first <= self.last, "first and last must be in order")
        must(max(self.first.weekday(), self.last.weekday()) <= FRIDAY, "first and last must be weekdays")

    def covers(self, day: date) -> bool:
        before = timedelta(days=2 if self.first.weekday() == 0 else 0)
        after = timedelta(days=2 if self.last.weekday() == FRIDAY else 0)
        return self.first - before <= day <= self.last + after


@dataclass(frozen=True)
class BankHoliday:
    name: str
    on: date


@cache
def school_holidays() -> tuple[Holiday, ...]:
    return tuple(read_toml(FILE, "holiday", Holiday))


@cache
def bank_holidays() -> dict[date, str]:
    return {each.on: each.name for each in read_toml(FILE, "bank_holiday", BankHoliday)}


def known_until() -> date:
    """Of later days nothing is known here."""
    return max(holiday.last for holiday in school_holidays())


def closed_on(day: date) -> str:
    """Why schools may be closed on `day`, in a sentence; empty where nothing says so."""
    if day in bank_holidays():
        return f"A bank holiday: {bank_holidays()[day]}."
    for holiday in school_holidays():
        if holiday.covers(day):
            how_sure = (
                "Most schools are closed" if holiday.certain else "Most schools are likely to be closed"
            )
            return f"{how_sure}: {holiday.name}, {_span(holiday)}."
    return ""


def _span(holiday: Holiday) -> str:
    return f"{holiday.first:%-d %B} to {holiday.last:%-d %B %Y}"
