"""Nobody can learn who has an account: known and unknown addresses are answered alike."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from npq_portal.mail.models import OutboxMessage
from tests.accounts.signing_in import ask, give, mailed_code, wrong
from tests.people import UserFactory

pytestmark = pytest.mark.django_db


def words(response, email):
    """The page, without what differs in any two pages: the token, the address and the code typed."""
    page = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"|value="\d{6}"', "", response.content.decode())
    return response.status_code, page.replace(email, "ADDRESS")


def journey(email):
    """Every answer on the way to a code, with a wrong try, and the mail that came."""
    client = Client()
    asked = ask(client, email)
    page = words(client.get("/sign-in/code/"), email)
    code = mailed_code(email)
    refused = words(give(client, wrong(code)), email)
    mail = OutboxMessage.objects.get(to=email)
    return asked.status_code, page, refused, mail.subject, mail.text.replace(code, "CODE")


def test_pages_and_mail_are_the_same():
    UserFactory(email="known@example.test")
    assert journey("known@example.test") == journey("unknown@example.test")


def test_the_same_work_is_done():
    """The same queries for one as for the other, and none that looks a person up: so the time is the same too."""
    UserFactory(email="known@example.test")
    asked = []
    for email in ("known@example.test", "unknown@example.test"):
        client = Client()
        with CaptureQueriesContext(connection) as queries:
            ask(client, email)
        asked.append(
            [re.sub(r"\d+", "", query["sql"].split("VALUES")[0].split("WHERE")[0]) for query in queries]
        )
    assert asked[0] == asked[1]
    assert not any("accounts_user" in sql for sql in asked[0])


def test_being_locked_is_told_in_the_same_words():
    UserFactory(email="known@example.test")
    pages = []
    for number, email in enumerate(("known@example.test", "unknown@example.test")):
        client = Client(REMOTE_ADDR=f"192.0.2.{number}")
        for _ in range(10):
            assert ask(client, email).status_code == 302
        pages.append(words(ask(client, email), email))
    assert pages[0] == pages[1]
    assert pages[0][0] == 429


@pytest.mark.django_db
def test_an_address_that_is_none_in_lower_case_is_told_so(client):
    page = ask(client, "İ@example.test")
    assert page.status_code == 200
    assert "Enter an e-mail address" in page.content.decode()


@pytest.mark.django_db
def test_an_address_that_grows_in_lower_case_is_told_so(client):
    """A capital İ becomes two characters: within the limit as typed, over it as it would be stored."""
    email = "a@" + ".".join(["İ" * 60] * 4) + ".com"
    page = ask(client, email)
    assert page.status_code == 200
    assert "Enter an e-mail address" in page.content.decode()
