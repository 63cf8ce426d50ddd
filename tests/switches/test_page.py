"""Portal staff see what every page would say, and then make it so."""

import pytest

from npq_portal.audit.models import AuditEvent
from npq_portal.switches.models import Switches
from tests.people import PortalStaffFactory, StaffFactory, sign_in

pytestmark = pytest.mark.django_db
PAGE = "/admin/switches/switches/1/change/"
CLOSING = {"registration": "no", "closed_words": "Back  on Monday."}
BANNER = {
    "registration": "yes",
    "banner": "Away tonight.",
    "banner_from_0": "2026-11-22",
    "banner_from_1": "18:00",
    "banner_until_0": "2036-11-23",
    "banner_until_1": "06:00",
}


@pytest.fixture
def dfe(client):
    return sign_in(client, PortalStaffFactory())


def test_the_list_leads_to_the_one_page(dfe):
    assert dfe.get("/admin/switches/switches/").url == PAGE
    assert "Registration is <strong>open</strong>" in dfe.get(PAGE).content.decode()


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (CLOSING, "<strong>Registration is closed.</strong> Back on Monday."),
        (BANNER, "<strong>Notice:</strong> Away tonight."),
        ({"registration": "yes"}, "Nothing beside its own words"),
    ],
)
def test_looking_changes_nothing(dfe, given, told):
    assert told in dfe.post(PAGE, given).content.decode()
    assert Switches.objects.now().registration_open
    assert not AuditEvent.objects.exclude(action__startswith="accounts.").exists()


def test_saving_shows_on_the_next_page(dfe):
    answer = dfe.post(PAGE, {**BANNER, "seen": "never", "save": "1"}, follow=True)
    page = answer.content.decode()
    assert "Saved." in page
    assert '<section class="portal-banner"' in page
    assert "Away tonight." in dfe.get("/").content.decode()


def test_who_was_second_is_told(dfe):
    dfe.post(PAGE, {**CLOSING, "seen": "never", "save": "1"})
    answer = dfe.post(PAGE, {**BANNER, "seen": "never", "save": "1"}, follow=True)
    assert "Someone else changed the switches" in answer.content.decode()
    assert not Switches.objects.now().registration_open


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"registration": "no"}, "Say why registration is closed: every page shows it."),
        ({}, "Choose whether registration is open."),
        ({**BANNER, "banner_until_0": ""}, "Enter the day as 23/11/2026."),
        (
            {**BANNER, "banner_until_0": "", "banner_until_1": ""},
            "Enter the day and time when the banner ends.",
        ),
        ({**BANNER, "banner_until_0": "2020-01-01"}, "Enter a time after the banner begins."),
        ({**BANNER, "banner_from_1": "late"}, "Enter the time as 18:30."),
    ],
)
def test_what_is_wrong_is_said_at_its_place(dfe, wrong, told):
    page = dfe.post(PAGE, {**wrong, "seen": "never", "save": "1"}).content.decode()
    assert told in page
    assert "<title>Error: " in page
    assert Switches.objects.now().changed_at is None


def test_it_is_portal_staff_s_alone(client):
    sign_in(client, StaffFactory())
    assert client.get(PAGE).status_code == 404
    assert client.post(PAGE, {**CLOSING, "seen": "never", "save": "1"}).status_code == 404
    assert Switches.objects.now().registration_open
