"""Control characters, which Postgres cannot hold, never make an error."""

import pytest

from npq_portal.accounts.models import SignInCode
from npq_portal.text import clean
from tests.people import PortalStaffFactory, sign_in

pytestmark = pytest.mark.django_db
CONTROL = "".join(map(chr, [*range(9), 11, 12, *range(14, 32), 127]))


def test_they_are_taken_out_of_what_was_typed(client):
    response = client.post("/sign-in/", {"email": f"te{CONTROL}ss@example.test"})
    assert response.status_code == 302
    assert SignInCode.objects.get().email == "tess@example.test"


@pytest.mark.parametrize("name", ["q", "is_staff__exact", "\x00", "p"])
def test_a_search_with_them_is_a_page(client, name):
    sign_in(client, PortalStaffFactory())
    assert client.get("/admin/accounts/user/", {name: f"a{CONTROL}"}).status_code in {200, 302, 400}


@pytest.mark.parametrize(
    "address", ["/%00", "/sign-in/%00/", "/admin/accounts/user/%00/change/", "/qualifications/%01/"]
)
def test_an_address_with_one_is_of_no_page(client, address):
    assert client.get(address).status_code == 404


def test_multipart_forms_too(client):
    response = client.post(
        "/sign-in/", {"email": "tess@example.test", "next": "/\x00contact/"}, format="multipart"
    )
    assert response.status_code == 302


@pytest.mark.parametrize("name", ["sessionid", "csrftoken", "messages"])
@pytest.mark.parametrize("value", ['"\\000aaaaaaaaaaaaaaaa"', '"\\000"', '"a\\001b"'])
def test_a_cookie_with_one_counts_as_not_sent(client, name, value):
    for address in ("/", "/sign-in/", "/applications/"):
        assert client.get(address, headers={"cookie": f"{name}={value}"}).status_code in {200, 302}


def test_the_other_cookies_are_kept(client):
    sign_in(client, PortalStaffFactory())
    session = client.cookies["sessionid"].value
    cookies = f'other="\\000"; sessionid={session}'
    assert client.get("/staff/security/", headers={"cookie": cookies}).status_code == 200
    client.cookies.clear()
    assert client.get("/staff/security/", headers={"cookie": 'other="\\000"'}).status_code == 302


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("  Saint\tJohn's\n school ", "Saint John's school"),
        (f"a{CONTROL}b", "a b"),
        ("a\ud800b", "a b"),
        ("x" * 300, "x" * 200),
        ("", ""),
        ("%_\\'\"", "%_\\'\""),
    ],
)
def test_clean_gives_one_line_that_postgres_can_hold(text, cleaned):
    assert clean(text, 200) == cleaned
