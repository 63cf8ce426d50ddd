"""The audit trail is searched by portal staff: what is found, in which order, at what cost."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import connection
from django.urls import reverse

from npq_portal.audit import paging, periods, tallies
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
    form = SearchForm(search, today=NOW.date())
    assert form.is_valid(), form.errors
    return list(form.found().order_by("pk"))


def shown(portal, **search):
    """The page as one line."""
    return " ".join(portal.get(PAGE, search).content.decode().split()).replace("> <", "><")


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


@pytest.mark.parametrize("text", ["amira@example.test", "AMIRA@example.test", "1234567", "amira kh", "Khan"])
def test_a_person_is_found_with_their_applications(text):
    """By their address, TRN or a part of their name, which an applicant's account does not hold."""
    amira = UserFactory(email="amira@example.test", trn="1234567", full_name="Amira Khan")
    ApplicationFactory(registered=True)
    theirs = ApplicationFactory(registered=True, applicant=amira, full_name="Amira Khan", trn="1234567")
    wanted = [event("applications.viewed", theirs), event("accounts.viewed", amira)]
    event("accounts.viewed")
    assert found(record=text) == wanted
    assert found(record=reference(amira)) == wanted
    assert found(record="accounts.user:39") == []


def test_looks_alone_and_all_but_looks():
    look, decision = event("applications.viewed"), event("applications.accepted")
    other_look = event("accounts.viewed")
    assert found(action="looks") == [look, other_look]
    assert found(action="changes") == [decision]


@pytest.mark.parametrize(
    ("when", "first", "last"),
    [
        ("today", "2026-11-22", "2026-11-22"),
        ("yesterday", "2026-11-21", "2026-11-21"),
        ("tuesday", "2026-11-17", "2026-11-17"),
        ("sunday", "2026-11-15", "2026-11-15"),
        ("this week", "2026-11-16", "2026-11-22"),
        ("last week", "2026-11-09", "2026-11-15"),
        ("30 days", "2026-10-24", "2026-11-22"),
    ],
)
def test_times_as_people_call_them(when, first, last):
    """Counted from a Sunday."""
    days = [date.fromisoformat(day) for day in (first, last)]
    assert NOW.date().weekday() == 6
    assert periods.period(when, NOW.date()) == tuple(days)
    assert when in dict(periods.choices(NOW.date()))
    inside = [event(at=datetime.combine(day, time(12), tzinfo=UTC)) for day in days]
    event(at=datetime.combine(days[0] - timedelta(days=1), time(12), tzinfo=UTC))
    event(at=datetime.combine(days[1] + timedelta(days=1), time(12), tzinfo=UTC))
    assert found(when=when) == inside


def test_days_are_days_in_england():
    late = event(at=datetime(2026, 7, 1, 23, 30, tzinfo=UTC))  # 0:30 on 2 July by the clock on the wall
    assert found(since="2026-07-02", until="2026-07-02") == [late]
    assert found(until="2026-07-01") == []


@pytest.mark.parametrize(
    ("search", "told"),
    [
        ({"since": "soon"}, "Enter a date, for example 2026-11-22."),
        ({"until": "9999-12-31"}, "Enter a date, for example 2026-11-22."),
        ({"since": "2026-11-22", "until": "2026-11-21"}, "Enter a day that is not before the first."),
        ({"since": "2026-11-22", "when": "today"}, "Choose a time here, or enter days, not both."),
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
    with django_assert_num_queries(13) as asked:
        portal.get(PAGE)
    made(30)
    with django_assert_num_queries(len(asked)):
        portal.get(PAGE)


def test_who_did_what_how_often(portal, ada, django_assert_num_queries):
    """ "Who looked at Amira's application last week?" and "What did Ada do?" are answered at a glance."""
    amiras = ApplicationFactory(registered=True, full_name="Amira Khan")
    for minute in range(3):
        event("applications.viewed", amiras, ada, at=NOW + timedelta(minutes=minute))
    event("applications.accepted", amiras, ada)
    event("applications.viewed", ApplicationFactory(registered=True), ada)
    html = shown(portal, record="amira", action="looks")
    assert "“amira” is application" in html
    assert f"{amiras.reference}, Amira Khan" in html
    assert "<li>Looked at (application): 3 times</li>" in html
    html = shown(portal, actor="ada")
    assert "<li>Looked at (application): 4 times</li><li>Accepted (application)</li>" in html
    with django_assert_num_queries(19) as asked:
        portal.get(PAGE, {"actor": "ada"})
    for _ in range(9):
        event("applications.viewed", ApplicationFactory(registered=True), ada)
    with django_assert_num_queries(len(asked)):
        portal.get(PAGE, {"actor": "ada"})


def test_in_short_looks_at_the_newest_alone(ada, monkeypatch):
    monkeypatch.setattr(tallies, "NEWEST", 2)
    for minute in range(3):
        event(by=ada, at=NOW + timedelta(minutes=minute))
    short = tallies.in_short(AuditEvent.objects.all())
    assert short.partly
    (tally,) = short.tallies
    assert (tally.did[0][1], tally.first) == (2, NOW + timedelta(minutes=1))


def test_nobody_is_called_so(portal):
    assert "There is nobody and nothing called “Amirah”" in shown(portal, record="Amirah")


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
            SearchForm(search | {"text": search.get("text", "")}, today=NOW.date())
            .found()
            .order_by("-at", "-pk")[:51]
            .explain()
        )
    assert "audit_event_" in plan, plan
    assert "Seq Scan on audit_auditevent" not in plan, plan


def test_only_portal_staff(client, ada):
    assert sign_in(client, ada).get(PAGE).status_code == 403
