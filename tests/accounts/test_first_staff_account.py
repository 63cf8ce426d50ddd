"""The first staff account of a new portal, as README.md says to make it: from the command line into the admin."""

import pytest
from django.core.management import call_command

from npq_portal.accounts.models import User
from tests.people import PASSWORD, app_code

pytestmark = pytest.mark.django_db


@pytest.fixture
def first(monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)
    call_command("createsuperuser", email="First@Example.test", interactive=False, verbosity=0)
    return User.objects.get()


def test_it_is_portal_staff(first):
    assert first.email == "first@example.test"
    assert first.sees_everything


def test_password_then_setting_up_the_second_step_then_the_admin(client, first):
    entered = client.post(
        "/staff/sign-in/", {"login": "first@example.test", "password": PASSWORD, "next": "/admin/"}
    )
    assert entered.headers["Location"] == "/admin/"
    asked = client.get("/admin/")
    assert asked.headers["Location"] == "/staff/security/app/?next=%2Fadmin%2F"
    secret = client.get("/staff/security/app/").context["form"].secret
    client.post("/staff/security/app/", {"code": app_code(secret=secret)})
    client.post("/staff/confirm/second-step/", {"code": app_code(secret=secret)})
    page = client.get("/admin/")
    assert page.status_code == 200
    for part in ("People", "Provider memberships", "Hub memberships"):
        assert part in page.content.decode()
