"""What an iCalendar feed says of a session, and that it keeps to RFC 5545."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from catalogue.feeds import COUNTED_FROM, feed
from catalogue.models import CourseRun, Session
from tests.catalogue.calendars import read
from tests.factories.catalogue import (
    CourseRunFactory,
    DeliveryPartnerFactory,
    HubFactory,
    LeadProviderFactory,
    QualificationFactory,
    SessionFactory,
)

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")
SAVED = datetime(2026, 11, 20, 9, 30, 15, tzinfo=UTC)


def event_of(session, **run):
    """The one event of a feed of `session`, whose run is changed first."""
    CourseRun.objects.filter(pk=session.run.pk).update(updated_at=SAVED, **run)
    (event,) = read(written(Session.objects.get(pk=session.pk))).events
    return event


def written(*sessions):
    return feed(sessions, name="NPQ courses", address="/courses/")


def test_a_session_with_its_times_and_place(settings):
    settings.PORTAL_ADDRESS, settings.MAIL_DOMAIN = "https://npq.example.org", "npq.example.org"
    run = CourseRunFactory(
        qualification=QualificationFactory(name="Headship"),
        hub=HubFactory(name="Saffron Teaching School Hub"),
        provider=LeadProviderFactory(name="Teach First"),
    )
    session = SessionFactory(
        run=run,
        title="Opening day",
        starts_at=time(9, 30),
        ends_at=time(15),
        venue="The hall",
        postcode="SK7 4AB",
        facilitator="Jo Bell",
    )
    event = event_of(session)
    assert event.start == datetime(2027, 1, 13, 9, 30, tzinfo=LONDON)
    assert event.end == datetime(2027, 1, 13, 15, tzinfo=LONDON)
    assert event["SUMMARY"] == "Headship: Opening day"
    assert event["LOCATION"] == "The hall, SK7 4AB"
    assert event["URL"] == f"https://npq.example.org/courses/{run.pk}/"
    assert event["UID"] == f"session-{session.pk}@npq.example.org"
    assert event["STATUS"] == "CONFIRMED"
    assert event["DESCRIPTION"].split("\n") == [
        "Taught by Jo Bell.",
        "Saffron Teaching School Hub, with Teach First.",
        "Dates and places may change: ask before you book travel.",
    ]


def test_the_stamp_and_the_revision_are_of_the_rows():
    session = SessionFactory()
    event = event_of(session)
    assert event.DTSTAMP == event.LAST_MODIFIED == SAVED
    assert event["SEQUENCE"] == (SAVED - COUNTED_FROM).total_seconds()
    later = event_of(session)
    assert later == event


def test_a_later_save_is_a_higher_revision_of_the_same_event():
    session = SessionFactory()
    before = event_of(session)
    CourseRun.objects.filter(pk=session.run.pk).update(updated_at=SAVED + timedelta(seconds=1))
    (after,) = read(written(Session.objects.get(pk=session.pk))).events
    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]


def test_only_a_date_is_a_whole_day():
    event = event_of(SessionFactory(on=date(2027, 3, 1)))
    assert event["DTSTART"].to_ical() == b"20270301"
    assert event["DTSTART"].params["VALUE"] == "DATE"
    assert "DTEND" not in event


def test_no_end_is_made_up():
    event = event_of(SessionFactory(starts_at=time(16)))
    assert event.start == datetime(2027, 1, 13, 16, tzinfo=LONDON)
    assert "DTEND" not in event


def test_without_a_date_it_is_left_out():
    assert not read(written(SessionFactory(on=None))).events


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"online": True}, "Online"),
        ({"postcode": "SK7 4AB"}, "SK7 4AB"),
        ({"venue": "The hall", "postcode": "SK7 4AB", "online": True}, "The hall, SK7 4AB"),
        ({}, None),
    ],
)
def test_where_it_is(fields, where):
    assert event_of(SessionFactory(**fields)).get("LOCATION") == where


def test_a_cancelled_run_says_so():
    event = event_of(SessionFactory(title="Seminar"), state="cancelled")
    assert event["STATUS"] == "CANCELLED"
    assert event["SUMMARY"].startswith("Cancelled: ")


def test_a_cancelled_session_says_so():
    event = event_of(SessionFactory(title="Seminar", cancelled=True))
    assert event["STATUS"] == "CANCELLED"
    assert event["SUMMARY"].startswith("Cancelled: ")


def test_an_announced_run_is_tentative():
    assert event_of(SessionFactory(), state="announced")["STATUS"] == "TENTATIVE"


def test_an_example_says_so():
    event = event_of(SessionFactory(), is_example=True)
    assert event["SUMMARY"].startswith("Example: ")
    assert "Nobody teaches it." in event["DESCRIPTION"]


def test_a_partner_is_named_where_no_hub_teaches():
    run = CourseRunFactory(hub=None, partner=DeliveryPartnerFactory(name="The Partner"))
    assert f"The Partner, with {run.provider}." in event_of(SessionFactory(run=run))["DESCRIPTION"]


@pytest.mark.parametrize(
    "text",
    [
        "a, b; c: d \\n \"e\" 'f'",
        "é" * 120,
        "日本語の学校" * 20,
        "👩‍🏫" * 25,
        "\\",
        "y" * 120,
    ],
)
def test_any_text_arrives_as_it_was(text):
    session = SessionFactory(title=text, venue=text[:160], postcode="SK7 4AB")
    event = event_of(session)
    assert event["SUMMARY"] == f"{session.run.qualification.name}: {text}"
    assert event["LOCATION"] == f"{text}, SK7 4AB"


@pytest.mark.parametrize("text", ["Bell\x07 and\x1b more", "Bell\r\nand\tmore", " Bell and \u200bmore "])
def test_a_title_is_one_line_without_control_characters(text):
    assert event_of(SessionFactory(title=text))["SUMMARY"].endswith(": Bell and more")


def test_nothing_written_by_staff_becomes_a_line_of_its_own():
    session = SessionFactory(title="x\r\nBEGIN:VEVENT", facilitator="y\r\nUID:theirs")
    event = event_of(session)
    assert event["UID"] != "theirs"
    assert "Taught by y UID:theirs." in event["DESCRIPTION"]


@pytest.mark.parametrize(
    "day",
    [
        date(2027, 3, 27),
        date(2027, 3, 28),  # the clocks go forward
        date(2027, 3, 29),
        date(2027, 10, 30),
        date(2027, 10, 31),  # the clocks go back
        date(2027, 11, 1),
        date(2045, 7, 1),
    ],
)
def test_the_clocks_change_when_they_do(day):
    """By the feed's own rules, and not by what the reader knows of Europe/London."""
    calendar = read(written(SessionFactory(run__ends_on=None, on=day, starts_at=time(9, 30))))
    (zone,) = calendar.timezones
    theirs = zone.to_tz(lookup_tzid=False)
    for hour in (0, 3, 9, 23):
        moment = datetime.combine(day, time(hour))
        assert theirs.utcoffset(moment) == LONDON.utcoffset(moment), moment
        assert theirs.tzname(moment) == LONDON.tzname(moment)


def test_a_calendar_without_sessions_stands():
    calendar = read(written())
    assert calendar["NAME"] == calendar["X-WR-CALNAME"] == "NPQ courses"
