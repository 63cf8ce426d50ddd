"""By when a step should be done: the portal's own targets, or the chosen course's days where these come sooner."""

from datetime import UTC, date, datetime, timedelta

import pytest

from applications.journey.deadlines import (
    decision_expected,
    form_expected,
    review_expected,
    reviews_late_before,
)
from applications.working_days import working_days_between
from catalogue.models import CourseRun

AT = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("apply_by", "expected"),
    [
        (None, date(2026, 12, 6)),
        (date(2026, 11, 28), date(2026, 11, 28)),
        (date(2026, 11, 22), date(2026, 11, 22)),
        (date(2026, 11, 21), date(2026, 12, 6)),
        (date(2027, 1, 10), date(2026, 12, 6)),
    ],
)
def test_the_form_is_expected_before_the_course_closes(apply_by, expected):
    assert form_expected(AT, CourseRun(apply_by=apply_by)) == expected
    assert form_expected(AT) == date(2026, 12, 6)


@pytest.mark.parametrize(
    ("starts_on", "expected"),
    [
        (None, date(2026, 12, 13)),
        (date(2026, 12, 8), date(2026, 12, 8)),
        (date(2027, 1, 8), date(2026, 12, 13)),
    ],
)
def test_the_decision_is_expected_before_the_course_starts(starts_on, expected):
    assert decision_expected(AT, CourseRun(starts_on=starts_on)) == expected


@pytest.mark.parametrize("state", ["cancelled", "closed", "full"])
def test_a_course_that_takes_nobody_any_more_moves_no_form(state):
    course = CourseRun(apply_by=date(2026, 11, 28), state=state)
    assert form_expected(AT, course) == (date(2026, 11, 28) if state == "full" else date(2026, 12, 6))


# Registered on -> the 5th working day after. Weekends and the bank holidays of England are left out.
REVIEWS = [
    (date(2026, 11, 23), date(2026, 11, 30)),
    (date(2026, 11, 28), date(2026, 12, 4)),
    (date(2026, 12, 23), date(2027, 1, 4)),  # 25 December, and 28 December for the 26th; 1 January
    (date(2026, 4, 1), date(2026, 4, 10)),  # Good Friday and Easter Monday
]


@pytest.mark.parametrize(("registered", "by"), REVIEWS)
def test_a_review_is_expected_after_5_working_days(registered, by):
    assert review_expected(datetime(registered.year, registered.month, registered.day, 12, tzinfo=UTC)) == by
    assert working_days_between(registered, by) == 5


def test_a_review_counts_from_the_day_in_england():
    """23:30 in Greenwich is past midnight in summer."""
    assert review_expected(datetime(2026, 7, 6, 22, 30, tzinfo=UTC)) == date(2026, 7, 13)
    assert review_expected(datetime(2026, 7, 6, 23, 30, tzinfo=UTC)) == date(2026, 7, 14)


def test_late_reviews_are_those_whose_day_has_passed():
    for step in range(60):
        day = date(2026, 12, 1) + timedelta(step)
        for ago in range(25):
            registered = day - timedelta(ago)
            at = datetime(registered.year, registered.month, registered.day, 12, tzinfo=UTC)
            assert (registered < reviews_late_before(day)) == (review_expected(at) < day), (registered, day)


def test_working_days_between():
    assert working_days_between(date(2026, 11, 27), date(2026, 11, 27)) == 0
    assert working_days_between(date(2026, 11, 27), date(2026, 11, 29)) == 0
    assert working_days_between(date(2026, 11, 27), date(2026, 11, 30)) == 1
    assert working_days_between(date(2026, 11, 30), date(2026, 11, 27)) == 0


@pytest.mark.parametrize("state", ["cancelled", "closed", "full"])
def test_only_a_cancelled_course_does_not_start(state):
    course = CourseRun(starts_on=date(2026, 12, 8), state=state)
    assert decision_expected(AT, course) == (
        date(2026, 12, 13) if state == "cancelled" else date(2026, 12, 8)
    )
