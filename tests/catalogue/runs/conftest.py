"""A hub with a run that people are on, another hub with its own, and staff of both."""

from datetime import date, time

import pytest

from tests.factories.catalogue import CourseRunFactory, HubMembershipFactory, SessionFactory
from tests.people import sign_in


@pytest.fixture
def run(db):
    return CourseRunFactory(qualification__name="Headship")


@pytest.fixture
def session(run):
    return SessionFactory(
        run=run,
        position=1,
        title="Opening day",
        on=date(2027, 1, 13),
        starts_at=time(9, 30),
        ends_at=time(15, 30),
        venue="The hall",
        postcode="SK7 4AB",
        facilitator="Jo Bell",
    )


@pytest.fixture
def rival(db):
    return CourseRunFactory(qualification__name="Literacy")


@pytest.fixture
def rival_session(rival):
    return SessionFactory(
        run=rival, title="Theirs", venue="Their hall", postcode="M1 1AA", facilitator="Al Ray"
    )


@pytest.fixture
def staff(run):
    return HubMembershipFactory(hub=run.hub).user


@pytest.fixture
def desk(client, staff):
    """The hub's own member of staff, signed in."""
    return sign_in(client, staff)
