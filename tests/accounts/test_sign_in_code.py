"""E-mail, code, signed in: the account is made when the code is proven and not before."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from npq_portal.accounts import codes
from npq_portal.accounts.models import SignInCode, User
from npq_portal.mail.models import OutboxMessage
from tests.accounts.signing_in import ask, give, mailed_code, signed_in, wrong
from tests.people import UserFactory

pytestmark = pytest.mark.django_db


def test_a_new_person_gets_an_account_when_the_code_is_proven(client):
    assert ask(client, "Tess@Example.TEST ").headers["Location"] == "/sign-in/code/"
    assert not User.objects.exists()
    give(client, mailed_code())
    user = User.objects.get()
    assert user.email == "tess@example.test"
    assert not user.has_usable_password()
    assert signed_in(client)


def test_a_known_person_keeps_their_account(client):
    user = UserFactory(email="tess@example.test")
    ask(client)
    give(client, mailed_code())
    assert client.session["_auth_user_id"] == str(user.pk)
    assert User.objects.count() == 1


@pytest.mark.parametrize("typed", ["{} ", "{:.3}-{:}", " {}"])
def test_spaces_and_dashes_do_not_matter(client, typed):
    ask(client)
    code = mailed_code()
    give(client, f"{code[:3]}-{code[3:]}" if "-" in typed else typed.format(code))
    assert signed_in(client)


def test_a_code_works_once(client):
    ask(client)
    code, pk = mailed_code(), client.session["sign_in"]["code"]
    give(client, code)
    assert not SignInCode.objects.exists()
    assert codes.prove(pk=pk, code=code, address="192.0.2.1", now=timezone.now()) is None


def test_a_code_works_only_in_the_browser_that_asked(client):
    ask(client)
    other = Client()
    assert give(other, mailed_code()).headers["Location"] == "/sign-in/"
    ask(other)
    assert not signed_in(other)
    first = OutboxMessage.objects.order_by("pk").first().text
    give(other, "".join(character for character in first.split("\n\n")[1] if character.isdigit()))
    assert not signed_in(other)


def test_a_code_is_good_for_fifteen_minutes():
    now = timezone.now()
    pk = codes.send(email="tess@example.test", address="192.0.2.1", now=now)
    code, late = mailed_code(), now + timedelta(minutes=15)
    assert codes.prove(pk=pk, code=code, address="192.0.2.1", now=late) is None
    assert (
        codes.prove(pk=pk, code=code, address="192.0.2.1", now=late - timedelta(seconds=1))
        == "tess@example.test"
    )


def test_another_code_replaces_the_first(client):
    ask(client)
    first = mailed_code()
    ask(client)
    second = mailed_code()
    assert SignInCode.objects.count() == 1
    if first != second:
        give(client, first)
        assert not signed_in(client)
    give(client, second)
    assert signed_in(client)


def test_a_wrong_code_says_what_to_do_and_can_be_mended(client):
    ask(client)
    code = mailed_code()
    page = give(client, wrong(code)).content.decode()
    assert "Error: Enter the code we sent you" in page
    assert "That code does not match" in page
    give(client, code)
    assert signed_in(client)


@pytest.mark.parametrize(
    ("typed", "says"), [("", "Enter the code from the e-mail"), ("12345", "Enter the 6 digits")]
)
def test_something_else_than_a_code_costs_no_try(client, typed, says):
    ask(client)
    assert says in give(client, typed).content.decode()
    assert SignInCode.objects.get().wrong_tries == 0


@pytest.mark.parametrize(
    ("typed", "says"),
    [("", "Enter your e-mail address"), ("tess", "Enter an e-mail address like name@example.com")],
)
def test_something_else_than_an_address_is_explained(client, typed, says):
    assert says in ask(client, typed).content.decode()
    assert not OutboxMessage.objects.exists()


def test_the_code_page_without_a_code_begins_again(client):
    assert client.get("/sign-in/code/").headers["Location"] == "/sign-in/"


def test_the_code_is_kept_hashed_only(client):
    ask(client)
    assert mailed_code() not in str(vars(SignInCode.objects.get())) + str(client.session.items())


def test_a_closed_account_is_told_so_after_its_code(client):
    UserFactory(email="tess@example.test", is_active=False)
    ask(client)
    assert give(client, mailed_code()).headers["Location"] == "/staff/closed/"
    assert not signed_in(client)
