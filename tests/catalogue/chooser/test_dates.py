"""The SENCO's three years: never a made-up date."""

from datetime import date

import pytest

from catalogue.chooser.dates import Clock, NoAppointment, clock, in_words, is_appointment, parts, read_parts

DAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("appointment", "runs_out", "start_by"),
    [
        ("2024-09-01", date(2027, 9, 1), date(2025, 11, 1)),
        ("2026-01-31", date(2029, 1, 31), date(2027, 3, 31)),
        ("2028-02-29", date(2031, 2, 28), date(2029, 4, 28)),
        ("2025-12-31", date(2028, 12, 31), date(2027, 2, 28)),
    ],
)
def test_three_years_to_the_day(appointment, runs_out, start_by):
    found = clock(appointment, day=DAY, months=22)
    assert (found.exact, found.runs_out, found.start_by) == (True, runs_out, start_by)


def test_a_month_gives_a_month():
    found = clock("2025-09", day=DAY, months=22)
    assert found == Clock(False, date(2028, 9, 1), date(2026, 11, 1), False, False)


@pytest.mark.parametrize(
    ("appointment", "day", "run_out", "too_late"),
    [
        ("2025-09-22", date(2026, 11, 22), False, False),
        ("2025-09-22", date(2026, 11, 23), False, True),
        ("2025-09-22", date(2028, 9, 22), False, True),
        ("2025-09-22", date(2028, 9, 23), True, True),
        ("2025-09", date(2026, 11, 30), False, False),
        ("2025-09", date(2026, 12, 1), False, True),
        ("2025-09", date(2028, 9, 30), False, True),
        ("2025-09", date(2028, 10, 1), True, True),
    ],
)
def test_when_it_is_too_late(appointment, day, run_out, too_late):
    found = clock(appointment, day=day, months=22)
    assert (found.has_run_out, found.too_late_to_start) == (run_out, too_late)


@pytest.mark.parametrize(
    ("typed", "held"),
    [
        (("14", "9", "2025"), "2025-09-14"),
        (("", "9", "2025"), "2025-09"),
        (("01", "01", "2024"), "2024-01-01"),
    ],
)
def test_typed_in_parts(typed, held):
    assert read_parts(*typed, today=DAY) == held
    assert read_parts(*parts(held), today=DAY) == held


@pytest.mark.parametrize(
    ("typed", "told", "wrong"),
    [
        (("31", "2", "2025"), "Enter a real date", "day month year"),
        (("29", "2", "2025"), "Enter a real date", "day month year"),
        (("", "13", "2025"), "Enter a real date", "month"),
        (("0", "9", "2025"), "Enter a real date", "day"),
        (("1", "", "2025"), "Enter a real date", "month"),
        (("1", "9", ""), "Enter a real date", "year"),
        (("1", "9", "25"), "Enter 1994 or later", "year"),
        (("1", "9", "1993"), "Enter 1994 or later", "year"),
        (("1", "9", "99999"), "Enter a real date", "year"),
        (("-1", "9", "2025"), "Enter a real date", "day"),
        (("x", "y", "z"), "Enter a real date", "day month year"),
        (("23", "11", "2026"), "it cannot be after today", "day month year"),
        (("", "12", "2026"), "it cannot be after today", "day month year"),
    ],
)
def test_what_is_no_date_of_an_appointment(typed, told, wrong):
    with pytest.raises(NoAppointment, match=told) as refusal:
        read_parts(*typed, today=DAY)
    assert " ".join(refusal.value.parts) == wrong


@pytest.mark.parametrize(
    "held", ["2025-9-1", "2025-09-31", "2025", "soon", "2025-09-01x", "", "2026-11-23", "1993-09"]
)
def test_what_an_address_may_not_hold(held):
    assert not is_appointment(held, today=DAY)
    assert is_appointment("2026-11", today=DAY)


def test_in_words():
    assert in_words("2025-09-01") == "1 September 2025"
    assert in_words("2025-09") == "September 2025"
