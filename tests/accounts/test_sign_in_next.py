"""After signing in people go where they were going, and never to another site."""

import pytest

from tests.accounts.signing_in import ask, give, mailed_code
from tests.people import UserFactory, sign_in

pytestmark = pytest.mark.django_db
ELSEWHERE = [
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example",
    "http:evil.example",
    "javascript:alert(1)",
    "\x01//evil.example",
    "https:///evil.example",
]


def test_goes_on_to_the_page_that_was_asked_for(client):
    assert 'value="/data-sources/"' in client.get("/sign-in/?next=/data-sources/").content.decode()
    ask(client, next="/data-sources/")
    assert give(client, mailed_code()).headers["Location"] == "/data-sources/"


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_never_to_another_site(client, elsewhere):
    assert "evil" not in client.get("/sign-in/", {"next": elsewhere}).content.decode()
    ask(client, next=elsewhere)
    assert "evil" not in give(client, mailed_code()).headers["Location"]


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_nor_when_already_signed_in(client, elsewhere):
    sign_in(client, UserFactory())
    location = client.get("/sign-in/", {"next": elsewhere}).headers["Location"]
    assert location.startswith("/")
    assert "evil" not in location


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_nor_from_the_staff_page(client, elsewhere):
    UserFactory(email="staff@example.test", is_staff=True).set_password("x")
    page = client.get("/staff/sign-in/", {"next": elsewhere})
    assert 'href="https://evil' not in page.content.decode()
