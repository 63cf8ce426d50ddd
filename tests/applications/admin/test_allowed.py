"""Portal staff paste a list of addresses that may register while it is closed, and take them off again."""

import pytest

from applications.models import AllowedAddress
from tests.factories.applications import AllowedAddressFactory
from tests.people import StaffFactory, sign_in

ADD, LIST = "/admin/applications/allowedaddress/add/", "/admin/applications/allowedaddress/"


@pytest.fixture
def dfe(client, portal_staff):
    return sign_in(client, portal_staff)


def test_a_pasted_list(world, dfe):
    pasted = "ada@example.test\n Bea@example.test, cy@example.test;\n\nADA@example.test"
    page = dfe.post(ADD, {"term": world.term.pk, "addresses": pasted}, follow=True).content.decode()
    assert "3 put on the list for autumn 2026." in page
    assert set(AllowedAddress.objects.values_list("email", flat=True)) == {
        "ada@example.test",
        "bea@example.test",
        "cy@example.test",
    }
    again = dfe.post(ADD, {"term": world.term.pk, "addresses": pasted}, follow=True).content.decode()
    assert "0 put on the list for autumn 2026. 3 were on it before." in again


@pytest.mark.parametrize(
    ("pasted", "told"),
    [
        ("ada@example.test\nnobody", "Number 2 in the list, “nobody”, is no e-mail address."),
        ("", "Enter at least one e-mail address."),
        (" ".join(f"a{number}@example.test" for number in range(501)), "That is 501 addresses."),
    ],
    ids=["wrong", "empty", "long"],
)
def test_a_list_that_cannot_be_read_adds_nobody(world, dfe, pasted, told):
    page = dfe.post(ADD, {"term": world.term.pk, "addresses": pasted}).content.decode()
    assert told in page
    assert not AllowedAddress.objects.exists()


def test_a_term_without_rules_cannot_be_chosen(world, dfe):
    world.term.identifier = "autumn-2099"
    world.term.save()
    page = dfe.post(ADD, {"term": world.term.pk, "addresses": "ada@example.test"}).content.decode()
    assert "Select a valid choice" not in page
    assert not AllowedAddress.objects.exists()


def test_taking_some_off(world, dfe):
    first, second = AllowedAddressFactory.create_batch(2, term=world.term)
    chosen = {"action": "take_off", "_selected_action": [first.pk]}
    assert "1 taken off the list." in dfe.post(LIST, chosen, follow=True).content.decode()
    assert list(AllowedAddress.objects.all()) == [second]


def test_nobody_else_sees_or_changes_it(world, client):
    address = AllowedAddressFactory(term=world.term)
    sign_in(client, StaffFactory())
    assert client.get(LIST).status_code == 403
    chosen = {"action": "take_off", "_selected_action": [address.pk]}
    assert client.post(LIST, chosen).status_code == 403
    assert client.post(ADD, {"term": world.term.pk, "addresses": "x@example.test"}).status_code == 403
    assert AllowedAddress.objects.count() == 1


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_asks_no_more_for_more(world, dfe, rows, django_assert_max_num_queries):
    AllowedAddressFactory.create_batch(rows, term=world.term)
    dfe.get(LIST)
    with django_assert_max_num_queries(16):
        dfe.get(LIST)
