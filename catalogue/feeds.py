"""Sessions of course runs as iCalendar (RFC 5545), to be downloaded into a calendar or subscribed to.

A feed is made of the rows alone, never of the clock: two feeds of the same rows are equal to the byte.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard
from icalendar.prop import vDDDTypes, vDuration, vInt, vText, vUri

from catalogue.models import CourseRun, Session
from npq_portal.addresses import absolute
from npq_portal.text import clean

ENGLAND = ZoneInfo("Europe/London")
# A revision's number is the seconds from here to when its run was last saved: it only grows, and an integer of
# iCalendar holds it until 2093.
COUNTED_FROM = datetime(2025, 1, 1, tzinfo=UTC)
ASK_AGAIN = timedelta(hours=6)
LONGEST = 400  # characters of one line


def feed(sessions: Iterable[Session], *, name: str, address: str) -> bytes:
    """A calendar called `name` of those `sessions` that have a date, each with its run and what belongs to that.

    `address` is the path of the page that shows the same. Without a time a session takes the whole day; without an end
    it has none here either. What is cancelled, by itself or with its run, stays in the feed to say so.
    """
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//NPQ Portal//Course dates//EN")
    # Some properties have two names: RFC 7986's, and what programs used before it.
    calendar.add("name", vText(name))
    calendar.add("x-wr-calname", vText(name))
    calendar.add("url", absolute(address))
    calendar.add("refresh-interval", vDuration(ASK_AGAIN), {"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(ASK_AGAIN))
    calendar.add_component(_europe_london())
    for session in sessions:
        if session.on is not None:
            calendar.add_component(_event(session))
    written: bytes = calendar.to_ical()
    return written


def _event(session: Session) -> Event:
    run = session.run
    saved = vDDDTypes(run.updated_at.astimezone(UTC))
    event = Event(
        {
            "UID": vText(f"session-{session.pk}@{settings.MAIL_DOMAIN}"),
            "DTSTAMP": saved,
            "LAST-MODIFIED": saved,
            "SEQUENCE": vInt((run.updated_at - COUNTED_FROM) // timedelta(seconds=1)),
            "STATUS": vText(_status(session)),
            "SUMMARY": vText(clean(_summary(session), LONGEST)),
            "DESCRIPTION": vText("\n".join(clean(line, LONGEST) for line in _description(session) if line)),
            "URL": vUri(absolute(run.get_absolute_url())),
        }
    )
    if where := ", ".join(filter(None, (session.venue, session.postcode))) or "Online" * session.online:
        event["LOCATION"] = vText(clean(where, LONGEST))
    _give_times(event, session)
    return event


def _give_times(event: Event, session: Session) -> None:
    if session.starts_at is None:
        event.add("dtstart", session.on)
        return
    for name, at in (("dtstart", session.starts_at), ("dtend", session.ends_at)):
        if session.on is not None and at is not None:
            event.add(name, datetime.combine(session.on, at, tzinfo=ENGLAND))


def _status(session: Session) -> str:
    if session.is_off:
        return "CANCELLED"
    return "TENTATIVE" if session.run.state == CourseRun.State.ANNOUNCED else "CONFIRMED"


def _summary(session: Session) -> str:
    """What a calendar shows of it in a line."""
    run = session.run
    named = f"{run.qualification.name}: {session}"
    if session.is_off:
        named = f"Cancelled: {named}"
    return f"Example: {named}" if run.is_example else named


def _description(session: Session) -> list[str]:
    """Its lines; those with nothing to say are empty."""
    run = session.run
    taught_by = [str(name) for name in (run.hub and run.hub.name, run.partner) if name]
    return [
        "An example, made up for demonstration. Nobody teaches it." if run.is_example else "",
        f"Taught by {session.facilitator}." if session.facilitator else "",
        f"{', '.join(taught_by)}, with {run.provider}." if taught_by else f"{run.provider}.",
        "Dates and places may change: ask before you book travel.",
    ]


def _europe_london() -> Timezone:
    """The clocks of the United Kingdom as they have changed since 1996: on the last Sundays of March and October, both
    at one o'clock Greenwich time.
    """
    zone = Timezone()
    zone.add("tzid", ENGLAND.key)
    for kind, name, began, month, before, after in (
        (TimezoneDaylight, "BST", datetime(1996, 3, 31, 1), 3, timedelta(), timedelta(hours=1)),
        (TimezoneStandard, "GMT", datetime(1996, 10, 27, 2), 10, timedelta(hours=1), timedelta()),
    ):
        change = kind()
        change.add("tzname", name)
        change.add("dtstart", began)
        change.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1SU"})
        change.add("tzoffsetfrom", before)
        change.add("tzoffsetto", after)
        zone.add_component(change)
    return zone
