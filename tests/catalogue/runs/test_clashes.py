"""Two sessions in one venue, or with one facilitator, at one time: found among those that one may see, no others."""

from datetime import date, time

import pytest

from catalogue.clashes import clashes
from tests.factories.catalogue import CourseRunFactory, ProviderMembershipFactory, SessionFactory
from tests.people import PortalStaffFactory, sign_in
from tests.queries import queries_of

DAY = date(2026, 11, 22)
PAGE = "/admin/catalogue/session/clashes/"
HALL = {"venue": "The hall", "postcode": "SK7 4AB"}


def clashing(user, kind="venue", day=DAY):
    return [clash.sessions for clash in clashes(user, kind, day)]


def beside(session, **changed):
    """Another run of the same hub meets in the same hall on the same day."""
    run = CourseRunFactory(hub=session.run.hub)
    given = {"on": session.on, "starts_at": time(13), "ends_at": time(17), **HALL, **changed}
    return SessionFactory(run=run, **given)


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"starts_at": time(15, 29)},
        {"starts_at": time(8), "ends_at": time(9, 31)},
        {"starts_at": None, "ends_at": None},
        {"starts_at": time(9), "ends_at": None},
        {"venue": " the HALL "},
    ],
    ids=["within", "just", "before", "no times", "no end", "other capitals"],
)
def test_the_same_venue(staff, session, changed):
    other = beside(session, **changed)
    (found,) = clashing(staff)
    assert set(found) == {session, other}


@pytest.mark.parametrize(
    "changed",
    [
        {"starts_at": time(15, 30)},
        {"starts_at": time(8), "ends_at": time(9, 30)},
        {"on": date(2027, 1, 14)},
        {"venue": "Another hall"},
        {"postcode": "M1 1AA"},
        {"cancelled": True},
        {"venue": "", "online": True},
    ],
    ids=["after", "before", "another day", "another hall", "elsewhere", "cancelled", "online"],
)
def test_what_does_not_clash(staff, session, changed):
    beside(session, **changed)
    assert clashing(staff) == []


def test_the_same_facilitator(staff, session):
    other = beside(session, venue="", postcode="", facilitator="jo bell")
    (clash,) = clashes(staff, "facilitator", DAY)
    assert (clash.on, clash.what) == (session.on, "Jo Bell")
    assert clash.sessions == [session, other]
    assert clashing(staff, "venue") == []


def test_three_at_once_and_another_day(staff, session):
    beside(session)
    beside(session)
    first = beside(session, on=date(2027, 1, 14))
    second = beside(session, on=date(2027, 1, 14))
    earlier, later = clashing(staff)
    assert (len(earlier), later) == (3, [first, second])


def test_nothing_of_the_past_and_nothing_of_a_cancelled_run(staff, session):
    other = beside(session)
    assert clashing(staff, day=date(2027, 1, 14)) == []
    other.run.state = "cancelled"
    other.run.save()
    assert clashing(staff) == []


def test_another_hubs_sessions_are_not_told_of(desk, staff, session, rival_session):
    type(session).objects.filter(pk=rival_session.pk).update(
        on=session.on, starts_at=time(10), facilitator="Jo Bell", **HALL
    )
    assert clashing(staff) == clashing(staff, "facilitator") == []
    page = desk.get(PAGE).content.decode()
    assert "Theirs" not in page
    assert page.count("<p>None.</p>") == 2
    (found,) = clashing(PortalStaffFactory())
    assert len(found) == 2


def test_provider_staff_see_their_providers(session):
    other = SessionFactory(run=CourseRunFactory(provider=session.run.provider), on=session.on, **HALL)
    beside(session)
    user = ProviderMembershipFactory(provider=session.run.provider).user
    assert [set(found) for found in clashing(user)] == [{session, other}]


def test_the_page_leads_to_the_runs(desk, session):
    other = beside(session)
    page = desk.get(PAGE).content.decode()
    assert "Wednesday 13 January 2027, The hall" in page
    for each in (session, other):
        assert f"/admin/catalogue/courserun/{each.run_id}/change/#sessions-group" in page


def test_no_more_queries_for_more_clashes(client, session):
    sign_in(client, PortalStaffFactory())
    beside(session)
    client.get(PAGE)
    few = queries_of(lambda: client.get(PAGE))
    for _ in range(5):
        beside(session)
    assert queries_of(lambda: client.get(PAGE)) == few
