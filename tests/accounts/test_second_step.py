"""Nobody is let into the staff area without a second step proven in this session."""

import pytest
from allauth.mfa.models import Authenticator

from tests.accounts.signing_in import ask, give, mailed_code, signed_in
from tests.people import (
    PASSWORD,
    SECRET,
    PortalStaffFactory,
    UserFactory,
    app_code,
    sign_in,
    with_second_step,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff():
    user = PortalStaffFactory(email="staff@example.test")
    user.set_password(PASSWORD)
    user.save()
    return user


def password(client, **more):
    return client.post("/staff/sign-in/", {"login": "staff@example.test", "password": PASSWORD, **more})


def second_step(client, code):
    return client.post("/staff/sign-in/second-step/", {"code": code})


def test_password_then_code_then_the_page_that_was_asked_for(client, staff):
    with_second_step(staff)
    assert (
        client.get("/admin/accounts/user/", follow=True)
        .redirect_chain[-1][0]
        .startswith("/staff/sign-in/?next=")
    )
    assert password(client, next="/admin/accounts/user/").headers["Location"] == "/staff/sign-in/second-step/"
    assert not signed_in(client)
    assert second_step(client, app_code()).headers["Location"] == "/admin/accounts/user/"
    assert client.get("/admin/accounts/user/").status_code == 200


def test_an_emailed_code_alone_is_not_enough(client, staff):
    with_second_step(staff)
    ask(client, staff.email, next="/admin/")
    assert give(client, mailed_code(staff.email)).headers["Location"] == "/staff/sign-in/second-step/"
    assert client.get("/admin/").status_code == 302
    assert second_step(client, app_code()).headers["Location"] == "/admin/"
    assert client.get("/admin/").status_code == 200


@pytest.mark.parametrize("address", ["/admin/", "/admin/accounts/user/", "/admin/jsi18n/", "/admin/no-such/"])
def test_without_a_second_step_everything_leads_to_setting_one_up(client, staff, address):
    password(client)
    assert client.get(address).headers["Location"].startswith("/staff/security/app/?next=%2Fadmin")


def test_while_there_is_none_the_page_of_security_has_one_main_button_to_set_it_up(client, staff):
    password(client)
    html = client.get("/staff/security/").content.decode()
    assert 'href="/staff/security/app/?next=/admin/"' in html
    assert "Set up your second step" in html
    with_second_step(staff)
    assert "Set up your second step" not in client.get("/staff/security/").content.decode()


def test_setting_one_up_leads_into_the_staff_area(client, staff):
    password(client)
    page = client.get("/staff/security/app/")
    secret = page.context["form"].secret
    done = client.post("/staff/security/app/", {"code": app_code(secret=secret)})
    assert done.headers["Location"] == "/staff/security/recovery-codes/"
    assert len(client.get("/staff/security/recovery-codes/").context["unused_codes"]) == 10
    assert client.get("/admin/").headers["Location"].startswith("/staff/confirm/second-step/")
    client.post("/staff/confirm/second-step/", {"code": app_code(secret=secret)})
    assert client.get("/admin/").status_code == 200


def test_a_session_from_before_the_second_step_is_asked_for_it(client, staff):
    password(client)
    with_second_step(staff)
    assert client.get("/admin/").headers["Location"].startswith("/staff/confirm/second-step/")


def test_a_code_works_once(client, staff):
    with_second_step(staff)
    code = app_code()
    password(client)
    second_step(client, code)
    client.post("/sign-out/")
    password(client)
    refused = second_step(client, code)
    assert "Enter the code that your authenticator app shows now" in refused.content.decode()
    assert not signed_in(client)


def test_wrong_codes_lock_the_second_step(client, staff):
    with_second_step(staff)
    password(client)
    for _ in range(10):
        second_step(client, "000000" if app_code() != "000000" else "000001")
    assert "There were too many tries" in second_step(client, app_code()).content.decode()
    assert not signed_in(client)


def test_the_tenth_wrong_password_locks_the_right_one_too(client, staff, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": None}
    for _ in range(9):
        assert client.post("/staff/sign-in/", {"login": staff.email, "password": "no"}).status_code == 200
    locked = client.post("/staff/sign-in/", {"login": staff.email, "password": "no"})
    assert locked.status_code == 429
    assert password(client).status_code == 429
    assert "There were too many tries" in locked.content.decode()


def test_wrong_passwords_are_told_alike_for_known_and_unknown(client, staff):
    pages = [
        client.post("/staff/sign-in/", {"login": email, "password": "no"}).context["form"].errors
        for email in (staff.email, "nobody@example.test")
    ]
    assert pages[0] == pages[1]
    assert "Check your e-mail address and your password" in str(pages[0])


def test_a_teacher_is_refused(client):
    sign_in(client, UserFactory())
    assert client.get("/admin/", follow=True).status_code == 403


def test_a_recovery_code_stands_in_for_the_app(client, staff):
    sign_in(client, staff)
    client.post("/staff/security/recovery-codes/new/")
    code = client.get("/staff/security/recovery-codes/").context["unused_codes"][0]
    client.post("/sign-out/")
    password(client)
    second_step(client, code)
    assert client.get("/admin/").status_code == 200


def test_recovery_codes_are_shown_once_and_then_counted(client, staff):
    sign_in(client, staff)
    client.post("/staff/security/recovery-codes/new/")
    page = "/staff/security/recovery-codes/"
    codes = client.get(page).context["unused_codes"]
    later = client.get(page).content.decode()
    assert "10 of 10 are left" in later
    assert "make new ones" in later
    assert not any(code in later for code in codes)


def test_the_secret_is_not_kept_in_the_clear(staff):
    with_second_step(staff)
    assert SECRET not in str(Authenticator.objects.get(user=staff).data)


def test_keys_can_change_without_losing_secrets(staff, settings):
    with_second_step(staff)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-key"
    assert Authenticator.objects.get(user=staff).wrap().validate_code(app_code())


@pytest.mark.parametrize(
    ("host", "named"),
    [
        ("127.0.0.1:8000", "http://localhost:8000/staff/sign-in/?next=/admin/"),
        ("[::1]", "http://localhost/staff/sign-in/?next=/admin/"),
        ("localhost:8000", ""),
    ],
)
def test_at_a_number_a_passkey_is_not_offered_and_the_page_says_where(client, host, named):
    text = client.get("/staff/sign-in/?next=/admin/", headers={"host": host}).content.decode()
    assert ("data-passkey=" in text) is (not named)
    assert (f'href="{named}">open this page at localhost</a>' in text) is bool(named)
