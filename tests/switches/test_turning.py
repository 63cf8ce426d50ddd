"""The verb: one row, one audit row, posted twice is once, and who was second is told."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError

from npq_portal.audit.facts import changes
from npq_portal.audit.models import AuditEvent
from npq_portal.audit.presenters import sentence
from npq_portal.switches.actions import ChangedMeanwhile, mark_of, turn
from npq_portal.switches.models import Notices, Switches
from tests.people import PortalStaffFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
OPEN = {
    "registration_open": True,
    "closed_words": "",
    "banner": "",
    "banner_from": None,
    "banner_until": None,
}
CLOSED = OPEN | {"registration_open": False, "closed_words": "Back on Monday."}
BANNER = OPEN | {"banner": "Away tonight.", "banner_from": NOW, "banner_until": NOW + timedelta(hours=2)}


def turned(to, now=NOW, seen=None):
    seen = mark_of(Switches.objects.now()) if seen is None else seen
    return turn(to=to, seen=seen, by=PortalStaffFactory(), now=now)


def test_closing_says_why():
    assert turned(CLOSED)
    assert Switches.objects.now().at(NOW) == Notices(closed="Back on Monday.")
    event = AuditEvent.objects.get()
    assert sentence(event) == "Switches changed."
    assert changes(event, {}) == [
        "Registration: open → closed",
        "Words while it is closed: none → Back on Monday.",
    ]


def test_a_banner_stands_from_its_first_moment_to_before_its_last():
    turned(BANNER)
    assert changes(AuditEvent.objects.get(), {})[1:] == [
        "Banner from: none → 22 November 2026, 12:00",
        "Banner until: none → 22 November 2026, 14:00",
    ]
    shown = Switches.objects.now()
    second = timedelta(seconds=1)
    moments = (NOW - second, NOW, BANNER["banner_until"] - second, BANNER["banner_until"])
    assert [bool(shown.at(moment).banner) for moment in moments] == [False, True, True, False]


def test_the_same_twice_is_once():
    seen = mark_of(Switches.objects.now())
    assert turned(CLOSED, seen=seen)
    assert not turned(CLOSED, seen=seen)
    assert AuditEvent.objects.count() == 1


def test_who_was_second_changes_nothing():
    seen = mark_of(Switches.objects.now())
    turned(CLOSED, seen=seen)
    with pytest.raises(ChangedMeanwhile, match="Nothing was saved"):
        turned(BANNER, seen=seen)
    assert Switches.objects.now().at(NOW) == Notices(closed="Back on Monday.")


def test_without_its_row_registration_is_open_and_it_can_be_closed():
    Switches.objects.all().delete()
    assert Switches.objects.now(other=Switches.objects.values("banner")).at(NOW) == Notices()
    assert turned(CLOSED)


@pytest.mark.parametrize(
    ("wrong", "constraint"),
    [
        ({"id": 2}, "switches_are_one_row"),
        ({"registration_open": False}, "closed_registration_says_why"),
        ({"banner": "Away."}, "banner_has_a_time_and_ends_after_it_begins"),
        ({"banner_from": NOW, "banner_until": NOW}, "banner_has_a_time_and_ends_after_it_begins"),
        (
            {"banner": "Away.", "banner_from": NOW, "banner_until": NOW},
            "banner_has_a_time_and_ends_after_it_begins",
        ),
    ],
)
def test_what_the_database_refuses(wrong, constraint):
    Switches.objects.all().delete()
    with pytest.raises(IntegrityError, match=constraint):
        Switches.objects.create(**wrong)
