"""Working days in England: Monday to Friday without bank holidays, substitute days and one-off ones included."""

from datetime import date

import holidays


def working_day_after(day: date, count: int) -> date:
    """The `count`th working day after `day`, which is not counted itself."""
    england = holidays.country_holidays("GB", subdiv="ENG")
    return england.get_nth_working_day(day, count)
