"""By when a step should be done: the portal's own targets, or the chosen course's days where these come sooner."""

from datetime import UTC, date, datetime

import pytest

from applications.journey.deadlines import decision_expected, form_expected
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


@pytest.mark.parametrize("state", ["cancelled", "closed", "full"])
def test_only_a_cancelled_course_does_not_start(state):
    course = CourseRun(starts_on=date(2026, 12, 8), state=state)
    assert decision_expected(AT, course) == (
        date(2026, 12, 13) if state == "cancelled" else date(2026, 12, 8)
    )
