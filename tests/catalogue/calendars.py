"""Reading a calendar feed as strictly as RFC 5545 lets one: its lines, then its meaning, by two parsers."""

import re

import vobject
from icalendar import Calendar, Event

NAME = re.compile(rb"[A-Za-z0-9-]+(;[A-Za-z0-9-]+=[^;:,\"]+)*:")  # no parameter of ours is quoted or a list
ONCE = {"UID", "DTSTAMP", "DTSTART"}  # section 3.6.1: each event has one
AT_MOST_ONCE = {
    "DTEND",
    "SUMMARY",
    "DESCRIPTION",
    "LOCATION",
    "STATUS",
    "SEQUENCE",
    "URL",
    "LAST-MODIFIED",
    "DURATION",
}


def read(written: bytes) -> Calendar:
    """The calendar, once nothing in it breaks a rule."""
    lines = check_lines(written)
    check_nesting(lines)
    calendar = Calendar.from_ical(written)
    assert isinstance(calendar, Calendar)
    assert not [error for component in calendar.walk() for error in component.errors]
    assert (str(calendar["VERSION"]), bool(calendar["PRODID"])) == ("2.0", True)
    for event in calendar.events:
        check_event(event)
    assert set(calendar.get_used_tzids()) <= {str(zone["TZID"]) for zone in calendar.timezones}
    uids = [str(event["UID"]) for event in calendar.events]
    assert len(uids) == len(set(uids))
    other = vobject.readOne(written.decode())
    assert other.validate(raiseException=True)
    assert [event.uid.value for event in getattr(other, "vevent_list", [])] == uids
    return calendar


def check_lines(written: bytes) -> list[bytes]:
    """Section 3.1: lines end in CRLF, none is above 75 octets, and folding breaks no character. They come unfolded."""
    assert written.endswith(b"\r\n")
    assert b"\n" not in written.replace(b"\r\n", b"")
    assert b"\r" not in written.replace(b"\r\n", b"")
    folded = written.removesuffix(b"\r\n").split(b"\r\n")
    for line in folded:
        assert 0 < len(line) <= 75
        assert not re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", line)
        line.decode()  # a character in two lines would fail
    unfolded = written.removesuffix(b"\r\n").replace(b"\r\n ", b"").split(b"\r\n")
    for line in unfolded:
        assert NAME.match(line), line
    return unfolded


def check_nesting(lines: list[bytes]) -> None:
    opened: list[bytes] = []
    for line in lines:
        if line.startswith(b"BEGIN:"):
            opened.append(line.removeprefix(b"BEGIN:"))
        elif line.startswith(b"END:"):
            assert opened.pop() == line.removeprefix(b"END:")
        else:
            assert opened
    assert not opened
    assert (lines[0], lines[-1]) == (b"BEGIN:VCALENDAR", b"END:VCALENDAR")


def check_event(event: Event) -> None:
    counted: dict[str, int] = {}
    for name, _ in event.property_items(recursive=False, sorted=False):
        counted[name] = counted.get(name, 0) + 1
    assert all(counted.get(name) == 1 for name in ONCE), counted
    assert all(counted.get(name, 0) <= 1 for name in AT_MOST_ONCE), counted
    assert event["DTSTAMP"].to_ical().endswith(b"Z")
    assert 0 <= int(event["SEQUENCE"]) < 2**31
