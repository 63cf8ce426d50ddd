"""Signing in as people do it: every page read by axe, nothing refused by the security policy."""

import pytest

from tests.accounts.signing_in import mailed_code
from tests.people import PASSWORD, PortalStaffFactory, app_code, with_second_step

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def staff():
    user = with_second_step(PortalStaffFactory(email="staff@example.test"))
    user.set_password(PASSWORD)
    user.save()
    return user


def sign_in_as_staff(page):
    page.goto("/admin/")
    page.get_by_label("E-mail address").fill("staff@example.test")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Code", exact=True).fill(app_code())
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("heading", name="What needs doing").wait_for()


@pytest.mark.parametrize("javascript", [True, False])
def test_a_teacher_signs_in_and_out(new_page, axe, javascript):
    page = new_page(javascript=javascript)
    page.goto("/sign-in/?next=/contact/")
    axe(page)
    page.get_by_role("button", name="Send me a code").click()
    assert page.title() == "Error: Sign in or make an account - NPQ Portal"
    axe(page)
    page.get_by_label("E-mail address").fill("tess@example.test")
    page.get_by_role("button", name="Send me a code").click()
    axe(page)
    page.get_by_label("Code").fill("12")
    page.get_by_role("button", name="Sign in", exact=True).click()
    axe(page)
    page.get_by_label("Code").fill(mailed_code())
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/contact/")
    page.get_by_role("button", name="Sign out").click()
    axe(page)
    assert page.get_by_role("heading", level=1).inner_text() == "You are signed out"


@pytest.mark.usefixtures("staff")
def test_staff_pages(new_page, axe):
    page = new_page()
    sign_in_as_staff(page)
    for address in (
        "/admin/",
        "/admin/accounts/user/",
        "/admin/accounts/user/add/",
        "/admin/audit/auditevent/",
        "/admin/mail/outboxmessage/",
        "/staff/security/",
        "/staff/security/app/remove/",
        "/staff/security/passkeys/",
        "/staff/security/recovery-codes/new/",
        "/staff/password/",
        "/staff/confirm/",
        "/staff/confirm/second-step/",
        "/staff/closed/",
        "/dev/mail/",
    ):
        page.goto(address)
        axe(page)


@pytest.mark.usefixtures("staff")
def test_a_passkey_is_added_and_then_signs_in_alone(new_page, axe):
    page = new_page()
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    phone = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": phone})
    sign_in_as_staff(page)
    page.goto("/staff/security/passkeys/add/")
    axe(page)
    page.get_by_label("Name of this passkey").fill("My phone")
    page.get_by_role("button", name="Add this device").click()
    page.wait_for_url("**/recovery-codes/")
    axe(page)
    page.goto("/staff/security/passkeys/")
    axe(page)
    page.get_by_role("link", name="Rename My phone").click()
    axe(page)
    page.get_by_role("button", name="Sign out").click()
    page.goto("/staff/sign-in/?next=/admin/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_role("heading", name="What needs doing").wait_for()


def test_setting_up_the_second_step(new_page, axe, staff):
    staff.authenticator_set.all().delete()
    page = new_page()
    page.goto("/admin/")
    page.get_by_label("E-mail address").fill("staff@example.test")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    axe(page)
    secret = page.locator("code").inner_text()
    page.get_by_label("Code that the app shows").fill(app_code(secret=secret))
    page.get_by_role("button", name="Set up").click()
    axe(page)
    page.get_by_role("link", name="Go to the staff area").click()
    axe(page)
    page.get_by_label("Code", exact=True).fill(app_code(secret=secret))
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("heading", name="What needs doing").wait_for()
