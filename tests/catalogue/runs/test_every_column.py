"""Every column of a run and of a session is audited and copied, or is named as one that is not, and why."""

from datetime import date, time
from decimal import Decimal
from uuid import UUID

import pytest

from catalogue.actions import copying, snapshots
from catalogue.actions.copying import Dates, copy_run
from catalogue.models import CourseRun, Session
from tests.catalogue.conftest import NOW
from tests.factories.catalogue import CourseRunFactory, DeliveryPartnerFactory, SessionFactory, TermFactory

RUN = {
    "state": "full",
    "mode": "online",
    "starts_on": date(2027, 1, 13),
    "ends_on": date(2028, 1, 12),
    "apply_by": date(2027, 1, 4),
    "days": "twilight",
    "price": Decimal(890),
    "price_plus_vat": True,
    "price_as_of": date(2026, 11, 20),
    "funded_places": 12,
    "funded_taken": 9,
    "paying_places": 4,
    "paying_taken": 2,
    "places_as_of": date(2026, 11, 21),
    "is_example": True,
    "added_with": UUID(int=1),
}
SESSION = {
    "position": 3,
    "title": "Opening day",
    "on": date(2027, 1, 13),
    "starts_at": time(9, 30),
    "ends_at": time(15, 30),
    "facilitator": "Jo Bell",
    "online": True,
    "venue": "The hall",
    "postcode": "SK7 4AB",
    "cancelled": True,
}
LISTS = [
    (CourseRun, snapshots.NOT_AUDITED),
    (CourseRun, copying.NOT_COPIED),
    (Session, snapshots.SESSION_NOT_AUDITED),
    (Session, copying.SESSION_NOT_COPIED),
]


def columns(model):
    return {field.attname for field in model._meta.concrete_fields}


@pytest.fixture
def run(db):
    return CourseRunFactory(partner=DeliveryPartnerFactory(), **RUN)


@pytest.fixture
def session(run):
    return SessionFactory(run=run, **SESSION)


@pytest.fixture
def copied(run, session):
    term = TermFactory(identifier="autumn-2027")
    day = date(2027, 11, 10)
    dates = Dates(day, None, None, {session.pk: day})
    return copy_run(run=run, term=term, dates=dates, added_with=None, by=None, now=NOW)


def test_each_column_is_filled_in_here(run, session):
    """Or what follows would hold for a new one that nobody thought of: two empty values are alike."""
    for row in (run, session):
        empty = type(row)()
        assert {name for name in columns(type(row)) if getattr(row, name) == getattr(empty, name)} == set()


@pytest.mark.parametrize(("model", "named"), LISTS)
def test_what_is_named_as_left_out_is_a_column(model, named):
    assert set(named) <= columns(model)


def test_the_others_are_audited(run, session):
    facts = snapshots.facts_of(run, [session])
    assert facts.keys() == columns(CourseRun) - set(snapshots.NOT_AUDITED) | {"sessions"}
    kept = columns(Session) - set(snapshots.SESSION_NOT_AUDITED) | {"pk"}
    assert facts["sessions"][0].keys() == kept


def test_the_others_are_copied(run, session, copied):
    for was, now, left_out in (
        (run, copied, copying.NOT_COPIED),
        (session, copied.sessions.get(), copying.SESSION_NOT_COPIED),
    ):
        alike = {name for name in columns(type(was)) if getattr(was, name) == getattr(now, name)}
        assert alike == columns(type(was)) - set(left_out)
