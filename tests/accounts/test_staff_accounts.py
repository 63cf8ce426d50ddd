"""Portal staff see how a member of staff signs in, end their sessions, reset the second step, close and open."""

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from npq_portal.accounts.models import User
from npq_portal.audit.models import AuditEvent
from tests.accounts.signing_in import ask, give, mailed_code
from tests.factories.applications import staff_of
from tests.factories.catalogue import LeadProviderFactory
from tests.people import PortalStaffFactory, StaffFactory, UserFactory, sign_in

pytestmark = pytest.mark.django_db
WHY = "Lost their phone."


@pytest.fixture
def portal(client):
    return sign_in(client, PortalStaffFactory())


@pytest.fixture
def member():
    return staff_of(LeadProviderFactory(name="Ours", slug="ours"), email="tess@example.test")


@pytest.fixture
def theirs(member):
    return sign_in(Client(), member)


def page_of(member):
    return f"/admin/accounts/user/{member.pk}/staff-account/"


def do(client, member, act, reason=WHY):
    return client.post(page_of(member), {"act": act, "reason": reason})


def test_what_they_sign_in_with_and_where(portal, member, theirs):
    page = portal.get(page_of(member)).content.decode()
    assert "Ours, decider" in page
    assert "A browser, since" in page
    assert page_of(member) in portal.get(f"/admin/accounts/user/{member.pk}/change/").content.decode()


@pytest.mark.parametrize(
    ("act", "action"),
    [
        ("sessions", "accounts.sessions_ended"),
        ("second_step", "accounts.second_step_removed"),
        ("close", "accounts.disabled"),
    ],
)
def test_each_signs_them_out_and_is_recorded_with_its_reason(portal, member, theirs, act, action):
    assert do(portal, member, act).status_code == 302
    assert theirs.get("/admin/").status_code == 302
    assert AuditEvent.objects.get(action=action).note == WHY


def test_a_second_step_that_is_reset_is_gone(portal, member, theirs):
    do(portal, member, "second_step")
    assert not Authenticator.objects.filter(user=member).exists()
    assert "No: asked for at the next sign-in" in portal.get(page_of(member)).content.decode()


def test_who_is_closed_is_told_whom_to_ask_and_comes_in_again_once_opened(portal, member):
    do(portal, member, "close")
    browser = Client()
    ask(browser, member.email)
    told = browser.get(give(browser, mailed_code(member.email)).url).content.decode()
    assert "ask one of its managers or this portal" in told
    assert "Ours" not in told
    assert do(portal, member, "open").status_code == 302
    assert User.objects.get(pk=member.pk).is_active


def test_without_a_reason_nothing_is_done(portal, member):
    assert "Give a reason" in do(portal, member, "close", " ").content.decode()
    assert "Choose what to do" in do(portal, member, "open").content.decode()
    assert User.objects.get(pk=member.pk).is_active


def test_nobody_closes_their_own(client):
    oneself = PortalStaffFactory()
    sign_in(client, oneself)
    answer = client.post(page_of(oneself), {"act": "close", "reason": WHY}, follow=True)
    assert "Nobody closes their own account" in answer.content.decode()
    assert User.objects.get(pk=oneself.pk).is_active


def test_posted_twice_it_is_done_once(portal, member):
    do(portal, member, "close")
    do(portal, member, "close")
    assert AuditEvent.objects.filter(action="accounts.disabled").count() == 1


def test_of_applicants_there_is_none_and_other_staff_see_none(portal, member):
    assert portal.get(page_of(UserFactory())).status_code == 404
    other = sign_in(Client(), StaffFactory())
    assert other.get(page_of(member)).status_code in (403, 404)
    assert do(other, member, "close").status_code in (403, 404)
    assert User.objects.get(pk=member.pk).is_active


def test_the_stock_page_does_not_open_or_close(portal, member):
    User.objects.filter(pk=member.pk).update(is_active=False)
    asked = {"email": member.email, "full_name": "Tess", "is_active": "on", "is_staff": "on"}
    assert portal.post(f"/admin/accounts/user/{member.pk}/change/", asked).status_code == 302
    assert not User.objects.get(pk=member.pk).is_active
