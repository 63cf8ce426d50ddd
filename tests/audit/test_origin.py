"""Where from: the page, command or task, and the network of a person; never an address."""

from types import SimpleNamespace

import pytest
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone

from npq_portal.accounts.models import User
from npq_portal.audit import origin
from npq_portal.audit.middleware import from_page
from npq_portal.audit.models import AuditEvent
from npq_portal.audit.recording import record
from tests.people import PortalStaffFactory, UserFactory, sign_in
from tests.rows import holding

ADDRESS = "198.51.100.77"


@pytest.mark.parametrize(
    ("address", "network"),
    [
        (ADDRESS, "198.51.100.0/24"),
        ("2001:db8:1:2::/64", "2001:db8:1::/48"),  # as the limits know it
        ("2001:db8:1:2::5", "2001:db8:1::/48"),
        ("::ffff:198.51.100.77", "198.51.100.0/24"),
        ("unknown", ""),
        ("", ""),
    ],
)
def test_of_an_address_the_network_is_kept(address, network):
    assert origin.network_of(address) == network


@pytest.mark.django_db
def test_a_person_at_a_page(client):
    user = UserFactory()
    sign_in(client, PortalStaffFactory()).get(
        reverse("admin:accounts_user_change", args=[user.pk]), REMOTE_ADDR=ADDRESS
    )
    event = AuditEvent.objects.about(user).get()
    assert (event.source, event.network) == ("staff page accounts_user_change", "198.51.100.0/24")
    assert "audit_auditevent" not in holding(ADDRESS)


@pytest.mark.django_db
def test_a_page_of_everybody(teacher_page):
    assert (teacher_page.source, teacher_page.network) == ("page accounts_forget", "127.0.0.0/24")


@pytest.fixture
def teacher_page(rf):
    request = rf.get("/")
    request.resolver_match = SimpleNamespace(view_name="accounts_forget")
    return from_page(lambda _: record(action="accounts.made", subject=User(), by=None, now=timezone.now()))(
        request
    )


@pytest.mark.django_db
def test_a_task_and_a_command(monkeypatch):
    def made():
        return record(action="accounts.made", subject=User(), by=None, now=timezone.now()).source

    context = SimpleNamespace(job=SimpleNamespace(task_name="accounts.tidy"))
    assert origin.from_task(made, context, None) == "task accounts.tidy"
    assert made() == ""
    monkeypatch.setattr(origin, "_process", "")
    origin.of_process("command load_reference_data")
    assert made() == "command load_reference_data"


@pytest.mark.django_db
@pytest.mark.parametrize("whole", [ADDRESS, "198.51.100.77/32", "2001:db8:1:2::5"])
def test_the_database_refuses_an_address(whole):
    right = {"at": timezone.now(), "actor": "system", "action": "accounts.made", "subject": "accounts.user:1"}
    with pytest.raises(IntegrityError, match="audit_event_network_is_no_address"):
        AuditEvent.objects.create(**right, network=whole)
