"""Staff learn nothing of rows that are not theirs: list, page, history, choices, filters, search, lookups, actions."""

import re

import pytest

from catalogue.models.membership import ProviderMembership
from npq_portal.accounts.models import User
from tests.staff.conftest import member

PEOPLE = "/admin/accounts/user/"
MEMBERSHIPS = "/admin/catalogue/providermembership/"


def text(response):
    """The page without its tokens, which differ each time."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", response.content.decode())


def test_the_list_holds_ones_own_rows(our_client, rival):
    page = text(our_client.get(PEOPLE))
    assert "ours@example.test" in page
    assert "rival@example.test" not in page


@pytest.mark.parametrize("view", ["change", "history"])
def test_anothers_page_is_answered_as_one_that_never_was(our_client, rival, view):
    theirs = our_client.get(f"{PEOPLE}{rival.pk}/{view}/")
    nobodys = our_client.get(f"{PEOPLE}00000000-0000-4000-8000-000000000000/{view}/")
    assert theirs.status_code == nobodys.status_code == 404
    assert text(theirs) == text(nobodys)


def test_nor_can_it_be_changed(our_client, rival):
    assert our_client.post(f"{PEOPLE}{rival.pk}/change/", {"email": "stolen@example.test"}).status_code == 404
    rival.refresh_from_db()
    assert rival.email == "rival@example.test"


def test_search_finds_ones_own_only(our_client, rival):
    assert "rival@example.test" not in text(our_client.get(PEOPLE, {"q": "example.test"}))


def test_a_foreign_key_offers_ones_own_only(our_client, rival):
    page = text(our_client.get(f"{MEMBERSHIPS}add/"))
    assert "Olu Ours" in page
    assert "Rhea Rival" not in page


def test_nor_takes_anothers_when_it_is_forged(our_client, ours, rival):
    provider = ours.provider_memberships.get().provider
    form = {"user": rival.pk, "provider": provider.pk, "role": "viewer"}
    assert our_client.post(f"{MEMBERSHIPS}add/", form).status_code == 200
    assert not ProviderMembership.objects.filter(user=rival, provider=provider).exists()


def test_autocomplete_gives_ones_own_only(our_client, rival):
    asked = {
        "app_label": "catalogue",
        "model_name": "providermembership",
        "field_name": "user",
        "term": "example",
    }
    results = our_client.get("/admin/autocomplete/", asked).json()["results"]
    assert [result["text"] for result in results] == ["Olu Ours"]


@pytest.mark.parametrize(
    "lookup",
    [
        "email__startswith",
        "email",
        "password__startswith",
        "provider_memberships__provider__name",
        "logentry__object_repr",
    ],
)
def test_the_address_of_a_list_reads_no_column(our_client, lookup):
    assert our_client.get(PEOPLE, {lookup: "r"}).status_code == 400


@pytest.mark.parametrize(
    "lookup", ["user__email__startswith", "provider__memberships__user__email", "user__password"]
)
def test_nor_a_column_of_a_related_row(our_client, lookup):
    assert our_client.get(MEMBERSHIPS, {lookup: "r"}).status_code == 400


@pytest.mark.parametrize("query", ["is_staff__exact=1", "q=ours", "p=1", "o=-1", "pk__in=x", "_popup=1"])
def test_what_the_page_itself_offers_works(our_client, query):
    assert our_client.get(f"{PEOPLE}?{query}").status_code in {200, 302}


def test_a_filter_by_a_related_row_offers_only_what_is_there(portal_client, ours, rival):
    member("Empty").provider_memberships.all().delete()
    page = text(portal_client.get(MEMBERSHIPS))
    filters = page[page.index("changelist-filter") :]
    assert "Ours" in filters
    assert "Rival" in filters
    assert "Empty" not in filters


def test_an_action_with_a_forged_choice_touches_nothing(our_client, rival):
    form = {"action": "delete_selected", "_selected_action": [str(rival.pk)], "post": "yes"}
    our_client.post(PEOPLE, form)
    assert User.objects.filter(pk=rival.pk).exists()


def test_ending_a_membership_counts_from_the_next_request(our_client, ours):
    assert our_client.get(PEOPLE).status_code == 200
    ours.provider_memberships.all().delete()
    assert our_client.get(PEOPLE).status_code == 403


def test_portal_staff_see_every_row(portal_client, ours, rival):
    page = text(portal_client.get(PEOPLE))
    assert "ours@example.test" in page
    assert "rival@example.test" in page
    assert portal_client.get(f"{PEOPLE}{rival.pk}/change/").status_code == 200


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_takes_as_many_queries_for_one_row_as_for_thirty(
    portal_client, rows, django_assert_max_num_queries
):
    for number in range(rows - 1):
        member(f"Provider{number}")
    portal_client.get(PEOPLE)
    with django_assert_max_num_queries(9):
        portal_client.get(PEOPLE)
