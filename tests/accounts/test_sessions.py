"""A session changes its key at sign-in, ends when it should, and leaves nothing in caches."""

from datetime import timedelta

import pytest
from allauth.account.adapter import get_adapter
from allauth.core.exceptions import ImmediateHttpResponse
from django.conf import settings
from django.test import Client
from django.utils import timezone

from npq_portal.accounts.models import Session, User
from npq_portal.accounts.sessions import SessionStore
from tests.accounts.signing_in import ask, give, mailed_code, signed_in
from tests.people import PortalStaffFactory, UserFactory, sign_in

pytestmark = pytest.mark.django_db


def test_the_key_changes_at_sign_in_and_the_old_one_is_dead(client):
    ask(client)
    before = client.session.session_key
    give(client, mailed_code())
    assert signed_in(client)
    assert client.session.session_key != before
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = before
    assert not signed_in(thief)


def test_a_planted_key_is_dropped(client):
    client.cookies[settings.SESSION_COOKIE_NAME] = "planted0planted0planted0planted0"
    ask(client)
    assert client.session.session_key != "planted0planted0planted0planted0"


def test_signing_out_ends_the_session_itself(client):
    sign_in(client, UserFactory())
    key = client.session.session_key
    assert client.post("/sign-out/").headers["Location"] == "/signed-out/"
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = key
    assert not signed_in(thief)
    assert "You are signed out" in client.get("/signed-out/").content.decode()


def test_signing_out_is_a_post(client):
    sign_in(client, UserFactory())
    assert client.get("/sign-out/").status_code == 405
    assert signed_in(client)


def test_closing_an_account_ends_its_sessions(client):
    user = UserFactory()
    sign_in(client, user)
    user.is_active = False
    user.save()
    assert client.get("/sign-in/").status_code == 200, "not taken for signed in"


@pytest.mark.parametrize(
    ("idle", "age", "still"),
    [
        (timedelta(minutes=29), timedelta(hours=1), True),
        (timedelta(minutes=31), timedelta(hours=1), False),
        (timedelta(minutes=1), timedelta(hours=11), True),
        (timedelta(minutes=1), timedelta(hours=13), False),
    ],
)
def test_staff_sessions_end_when_idle_and_after_a_day_of_work(client, idle, age, still):
    sign_in(client, PortalStaffFactory())
    session = client.session
    now = session["signed_in_at"]
    session["seen_at"], session["signed_in_at"] = now - idle.total_seconds(), now - age.total_seconds()
    session.save()
    client.get("/admin/")
    assert signed_in(client) is still


def test_a_teacher_may_think_for_an_hour(client):
    sign_in(client, UserFactory())
    session = client.session
    session["seen_at"] = session["signed_in_at"] - 3600
    session.save()
    client.get("/sign-in/")
    assert signed_in(client)


def test_a_teacher_is_signed_in_for_two_weeks(client):
    ask(client)
    given = give(client, mailed_code())
    assert given.cookies[settings.SESSION_COOKIE_NAME]["max-age"] == 14 * 24 * 3600
    stored = Session.objects.get(session_key=client.session.session_key)
    assert abs(stored.expire_date - timezone.now() - timedelta(days=14)) < timedelta(minutes=1)
    # What the browser says of its cookie counts for nothing: the row has ended.
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert client.get("/applications/").url.startswith("/sign-in/")


@pytest.mark.parametrize("address", ["/applications/", "/my-data/", "/my-data/file/", "/apply/"])
def test_a_teachers_own_pages_are_not_stored(client, address):
    sign_in(client, UserFactory())
    response = client.get(address)
    assert response.status_code == 200
    assert "no-store" in response.headers["Cache-Control"]


def test_signed_in_pages_are_not_stored(client):
    sign_in(client, PortalStaffFactory())
    for address in ("/admin/", "/staff/security/", "/no-such-page/", "/contact/"):
        assert "no-store" in client.get(address).headers["Cache-Control"], address


def test_signed_out_pages_may_be(client):
    assert "no-store" not in client.get("/contact/").headers.get("Cache-Control", "")


def test_who_is_erased_while_signing_in_does_not_come_in(rf):
    user = UserFactory()
    User.objects.filter(pk=user.pk).update(is_active=False)
    request = rf.post("/sign-in/code/")
    request.session = SessionStore()
    with pytest.raises(ImmediateHttpResponse):
        get_adapter().login(request, user)
    assert not request.session.get("signed_in_at")
