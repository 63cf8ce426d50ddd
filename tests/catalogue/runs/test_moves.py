"""What people are told of a change, as a table; and what they are not."""

from dataclasses import replace
from datetime import date, time

import pytest

from catalogue.moves import Meeting, Standing, session_name, told

DAY = date(2026, 11, 22)
MEETING = Meeting(
    "Opening day", date(2027, 1, 13), time(9, 30), time(15), False, "The hall", "SK7 4AB", cancelled=False
)
WAS = "Wednesday 13 January 2027, 09:30 to 15:00, The hall, SK7 4AB"
RUN = Standing(False, date(2027, 1, 13), date(2028, 1, 12), {1: MEETING})
CANCELLED = replace(RUN, cancelled=True)
UNDATED = replace(MEETING, on=None, starts_at=None, ends_at=None, venue="", postcode="")
PAST = replace(MEETING, on=date(2026, 11, 21))


def meeting(**changes):
    return replace(RUN, meetings={1: replace(MEETING, **changes)})


def of(*meetings):
    return replace(RUN, meetings=dict(enumerate(meetings, 1)))


@pytest.mark.parametrize(
    ("after", "line"),
    [
        (CANCELLED, "The course is cancelled."),
        (
            replace(RUN, starts_on=date(2027, 1, 20)),
            "The course starts: Wednesday 20 January 2027 (it was Wednesday 13 January 2027).",
        ),
        (
            replace(RUN, starts_on=None),
            "The course starts: date to be confirmed (it was Wednesday 13 January 2027).",
        ),
        (
            meeting(on=date(2027, 1, 20)),
            f"Opening day: Wednesday 20 January 2027, 09:30 to 15:00, The hall, SK7 4AB (it was {WAS}).",
        ),
        (
            meeting(starts_at=time(12)),
            f"Opening day: Wednesday 13 January 2027, 12:00 to 15:00, The hall, SK7 4AB (it was {WAS}).",
        ),
        (
            meeting(venue="", postcode="", online=True),
            f"Opening day: Wednesday 13 January 2027, 09:30 to 15:00, online (it was {WAS}).",
        ),
        (meeting(cancelled=True), f"Opening day, {WAS}: cancelled."),
        (of(), f"Opening day, {WAS}: does not take place."),
    ],
)
def test_what_moved_or_was_cancelled(after, line):
    assert told(RUN, after, DAY) == [line]


@pytest.mark.parametrize(
    "after",
    [
        RUN,
        replace(RUN, ends_on=None),
        of(MEETING, replace(MEETING, title="Another")),
        meeting(title="Launch"),
    ],
    ids=["nothing", "the end", "a new session", "a title"],
)
def test_what_is_nobodys_diary(after):
    assert told(RUN, after, DAY) == []


def test_a_date_that_is_known_at_last():
    before, after = of(UNDATED), of(MEETING)
    assert told(before, after, DAY) == [f"Opening day: {WAS} (it was date to be confirmed)."]


def test_what_takes_place_after_all():
    assert told(CANCELLED, RUN, DAY) == ["The course takes place after all."]
    assert told(meeting(cancelled=True), RUN, DAY) == [f"Opening day, {WAS}: takes place after all."]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (CANCELLED, replace(CANCELLED, meetings={})),
        (meeting(cancelled=True), of()),
        (meeting(cancelled=True), meeting(cancelled=True, on=date(2027, 2, 1))),
        (of(PAST), of()),
        (of(PAST), of(replace(PAST, on=date(2026, 11, 20)))),
        (of(UNDATED), of()),
        (
            replace(RUN, ends_on=date(2026, 11, 21)),
            replace(RUN, ends_on=date(2026, 11, 21), cancelled=True),
        ),
    ],
    ids=["of a cancelled run", "cancelled", "cancelled and moved", "past", "past", "no date", "over"],
)
def test_what_was_off_or_over_already(before, after):
    assert told(before, after, DAY) == []


def test_a_session_is_called_by_its_title_or_its_day():
    assert session_name("Opening day", date(2027, 1, 13)) == "Opening day"
    assert session_name("", date(2027, 1, 13)) == "Session on 13 January 2027"
    assert session_name("", None) == "Session without a date"


@pytest.mark.parametrize(
    ("before", "after", "line"),
    [
        (
            meeting(title=""),
            meeting(title="", on=date(2027, 1, 20)),
            f"Session on 13 January 2027: Wednesday 20 January 2027, 09:30 to 15:00, The hall, SK7 4AB (it was {WAS}).",
        ),
        (meeting(title=""), of(), f"Session, {WAS}: does not take place."),
        (meeting(title=""), meeting(title="", cancelled=True), f"Session, {WAS}: cancelled."),
        (meeting(title="", cancelled=True), meeting(title=""), f"Session, {WAS}: takes place after all."),
    ],
    ids=["moved", "removed", "cancelled", "after all"],
)
def test_one_without_a_title(before, after, line):
    assert told(before, after, DAY) == [line]


def test_what_is_moved_out_of_the_past_or_into_it():
    assert told(of(PAST), RUN, DAY)
    assert told(RUN, of(PAST), DAY)
