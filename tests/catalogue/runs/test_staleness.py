"""Runs that somebody should see to: without dates four weeks before, past applying and open, without figures."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from catalogue.models import CourseRun
from catalogue.staleness import CONCERNS
from tests.factories.catalogue import CourseRunFactory, SessionFactory, TermFactory

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 22)
KNOWN = {
    "price": 890,
    "price_as_of": DAY,
    "funded_places": 10,
    "places_as_of": DAY,
}


def concerned(key, day=DAY):
    return set(CONCERNS[key].of(CourseRun.objects.all(), day))


def run_in(weeks, *sessions, **fields):
    """Starts that many weeks from today; each of `sessions` says the weeks from today too, or None."""
    starts = DAY + timedelta(weeks=weeks)
    run = CourseRunFactory(**{"starts_on": starts, "ends_on": None, "apply_by": None, **fields})
    for position, at in enumerate(sessions, 1):
        SessionFactory(
            run=run, position=position, on=None if at is None else DAY + timedelta(weeks=at), cancelled=False
        )
    return run


@pytest.mark.parametrize(
    ("weeks", "sessions", "counts"),
    [(4, [], True), (4, [4, None], True), (4, [4], False), (5, [], False), (5, [None], False)],
)
def test_dates_four_weeks_before(weeks, sessions, counts):
    run = run_in(weeks, *sessions)
    assert (run in concerned("dates")) is counts


@pytest.mark.parametrize(
    ("starts", "counts"), [(date(2026, 12, 20), True), (date(2026, 12, 21), False), (None, False)]
)
def test_a_run_without_a_date_by_its_term(starts, counts):
    run = run_in(0, starts_on=None, term=TermFactory(identifier="spring-2027", starts_on=starts))
    assert (run in concerned("dates")) is counts


def test_a_cancelled_session_needs_no_date():
    run = run_in(2, 2, None)
    run.sessions.filter(on=None).update(cancelled=True)
    assert concerned("dates") == set()


@pytest.mark.parametrize("state", ["announced", "open", "full", "waiting_list"])
def test_past_its_last_day_to_apply_and_open(state):
    run = run_in(2, apply_by=DAY - timedelta(days=1), state=state)
    run_in(2, apply_by=DAY, state=state)
    begun = run_in(-1, state=state)
    assert concerned("open") == {run, begun}


@pytest.mark.parametrize("fields", [{"state": "closed"}, {"state": "running"}, {"state": "cancelled"}])
def test_closed_as_it_should_be(fields):
    run_in(-1, **fields)
    assert concerned("open") == set()


def test_over_is_not_stale():
    run_in(-60, ends_on=DAY - timedelta(days=1))
    assert concerned("open") == set()


@pytest.mark.parametrize(
    ("changed", "counts"),
    [
        ({}, False),
        ({"price": None, "price_as_of": None}, True),
        ({"funded_places": None, "places_as_of": None}, True),
        ({"places_as_of": DAY - timedelta(weeks=4)}, False),
        ({"places_as_of": DAY - timedelta(weeks=4, days=1)}, True),
    ],
)
def test_figures(changed, counts):
    run = run_in(8, **KNOWN | changed)
    assert (run in concerned("figures")) is counts


def test_the_list_and_the_first_page_show_them(desk, run, rival):
    day = timezone.localdate()
    CourseRun.objects.update(starts_on=day - timedelta(days=1), apply_by=None, ends_on=None)
    listed = desk.get("/admin/catalogue/courserun/?see_to=open").context["cl"].queryset
    assert set(listed) == {run}
    panels = {panel.title: panel for panel in desk.get("/admin/").context["panels"]}
    panel = panels["Course runs: past the last day to apply, or begun, and still open"]
    assert (panel.count, panel.urgent) == (1, True)
    assert set(desk.get(panel.url).context["cl"].queryset) == {run}
    assert panels["Sessions that clash"].count == 0


def test_a_made_up_concern_narrows_nothing(desk, run):
    assert set(desk.get("/admin/catalogue/courserun/?see_to=nothing").context["cl"].queryset) == {run}
