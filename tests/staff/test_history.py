"""Changes by staff are audit rows: which fields, the values of those that are not personal, and no names."""

import pytest
from django.contrib.admin.models import LogEntry

from npq_portal.accounts.models import User
from npq_portal.audit.models import AuditEvent

PEOPLE = "/admin/accounts/user/"
NO_INLINES = {"provider_memberships-TOTAL_FORMS": 0, "provider_memberships-INITIAL_FORMS": 0}


@pytest.fixture
def person(ours):
    ours.provider_memberships.all().delete()
    return ours


def test_a_change_is_recorded_with_values_where_they_are_not_personal(portal_client, person):
    form = {"email": person.email, "full_name": "New Name", "trn": "1234567", **NO_INLINES}
    assert portal_client.post(f"{PEOPLE}{person.pk}/change/", form).status_code == 302
    event = AuditEvent.objects.about(person).get()
    assert event.action == "accounts.user_changed"
    assert event.actor == f"user:{User.objects.get(email='dfe@example.test').pk}"
    assert (event.old, event.new, event.note) == ({"trn": ""}, {"trn": "1234567"}, "full_name, trn")
    assert "New Name" not in str(vars(event))


def test_adding_and_deleting_are_recorded(portal_client):
    portal_client.post(f"{PEOPLE}add/", {"email": "new@example.test", **NO_INLINES})
    person = User.objects.get(email="new@example.test")
    portal_client.post(f"{PEOPLE}{person.pk}/delete/", {"post": "yes"})
    assert [event.action for event in AuditEvent.objects.order_by("pk")] == [
        "accounts.user_added",
        "accounts.user_deleted",
    ]


def test_djangos_own_log_stays_empty(portal_client, person):
    portal_client.post(
        f"{PEOPLE}{person.pk}/change/", {"email": person.email, "trn": "1234567", **NO_INLINES}
    )
    assert not LogEntry.objects.exists()


def test_the_history_page_tells_it(portal_client, person):
    portal_client.post(
        f"{PEOPLE}{person.pk}/change/", {"email": person.email, "trn": "1234567", **NO_INLINES}
    )
    page = portal_client.get(f"{PEOPLE}{person.pk}/history/").content.decode()
    assert "Account changed by staff." in page
    assert "Teacher reference number: none → 1234567" in page
