"""By when a step should be done, counted from the one before it: the portal's own targets, in whole days.

They are shown as "should", and nothing happens by itself when one passes. The design names none. Two weeks hold a
weekend or two to write in; three are what a provider that reads once a week needs to read a form and answer.
"""

from datetime import date, datetime, timedelta

from django.utils import timezone

FORM_WITHIN = timedelta(days=14)
DECISION_WITHIN = timedelta(days=21)
REVIEW_WITHIN = timedelta(days=14)


def form_expected(registered_at: datetime) -> date:
    return timezone.localdate(registered_at + FORM_WITHIN)


def decision_expected(submitted_at: datetime) -> date:
    return timezone.localdate(submitted_at + DECISION_WITHIN)


def review_expected(registered_at: datetime) -> date:
    return timezone.localdate(registered_at + REVIEW_WITHIN)
