"""A SENCO in the role says since when: 3 years count from the appointment."""

from datetime import date

import pytest

from applications.journey.choices import Choices
from applications.journey.forms import form_for
from applications.journey.steps import BY_SLUG

STEP = BY_SLUG["senco"]


def bound(**data):
    return form_for(STEP, {}, Choices({}, day=date(2026, 11, 22)), data=data)


@pytest.mark.parametrize("since", ["9/2024", "09/2024", " 9 / 2024 "])
def test_a_month_and_a_year_will_do(since):
    form = bound(senco="yes", since=since)
    assert form.is_valid()
    assert form.cleaned_data["since"] in ("9/2024", "09/2024")


@pytest.mark.parametrize(
    ("since", "words"),
    [("", "Enter the month and year in which"), ("13/2024", "for example 9/2024"), ("2024", "for example")],
)
def test_someone_in_the_role_says_since_when(since, words):
    assert words in bound(senco="yes", since=since).errors["since"][0]


@pytest.mark.parametrize(
    ("since", "words"),
    [("12/2026", "Enter a month that has begun"), ("9/1993", "Enter 1994 or later"), ("9/2099", "has begun")],
)
def test_nobody_was_one_before_there_were_any_or_will_have_been(since, words):
    form = form_for(STEP, {}, Choices({}, day=date(2026, 11, 22)), data={"senco": "yes", "since": since})
    assert words in form.errors["since"][0]
    assert form_for(
        STEP, {}, Choices({}, day=date(2026, 12, 1)), data={"senco": "yes", "since": "12/2026"}
    ).is_valid()


def test_someone_who_only_plans_it_is_not_asked():
    assert bound(senco="planned").is_valid()


def test_the_hint_says_from_when_the_rule_holds():
    assert "appointed from 1 September 2024" in STEP.hint
