"""The audit trail is searched by portal staff: what is found, in which order, at what cost."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.urls import reverse

from npq_portal.audit import paging
from npq_portal.audit.forms import SearchForm
from npq_portal.audit.models import AuditEvent, reference
from npq_portal.audit.paging import page_of
from npq_portal.audit.recording import record
from tests.factories.applications import ApplicationFactory
from tests.people import PortalStaffFactory, StaffFactory, UserFactory, sign_in

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
PAGE = reverse("admin:audit_auditevent_changelist")


@pytest.fixture
def ada():
    return StaffFactory(email="ada@example.test", full_name="Ada Auditor")


@pytest.fixture
def portal(client):
    return sign_in(client, PortalStaffFactory())


def event(action="accounts.made", subject=None, by=None, at=NOW, **more):
    return record(action=action, subject=subject or UserFactory(), by=by, now=at, **more)


def found(**search):
    form = SearchForm(search)
    assert form.is_valid(), form.errors
    return list(form.found().order_by("pk"))


def test_by_each_of_its_fields(ada):
    application = ApplicationFactory(registered=True)
    wanted = event("applications.noted", application, ada, note="Rang about childcare", new={"price": 890})
    event(at=NOW - timedelta(days=3))
    for search in (
        {"action": "applications.noted"},
        {"kind": "applications.application"},
        {"record": application.reference.lower()},
        {"record": str(application.pk)},
        {"record": reference(application)},
        {"actor": "ada aud"},
        {"actor": "ADA@example.test"},
        {"actor": f"user:{ada.pk}"},
        {"since": "2026-11-22"},
        {"text": "childcare rang"},
        {"text": "890"},
        {"text": "price"},
        {"action": "applications.noted", "actor": "ada", "until": "2026-11-22", "text": "childcare"},
    ):
        assert found(**search) == [wanted], search
    for search in (
        {"text": "crèche"},
        {"actor": "nobody"},
        {"record": "NPQ-ZZZZZZ"},
        {"since": "2026-11-23"},
    ):
        assert found(**search) == [], search


def test_a_person_by_their_address_and_the_portal_itself(ada):
    about, other = event("accounts.made", ada), event("accounts.made", by=ada)
    assert found(record="Ada@example.test") == [about]
    assert found(actor="the portal") == [about]
    assert found(actor="system") == [about]
    assert other in found(actor="ada")


def test_days_are_days_in_england():
    late = event(at=datetime(2026, 7, 1, 23, 30, tzinfo=UTC))  # 0:30 on 2 July by the clock on the wall
    assert found(since="2026-07-02", until="2026-07-02") == [late]
    assert found(until="2026-07-01") == []


@pytest.mark.parametrize(
    ("search", "told"),
    [
        ({"since": "soon"}, "Enter a date, for example 2026-11-22."),
        ({"since": "2026-11-22", "until": "2026-11-21"}, "Enter a day that is not before the first."),
    ],
)
def test_what_is_filled_in_wrongly_is_told_and_finds_nothing(portal, search, told):
    event(note="not to be seen")
    html = portal.get(PAGE, search).content.decode()
    assert told in html
    assert "<title>Error: " in html
    assert "not to be seen" not in html


def test_pages_go_on_from_a_row(monkeypatch):
    monkeypatch.setattr(paging, "ROWS", 3)
    events = [event(at=NOW + timedelta(minutes=minute // 2)) for minute in range(8)][::-1]
    everything = AuditEvent.objects.all()
    first = page_of(everything)
    second = page_of(everything, older_than=first.older)
    third = page_of(everything, older_than=second.older)
    assert [first.events, second.events, third.events] == [events[:3], events[3:6], events[6:]]
    assert (first.newer, third.older) == ("", "")
    back = page_of(everything, newer_than=third.newer)
    assert back.events == second.events
    assert page_of(everything, newer_than=back.newer).events == first.events
    event(at=NOW + timedelta(days=1))
    assert page_of(everything, older_than=first.older).events == second.events, "what is new moves no page"


@pytest.mark.parametrize(
    "place", ["x", "2026-11-22~1", "2026-11-22T10:00:00+00:00~x", "~", "\u00b2~\u00b2", "9" * 99]
)
def test_a_place_that_no_page_named_is_the_first_page(portal, place):
    event(note="the newest")
    for way in ("older", "newer"):
        assert "the newest" in portal.get(PAGE, {way: place}).content.decode()


def test_as_many_queries_for_thirty_rows_as_for_one(portal, django_assert_num_queries):
    def made(count):
        for _ in range(count):
            event("applications.noted", ApplicationFactory(registered=True), StaffFactory())
            event(by=StaffFactory())

    made(1)
    portal.get(PAGE)
    with django_assert_num_queries(12) as asked:
        portal.get(PAGE)
    made(30)
    with django_assert_num_queries(len(asked)):
        portal.get(PAGE)


PLANS = {
    "all": {},
    "action": {"action": "accounts.made"},
    "kind": {"kind": "accounts.user"},
    "record": {"record": "ada@example.test"},
    "actor": {"actor": "ada"},
    "days": {"since": "2026-11-22", "until": "2026-11-22"},
    "words": {"text": "childcare"},
}


@pytest.mark.parametrize("search", PLANS.values(), ids=PLANS)
def test_each_search_has_its_index(ada, search):
    """Over a million rows none may read them all. Few rows here, so that reading all is forbidden by hand."""
    event(by=ada)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        plan = (
            SearchForm(search | {"text": search.get("text", "")})
            .found()
            .order_by("-at", "-pk")[:51]
            .explain()
        )
    assert "audit_event_" in plan, plan
    assert "Seq Scan on audit_auditevent" not in plan, plan


def test_rows_are_told_in_words_with_links(portal, ada):
    application = ApplicationFactory(registered=True)
    event("applications.accepted", application, ada, old={"state": "submitted"}, new={"state": "accepted"})
    html = portal.get(PAGE).content.decode()
    for words in ("Accepted.", "state: submitted → accepted", "Ada Auditor", application.reference):
        assert words in html, words
    assert reverse("admin:applications_application_change", args=[application.pk]) in html


def test_only_portal_staff(client, ada):
    assert sign_in(client, ada).get(PAGE).status_code == 403
