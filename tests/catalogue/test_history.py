"""A course run's history tells dates and sessions in words."""

from django.utils import timezone

from catalogue.actions.snapshots import FIELDS
from catalogue.history import CHOICES, DATES, FIGURES, LINKS, SEEN_ON, run_changes
from npq_portal.audit.models import AuditEvent
from npq_portal.audit.recording import record
from tests.factories.catalogue import CourseRunFactory
from tests.people import PortalStaffFactory, sign_in

SESSION = {
    "pk": 7,
    "title": "",
    "on": "2026-12-03",
    "starts_at": "09:30:00",
    "ends_at": "15:30:00",
    "facilitator": "",
    "online": False,
    "venue": "",
    "postcode": "",
}
EVENING = {
    **SESSION,
    "pk": 8,
    "title": "Evening",
    "on": None,
    "starts_at": "18:00:00",
    "ends_at": None,
    "online": True,
}


def told(old, new):
    return run_changes(AuditEvent(action="catalogue.run_changed", old=old, new=new))


def test_dates_and_choices():
    old = {"starts_on": "2026-12-03", "apply_by": None, "state": "open"}
    new = {"starts_on": "2026-12-10", "apply_by": "2026-12-01", "state": "waiting_list"}
    assert told(old, new) == [
        "Starts: 3 December 2026 \u2192 10 December 2026",
        "Apply by: to be confirmed \u2192 1 December 2026",
        "State: Open \u2192 Waiting list",
    ]


def test_price_and_places_with_their_days():
    old = {"price": None, "price_plus_vat": None, "price_as_of": None, "funded_taken": 3, "days": ""}
    new = {
        "price": "890.00",
        "price_plus_vat": True,
        "price_as_of": "2026-11-20",
        "funded_taken": 4,
        "days": "twilight",
    }
    assert told(old, new) == [
        "Days and times: to be confirmed \u2192 Weekdays, after school",
        "Price: not known \u2192 \u00a3890.00",
        "Funded places taken: 3 \u2192 4",
        "Price: not known whether VAT is added \u2192 VAT is added",
        "Price seen on: not known \u2192 20 November 2026",
    ]


def test_who_teaches_a_session():
    assert told({"sessions": [SESSION]}, {"sessions": [{**SESSION, "facilitator": "Jo Bell"}]}) == [
        "Session: 3 December 2026, 9:30 to 15:30 \u2192 3 December 2026, 9:30 to 15:30, with Jo Bell"
    ]


def test_a_session_that_moved_and_none_that_stayed():
    moved = {**SESSION, "on": "2026-12-10"}
    assert told({"sessions": [SESSION, EVENING]}, {"sessions": [moved, EVENING]}) == [
        "Session: 3 December 2026, 9:30 to 15:30 \u2192 10 December 2026, 9:30 to 15:30"
    ]


def test_one_that_went_and_another_that_moved_are_not_taken_for_each_other():
    third = {**SESSION, "pk": 9, "on": "2026-12-17"}
    assert told(
        {"sessions": [SESSION, EVENING, third]}, {"sessions": [EVENING, {**third, "on": "2026-12-18"}]}
    ) == [
        "Session removed: 3 December 2026, 9:30 to 15:30",
        "Session: 17 December 2026, 9:30 to 15:30 \u2192 18 December 2026, 9:30 to 15:30",
    ]


def test_one_that_went_and_another_that_came_on_its_day():
    assert told({"sessions": [SESSION]}, {"sessions": [{**SESSION, "pk": 9, "facilitator": "Jo Bell"}]}) == [
        "Session removed: 3 December 2026, 9:30 to 15:30",
        "Session added: 3 December 2026, 9:30 to 15:30, with Jo Bell",
    ]


def test_several_that_are_not_saved_yet():
    new = {**SESSION, "pk": None}
    assert (
        told({"sessions": [SESSION]}, {"sessions": [SESSION, new, new]})
        == ["Session added: 3 December 2026, 9:30 to 15:30"] * 2
    )


class TestRowsFromBeforeKeysWereKept:
    first, second, third = (
        {name: value for name, value in {**SESSION, "on": day}.items() if name != "pk"}
        for day in ("2027-01-07", "2027-01-14", "2027-01-21")
    )

    def test_as_many_as_before_are_taken_in_their_order(self):
        moved = {**self.second, "on": "2027-01-15"}
        assert told({"sessions": [self.first, self.second]}, {"sessions": [self.first, moved]}) == [
            "Session: 14 January 2027, 9:30 to 15:30 \u2192 15 January 2027, 9:30 to 15:30"
        ]

    def test_else_none_is_said_to_have_become_another(self):
        moved = {**self.third, "on": "2027-01-28"}
        old, new = [self.first, self.second, self.third], [self.second, moved]
        assert told({"sessions": old}, {"sessions": new}) == [
            "Session removed: 7 January 2027, 9:30 to 15:30",
            "Session removed: 21 January 2027, 9:30 to 15:30",
            "Session added: 28 January 2027, 9:30 to 15:30",
        ]


def test_sessions_that_came_and_went():
    hall = {**SESSION, "venue": "The hall", "postcode": "SK7 4AB"}
    assert told({"sessions": []}, {"sessions": [hall]}) == [
        "Session added: 3 December 2026, 9:30 to 15:30, The hall SK7 4AB"
    ]
    assert told({"sessions": [SESSION, EVENING]}, {"sessions": [SESSION]}) == [
        "Session removed: Evening, to be confirmed, 18:00, online"
    ]


def test_an_organisation_that_changed_is_not_told_by_its_number():
    assert told({"hub_id": 41}, {"hub_id": 42}) == ["Hub changed"]


def test_a_run_that_was_added():
    new = dict.fromkeys(FIELDS) | {"state": "open", "mode": "online", "is_example": False, "sessions": []}
    event = AuditEvent(action="catalogue.run_added", new=new | {"starts_on": "2026-12-03"})
    assert run_changes(event) == ["Starts: 3 December 2026", "State: Open", "Taught: Online"]


def test_everything_that_a_row_keeps_of_a_run_has_its_words():
    worded = {*DATES, *CHOICES, *FIGURES, *SEEN_ON, *LINKS, "price_plus_vat", "is_example"}
    assert worded == set(FIELDS)


def test_the_history_page_shows_it(client, db):
    run, staff = CourseRunFactory(), PortalStaffFactory()
    change = {"old": {"sessions": []}, "new": {"sessions": [SESSION]}}
    record(action="catalogue.run_changed", subject=run, by=staff, now=timezone.now(), **change)
    sign_in(client, staff)
    page = client.get(f"/admin/catalogue/courserun/{run.pk}/history/").content.decode()
    assert "Session added: 3 December 2026, 9:30 to 15:30" in page
    assert "{&#x27;" not in page
