"""Where somebody else holds the row, each staff page says so and leads back, also one that catches nothing itself."""

import pytest
from django.urls import reverse

from applications.admin import allowed, funded_places
from applications.models import AllowedAddress
from catalogue.actions import members
from catalogue.models import MemberRole, ProviderMembership
from npq_portal.verbs import Busy
from tests.factories.applications import AllowedAddressFactory, FundedPlacesFactory, staff_of

TOLD = "Someone else is changing this at the same time. Nothing was saved: try again in a moment."
LIST = "/admin/applications/allowedaddress/"


@pytest.fixture
def busy(monkeypatch):
    def held(**given):
        raise Busy

    for module, name in (
        (funded_places, "set_cap"),
        (members, "open_account"),
        (allowed, "no_longer_allow"),
        (allowed, "allow"),
    ):
        monkeypatch.setattr(module, name, held)


@pytest.fixture
def dfe(admin_as):
    return admin_as("portal_staff")


def told(client, page, sent, came_from):
    answer = client.post(page, sent, follow=True, headers={"referer": f"http://testserver{came_from}"})
    assert answer.redirect_chain[-1][0].removeprefix("http://testserver") == came_from
    assert answer.status_code == 200
    return TOLD in answer.content.decode()


def test_funded_places(dfe, busy):
    page = reverse("admin:applications_fundedplaces_change", args=[FundedPlacesFactory().pk])
    assert told(dfe, page, {"cap": "11"}, page)


def test_a_page_that_is_only_posted_to_leads_back_to_its_button(dfe, world, busy):
    row = ProviderMembership.objects.get(user=staff_of(world.ambition, MemberRole.VIEWER))
    change, opens = (
        reverse(f"admin:catalogue_providermembership_{page}", args=[row.pk])
        for page in ("change", "open_account")
    )
    assert told(dfe, opens, {}, change)


def test_an_action_on_a_list_leads_back_to_the_list_as_it_was(dfe, world, busy):
    row = AllowedAddressFactory(term=world.term)
    assert told(dfe, LIST, {"action": "take_off", "_selected_action": [row.pk]}, f"{LIST}?q=early")
    assert AllowedAddress.objects.get() == row


def test_a_list_that_was_pasted_stays(dfe, world, busy):
    sent = {"term": world.term.pk, "addresses": "ada@example.test"}
    answer = dfe.post(f"{LIST}add/", sent).content.decode()
    assert TOLD in answer
    assert "ada@example.test</textarea>" in answer


@pytest.mark.parametrize("came_from", ["", "https://elsewhere.example/", "javascript:alert(1)"])
def test_it_leads_nowhere_else(dfe, world, busy, came_from):
    row = AllowedAddressFactory(term=world.term)
    sent = {"action": "take_off", "_selected_action": [row.pk]}
    answer = dfe.post(LIST, sent, follow=True, headers={"referer": came_from})
    assert answer.redirect_chain == [(reverse("admin:index"), 302)]
    assert TOLD in answer.content.decode()
