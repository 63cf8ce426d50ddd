"""Which term is open on a day."""

from datetime import date, timedelta

import pytest

from catalogue.models import Term
from catalogue.queries import current_term
from tests.catalogue.conftest import DAY
from tests.factories.catalogue import TermFactory

pytestmark = pytest.mark.django_db
OPENS = date(2026, 6, 23)


def test_only_autumn_2026_registers(loaded):
    assert [term.identifier for term in Term.objects.registering_on(DAY)] == ["autumn-2026"]


def test_it_opens_at_the_beginning_of_its_first_day(loaded):
    assert current_term(OPENS).identifier == "autumn-2026"
    assert current_term(OPENS - timedelta(days=1)) is None


def test_no_term_that_is_over_ever_registers(loaded):
    day = date(2021, 9, 1)
    while day < OPENS:
        assert not Term.objects.registering_on(day).exists(), day
        day += timedelta(days=13)


def test_it_closes_at_the_end_of_its_last_day():
    term = TermFactory(registration_closes=date(2026, 12, 4))
    assert term.is_open_on(date(2026, 12, 4))
    assert not term.is_open_on(date(2026, 12, 5))
    assert not Term.objects.registering_on(date(2026, 12, 5)).exists()


def test_a_closed_term_stays_the_current_one_until_another_opens():
    TermFactory(registration_closes=date(2026, 12, 4))
    newer = TermFactory(identifier="autumn-2027", registration_opens=date(2027, 6, 1))
    assert current_term(date(2027, 1, 1)).identifier == "autumn-2026"
    assert current_term(date(2027, 6, 1)) == newer
