"""By when a step should be done, counted from the one before it: the portal's own targets, in whole days.

They are shown as "should", and nothing happens by itself when one passes. The design names none. Two weeks hold a
weekend or two to write in; three are what a provider that reads once a week needs to read a form and answer. Only
portal staff's own is counted in working days: who waits for the funding cannot decide about anything else.
"""

from datetime import date, datetime, timedelta

from django.utils import timezone

from applications.working_days import working_day_after
from catalogue.models import CourseRun

FORM_WITHIN = timedelta(days=14)
DECISION_WITHIN = timedelta(days=21)
REVIEW_WORKING_DAYS = 5
ANSWER_WITHIN = timedelta(days=14)


def form_expected(registered_at: datetime, course: CourseRun | None = None) -> date:
    """The last day to apply for the chosen `course`, where that comes sooner: if it is to come, and taken then."""
    last = course.apply_by if course and course.state in CourseRun.TO_JOIN else None
    return _sooner(registered_at, registered_at + FORM_WITHIN, last)


def new_sponsor_expected(
    with_provider_since: datetime | None, answered_at: datetime, course: CourseRun | None = None
) -> date:
    """After a sponsor said no: the day of the form still, or where that is past, as long again from the answer."""
    day = form_expected(with_provider_since or answered_at, course)
    return day if day > timezone.localdate(answered_at) else form_expected(answered_at, course)


def answer_expected(asked_at: datetime, course: CourseRun | None = None) -> date:
    """To a provider that asks for more: before the chosen `course` starts, where that comes sooner."""
    return _sooner(asked_at, asked_at + ANSWER_WITHIN, course.starts_on if course else None)


def decision_expected(submitted_at: datetime, course: CourseRun | None = None) -> date:
    """The day on which the chosen `course` starts, where that comes sooner: if it is to come, and not cancelled."""
    starts_on = course.starts_on if course and course.state != CourseRun.State.CANCELLED else None
    return _sooner(submitted_at, submitted_at + DECISION_WITHIN, starts_on)


def review_expected(registered_at: datetime) -> date:
    return working_day_after(timezone.localdate(registered_at), REVIEW_WORKING_DAYS)


def reviews_late_before(day: date) -> date:
    """Who registered before that day should have had their funding reviewed by the day before `day`."""
    return working_day_after(day, -REVIEW_WORKING_DAYS)


def _sooner(since: datetime, target: datetime, other: date | None) -> date:
    day = timezone.localdate(target)
    return min(day, other) if other and other >= timezone.localdate(since) else day
