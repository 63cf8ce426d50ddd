"""Which runs are still to come, which may be joined, and when somebody may apply."""

from datetime import date, timedelta

import pytest

from catalogue.models import CourseRun, Qualification
from tests.catalogue.conftest import DAY
from tests.factories.catalogue import CourseRunFactory, QualificationFactory, TermFactory

pytestmark = pytest.mark.django_db
UNDATED = {"starts_on": None, "ends_on": None, "apply_by": None}
YESTERDAY, TOMORROW = DAY - timedelta(days=1), DAY + timedelta(days=1)


def term(name, **dates):
    return TermFactory(identifier=name, **{"starts_on": None, "registration_opens": None, **dates})


@pytest.mark.parametrize(
    ("run", "past"),
    [
        ({}, False),
        ({"starts_on": DAY, "apply_by": None}, False),
        ({"starts_on": YESTERDAY, "apply_by": None}, True),
        (UNDATED, False),
    ],
)
def test_past_is_what_began(run, past):
    made = CourseRunFactory(**run)
    assert made.is_past_on(DAY) is past
    assert CourseRun.objects.upcoming(DAY).exists() is not past


@pytest.mark.parametrize(
    ("dates", "past"),
    [
        ({}, True),
        ({"starts_on": date(2021, 11, 1)}, True),
        ({"starts_on": date(2027, 11, 1)}, False),
        ({"registration_opens": date(2026, 6, 1)}, False),
        ({"registration_opens": date(2027, 6, 1)}, False),
        ({"registration_opens": date(2026, 6, 1), "registration_closes": DAY}, False),
        ({"registration_opens": date(2026, 6, 1), "registration_closes": YESTERDAY}, True),
    ],
)
def test_without_a_date_the_term_says_it(dates, past):
    run = CourseRunFactory(term=term("another-term", **dates), **UNDATED)
    assert run.is_past_on(DAY) is past
    assert CourseRun.objects.upcoming(DAY).exists() is not past


@pytest.mark.parametrize(
    ("run", "joins", "applies"),
    [
        ({}, True, True),
        (UNDATED, True, True),
        ({"state": "announced"}, True, True),
        ({"state": "waiting_list"}, True, True),
        ({"state": "full"}, True, False),
        ({"state": "closed"}, False, False),
        ({"state": "running"}, False, False),
        ({"state": "cancelled"}, False, False),
        ({"apply_by": DAY}, True, True),
        ({"apply_by": YESTERDAY}, False, False),
        ({"starts_on": YESTERDAY, "apply_by": None}, False, False),
    ],
)
def test_joining_and_applying(run, joins, applies):
    made = CourseRunFactory(**run)
    assert CourseRun.objects.to_join(DAY).exists() is joins
    assert made.takes_applications_on(DAY) is applies
    assert CourseRun.objects.to_apply_for(DAY).exists() is applies


def test_a_run_of_a_hidden_npq_is_not_to_be_chosen():
    run = CourseRunFactory(qualification=QualificationFactory(hidden=True))
    assert not CourseRun.objects.to_join(DAY).exists()
    CourseRun.objects.update(state="cancelled")
    assert not CourseRun.objects.to_join_or_cancelled(DAY).exists()
    Qualification.objects.update(hidden=False)
    assert list(CourseRun.objects.to_join_or_cancelled(DAY)) == [run]


def test_nobody_applies_while_the_term_is_not_open():
    closed = term("closed", registration_opens=date(2026, 6, 1), registration_closes=YESTERDAY)
    assert not CourseRunFactory(term=closed).takes_applications_on(DAY)


@pytest.mark.parametrize(
    ("places", "taken", "left"), [(9, 4, 5), (9, 9, 0), (9, None, None), (None, None, None)]
)
def test_places_left(places, taken, left):
    run = CourseRun(funded_places=places, funded_taken=taken, paying_places=places, paying_taken=taken)
    assert (run.funded_left, run.paying_left) == (left, left)
