"""Working days in England: Monday to Friday without bank holidays, substitute days and one-off ones included."""

from datetime import date, timedelta
from functools import cache

import holidays


def working_day_after(day: date, count: int) -> date:
    """The `count`th working day after `day`, which is not counted itself. With a minus, before it."""
    return _england().get_nth_working_day(day, count)


def working_days_between(day: date, until: date) -> int:
    """How many there are after `day`, up to `until`, which is counted; 0 where that is not later."""
    if until <= day:
        return 0
    return _england().get_working_days_count(day + timedelta(days=1), until)


@cache
def _england() -> holidays.HolidayBase:
    """It works each year out once, when that is first asked for."""
    return holidays.country_holidays("GB", subdiv="ENG")
