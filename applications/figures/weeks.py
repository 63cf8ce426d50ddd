"""The weeks that figures are told by: from Monday to Sunday in England, the newest last. Pure."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

ENGLAND = ZoneInfo("Europe/London")
TOLD = 26  # half a year


def monday_of(moment: datetime) -> date:
    day = moment.astimezone(ENGLAND).date()
    return day - timedelta(days=day.weekday())


def last_weeks(now: datetime, number: int = TOLD) -> list[date]:
    """The Mondays of so many weeks, the one of `now` last."""
    newest = monday_of(now)
    return [newest - timedelta(weeks=back) for back in reversed(range(number))]


def beginnings(mondays: Sequence[date]) -> list[datetime]:
    """Midnight of each, in England: across a change of the clock no week has 168 hours."""
    return [datetime.combine(monday, time(), ENGLAND) for monday in mondays]
