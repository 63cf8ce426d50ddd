"""The calendar feeds of a search, a hub and a run."""

from datetime import date, time

import pytest

from catalogue.models import CourseRun
from catalogue.views import calendars
from tests.catalogue.calendars import read
from tests.catalogue.conftest import DAY
from tests.catalogue.finder.making import places, run_at
from tests.factories.catalogue import CourseRunFactory, HubFactory, QualificationFactory, SessionFactory
from tests.people import UserFactory, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today", "version_moves_at_once")]
SEARCH = "/courses/calendar.ics"


def events(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    return read(answer.content).events


def runs_in(client, path):
    return {int(event["URL"].rstrip("/").rpartition("/")[2]) for event in events(client, path)}


def dated(**fields):
    run = CourseRunFactory(**fields)
    SessionFactory(run=run, on=run.starts_on or date(2027, 1, 13))
    return run


def test_a_search_has_what_the_finder_finds(client):
    places()
    near = run_at("SK8", mode="blended")
    run_at("CB10", mode="blended")
    run_at("SK7", mode="online")
    assert runs_in(client, f"{SEARCH}?near=SK7&within=20&mode=blended") == {near.pk}
    assert len(runs_in(client, SEARCH)) == 3


def test_it_leaves_out_what_the_finder_would(client):
    dated(state="closed")
    dated(state="running", starts_on=date(2026, 11, 2), apply_by=None)
    dated(apply_by=date(2026, 11, 21))
    assert not events(client, SEARCH)


def test_a_cancelled_run_stays_in_a_search_and_says_so(client):
    npq = QualificationFactory()
    run = dated(state="cancelled", qualification=npq, apply_by=date(2026, 11, 1))
    dated(state="cancelled")
    (event,) = events(client, f"{SEARCH}?npq={npq.slug}")
    assert event["URL"].endswith(f"/courses/{run.pk}/")
    assert event["STATUS"] == "CANCELLED"


def test_a_search_has_what_is_still_to_come(client):
    run = CourseRunFactory(starts_on=DAY, apply_by=None)
    SessionFactory(run=run, on=date(2026, 11, 21), cancelled=True)
    for on in (DAY, date(2026, 11, 23), None):
        SessionFactory(run=run, on=on)
    assert [event.start for event in events(client, SEARCH)] == [DAY, date(2026, 11, 23)]


@pytest.mark.parametrize(
    "query",
    [
        "?npq=frog&page=9&order=distance",
        "?near=%00%F0%9F%8F%AB",
        "?start=2027-13",
        "?start=2026-10",
        "?hub=zzz",
    ],
)
def test_what_it_does_not_know_makes_it_no_other_search(client, query):
    dated()
    calendar = read(client.get(SEARCH + query).content)
    assert "none: we do not know the" in calendar["NAME"]
    assert not calendar.walk("VEVENT")


def test_neither_page_nor_order_changes_it(client):
    dated()
    assert client.get(f"{SEARCH}?page=7&order=closing").content == client.get(SEARCH).content


def test_a_search_is_named_as_its_page_is(client):
    npq = QualificationFactory(name="Headship", identifier="npq-headship")
    dated(qualification=npq)
    calendar = read(client.get(f"{SEARCH}?npq=npq-headship&page=3").content)
    assert calendar["NAME"] == "Headship courses"
    assert calendar["URL"].endswith("/courses/?npq=headship")
    assert read(client.get(SEARCH).content)["NAME"] == "NPQ courses"


def test_a_hub_has_all_its_runs_to_come(client):
    hub = HubFactory(code="EE1", name="Saffron Teaching School Hub")
    running = CourseRunFactory(hub=hub, state="running", starts_on=date(2026, 9, 1), apply_by=None)
    SessionFactory(run=running, on=date(2026, 9, 1))
    SessionFactory(run=running, on=date(2026, 12, 1))
    cancelled = dated(hub=hub, state="cancelled")
    dated()
    found = events(client, "/hubs/EE1/calendar.ics")
    assert [event.start for event in found] == [date(2026, 12, 1), cancelled.starts_on]
    assert [str(event["STATUS"]) for event in found] == ["CONFIRMED", "CANCELLED"]
    calendar = read(client.get("/hubs/ee1/calendar.ics").content)
    assert calendar["URL"].endswith("/hubs/EE1/")
    dated(hub=hub)
    assert '"/hubs/EE1/calendar.ics" download' in client.get("/hubs/EE1/").content.decode()


def test_a_run_has_all_its_sessions(client):
    run = CourseRunFactory(starts_on=date(2026, 1, 7), apply_by=None)
    for on in (date(2026, 1, 7), date(2027, 1, 13)):
        SessionFactory(run=run, on=on, starts_at=time(9))
    SessionFactory(run=run, on=None)
    dated()
    assert len(events(client, f"/courses/{run.pk}/calendar.ics")) == 2


@pytest.mark.parametrize("path", ["/courses/99999999/calendar.ics", "/hubs/NOWHERE/calendar.ics"])
def test_one_that_never_was(client, path):
    assert client.get(path).status_code == 404


@pytest.fixture
def paths():
    run = dated(hub=HubFactory(code="EE1"))
    return [SEARCH, "/hubs/EE1/calendar.ics", f"/courses/{run.pk}/calendar.ics"]


def test_an_unchanged_feed_is_equal_and_answered_with_304(client, paths, django_assert_num_queries):
    for path in paths:
        first = client.get(path)
        assert client.get(path).content == first.content
        with django_assert_num_queries(1):
            again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert first.headers["Cache-Control"] == again.headers["Cache-Control"] == "public, no-cache"


@pytest.mark.usefixtures("version_moves_at_once")
def test_a_change_is_seen(client, paths):
    before = [client.get(path) for path in paths]
    CourseRun.objects.get().save()
    for path, first in zip(paths, before, strict=True):
        again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
        assert again.status_code == 200
        (old,), (new,) = read(first.content).events, read(again.content).events
        assert (new["UID"], new["SEQUENCE"] >= old["SEQUENCE"]) == (old["UID"], True)


def test_it_is_the_same_for_somebody_signed_in_and_then_stored_nowhere(client, paths):
    before = [client.get(path) for path in paths]
    sign_in(client, UserFactory())
    for path, first in zip(paths, before, strict=True):
        again = client.get(path)
        assert (again.content, again.headers["Cache-Control"]) == (first.content, "no-store, private")


def test_one_event_is_the_same_event_in_every_feed(client, paths):
    assert len({str(event["UID"]) for path in paths for event in events(client, path)}) == 1


@pytest.mark.parametrize("rows", [1, 30])
def test_queries(client, rows, django_assert_num_queries):
    hub = HubFactory(code="EE1")
    for _ in range(rows):
        run = dated(hub=hub)
        SessionFactory(run=run)
    for path, queries in (
        (SEARCH, 10),
        ("/hubs/EE1/calendar.ics", 3),
        (f"/courses/{run.pk}/calendar.ics", 3),
    ):
        with django_assert_num_queries(queries):
            client.get(path)


def test_a_large_feed_is_written_once(client, django_assert_num_queries):
    SessionFactory(run=dated())
    first = client.get(SEARCH)
    with django_assert_num_queries(2):  # the catalogue's version, for the tag and for the feed
        again = client.get(SEARCH)
    assert again.content == first.content
    SessionFactory(run=dated())
    assert client.get(SEARCH).content != first.content


def test_a_feed_has_a_bound(client, monkeypatch):
    monkeypatch.setattr(calendars, "SESSIONS_AT_MOST", 2)
    run = CourseRunFactory()
    for month in (5, 3, 4):
        SessionFactory(run=run, on=date(2027, month, 1))
    assert [event.start.month for event in events(client, SEARCH)] == [3, 4]


@pytest.mark.parametrize(
    ("page", "feed"),
    [
        ("/courses/?mode=blended&order=closing&page=2", "/courses/calendar.ics?mode=blended"),
        ("/courses/{pk}/", "/courses/{pk}/calendar.ics"),
    ],
)
def test_pages_lead_to_it(client, settings, page, feed):
    settings.PORTAL_ADDRESS = "https://npq.example.org"
    pk = dated(mode="blended").pk
    text = client.get(page.format(pk=pk)).content.decode()
    path = feed.format(pk=pk)
    assert f'href="{path}" download' in text
    assert f'href="webcal://npq.example.org{path}"' in text
    assert f"<code>https://npq.example.org{path}</code>" in text


def test_a_run_without_sessions_offers_none(client):
    assert "calendar.ics" not in client.get(f"/courses/{CourseRunFactory().pk}/").content.decode()
