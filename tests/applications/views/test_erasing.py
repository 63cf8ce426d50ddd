"""The page that erases all that is held about oneself: what it says, whom it lets, and what it leaves to staff."""

import time

import pytest
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from django.test import Client

from npq_portal.accounts.models import User
from npq_portal.mail.models import OutboxMessage
from tests.accounts.signing_in import ask, give, mailed_code
from tests.factories.applications import ApplicationFactory, draft_of, registered_by
from tests.people import sign_in
from tests.queries import queries_of

PAGE = "/my-data/erase/"
SURE = {"sure": "on"}


def words(client):
    return " ".join(client.get(PAGE).content.decode().split())


def is_erased(person):
    return User.objects.get(pk=person.pk).erased_at is not None


def signed_in_long_ago(client):
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "code", "at": time.time() - 16 * 60}]
    session.save()


def test_it_says_what_goes_and_what_stays(teacher_client, world, teacher):
    application = registered_by(teacher)
    html = words(teacher_client)
    for told in ("Your applications are withdrawn", application.reference, "What we delete", "What we keep"):
        assert told in html
    assert "with your drafts" not in html
    assert "If somebody named you as their sponsor" in html


def test_somebody_without_applications_is_told_less(teacher_client, teacher):
    html = words(teacher_client)
    assert "Your applications are withdrawn" not in html
    assert "What we keep" not in html


def test_the_page_of_what_is_held_leads_there(teacher_client):
    assert f'href="{PAGE}"' in teacher_client.get("/my-data/").content.decode()
    assert f'href="{PAGE}"' in Client().get("/privacy/").content.decode()


def test_without_the_tick_nothing_is_erased(teacher_client, world, teacher):
    response = teacher_client.post(PAGE)
    assert "Tick the box if you want your data erased" in response.content.decode()
    assert "<title>Error: " in response.content.decode()
    assert not is_erased(teacher)


def test_with_it_everything_is_and_the_browser_is_signed_out(teacher_client, world, teacher):
    registered_by(teacher)
    draft_of(teacher)
    assert teacher_client.post(PAGE, SURE).headers["Location"] == "/my-data/erased/"
    assert is_erased(teacher)
    assert "Your data has been erased" in teacher_client.get("/my-data/erased/").content.decode()
    assert teacher_client.get("/my-data/").headers["Location"].startswith("/sign-in/")
    assert teacher_client.post(PAGE, SURE).headers["Location"].startswith("/sign-in/"), "a second click"
    assert OutboxMessage.objects.get(template="erased").to == "ada@example.test"


def test_who_signed_in_a_while_ago_signs_in_again_and_comes_back(teacher_client, teacher):
    signed_in_long_ago(teacher_client)
    assert "Show that it is you" in words(teacher_client)
    assert teacher_client.post(PAGE, SURE).status_code == 200
    assert not is_erased(teacher)
    assert (
        teacher_client.post("/sign-in/again/", {"next": PAGE}).headers["Location"] == f"/sign-in/?next={PAGE}"
    )
    ask(teacher_client, teacher.email, next=PAGE)
    assert give(teacher_client, mailed_code(teacher.email)).headers["Location"] == PAGE
    assert "Show that it is you" not in words(teacher_client)
    teacher_client.post(PAGE, SURE)
    assert is_erased(teacher)


def test_signing_in_again_leads_nowhere_else(teacher_client):
    answer = teacher_client.post("/sign-in/again/", {"next": "https://example.test/"})
    assert answer.headers["Location"] == "/sign-in/?next=/applications/"


@pytest.mark.parametrize("state", ["active", "deferred"])
def test_in_training_it_says_why_not_and_whom_to_ask(teacher_client, teacher, state):
    training = ApplicationFactory(active=True, applicant=teacher, state=state)
    html = words(teacher_client)
    assert "You cannot erase your data while you are in training" in html
    assert f'href="/applications/{training.pk}/messages/"' in html
    assert 'name="sure"' not in html
    answer = teacher_client.post(PAGE, SURE, follow=True)
    assert "You are in training, so nothing was erased" in answer.content.decode()
    assert not is_erased(teacher)


def test_staff_are_told_whom_to_ask(client, portal_staff):
    sign_in(client, portal_staff)
    assert "You work here too" in words(client)
    assert "so your account is not erased" in client.post(PAGE, SURE, follow=True).content.decode()
    assert not is_erased(portal_staff)


def test_it_asks_the_database_a_constant_number_of_times(teacher_client, teacher):
    ApplicationFactory(rejected=True, applicant=teacher)
    once = queries_of(lambda: teacher_client.get(PAGE))
    for _ in range(3):
        ApplicationFactory(rejected=True, applicant=teacher)
    assert queries_of(lambda: teacher_client.get(PAGE)) == once


def test_staff_see_an_erased_person(teacher_client, world, teacher, portal_staff, decider):
    application = registered_by(teacher)
    teacher_client.post(PAGE, SURE)
    for member in (portal_staff, decider):
        staff = sign_in(Client(), member)
        assert "Erased person" in staff.get("/admin/applications/application/").content.decode()
        page = staff.get(f"/admin/applications/application/{application.pk}/change/").content.decode()
        assert "Erased person." in page
        assert "mailto:" not in page
        assert "Save the note" not in page
    staff = sign_in(Client(), portal_staff)
    assert "Erased person" in staff.get("/admin/accounts/user/").content.decode()
    account = f"/admin/accounts/user/{teacher.pk}/"
    assert 'name="_save"' not in staff.get(f"{account}change/").content.decode()
    assert staff.post(f"{account}change/", {"email": "ada@example.test"}).status_code == 403
    for path in (f"{account}history/", f"/admin/applications/application/{application.pk}/history/"):
        assert "Erased person" in staff.get(path).content.decode()
