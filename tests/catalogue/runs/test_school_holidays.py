"""Which days the data file points out, and what it says of them."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from catalogue.loading.entries import DataFileError
from catalogue.loading.holidays import Holiday, bank_holidays, closed_on, known_until, school_holidays


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 10, 26), "Most schools are closed: autumn half-term, 26 October to 30 October 2026."),
        (date(2026, 10, 24), "Most schools are closed: autumn half-term, 26 October to 30 October 2026."),
        (date(2026, 11, 1), "Most schools are closed: autumn half-term, 26 October to 30 October 2026."),
        (date(2026, 11, 2), ""),
        (date(2026, 10, 23), ""),
        (date(2027, 3, 26), "A bank holiday: Good Friday."),
        (date(2027, 5, 3), "A bank holiday: Early May bank holiday."),
        (date(2027, 3, 25), ""),
        (
            date(2028, 2, 14),
            "Most schools are likely to be closed: spring half-term, 14 February to 18 February 2028.",
        ),
        (date(2030, 12, 27), ""),
    ],
)
def test_what_is_said_of_a_day(day, said):
    assert closed_on(day) == said


def test_the_holidays_follow_each_other():
    holidays = school_holidays()
    assert len(holidays) == 18
    assert all(one.last < other.first for one, other in pairwise(holidays))
    assert known_until() == holidays[-1].last


def test_bank_holidays_are_on_weekdays_and_eight_in_each_whole_year():
    days = list(bank_holidays())
    assert days == sorted(days)
    assert all(day.weekday() < 5 for day in days)
    assert [sum(day.year == year for day in days) for year in (2026, 2027)] == [8, 8]


def test_spring_bank_holiday_lies_in_a_half_term():
    for day, name in bank_holidays().items():
        if name == "Spring bank holiday":
            assert any(each.covers(day + timedelta(days=1)) for each in school_holidays())


@pytest.mark.parametrize(
    ("first", "last"), [(date(2027, 1, 5), date(2027, 1, 4)), (date(2027, 1, 2), date(2027, 1, 4))]
)
def test_a_mistake_in_the_file_is_told(first, last):
    with pytest.raises(DataFileError):
        Holiday("Half-term", first, last)
