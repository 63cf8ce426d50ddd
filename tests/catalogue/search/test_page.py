"""The page of the search."""

from datetime import date

import pytest

from catalogue.models import LeadProvider
from tests.factories import catalogue as make

pytestmark = pytest.mark.django_db


def page(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_what_was_found_is_linked_and_marked(client, loaded, today):
    text = page(client, "/search/?q=headship+governance")
    assert "<title>headship governance, search results - NPQ Portal</title>" in text
    assert 'href="/qualifications/headship/framework/governance-and-accountability/"' in text
    assert "<mark>Governance</mark> and accountability" in text
    assert 'value="headship governance"' in text


def test_with_nothing_typed_it_asks(client, today):
    text = page(client, "/search/")
    assert "<title>Search - NPQ Portal</title>" in text
    assert "found" not in text


def test_nothing_found_offers_other_ways(client, loaded, today):
    text = page(client, "/search/?q=zebra")
    assert "Nothing was found for “zebra”." in text
    assert 'href="/qualifications/"' in text
    assert 'href="/which-npq/"' in text


def test_what_may_have_been_meant_is_a_link(client, loaded, today):
    text = page(client, "/search/?q=behavour&page=3")
    assert 'Did you mean <a class="govuk-link" href="?q=behaviour">behaviour</a>?' in text


def test_some_words(client, loaded, today):
    assert "Nothing has all of these words." in page(client, "/search/?q=headship+zebra")


def test_one_kind_with_its_pages(client, today):
    for number in range(23):
        make.DeliveryPartnerFactory(name=f"Alliance {number}")
    make.LeadProviderFactory(name="Alliance")
    every = page(client, "/search/?q=alliance")
    assert "24 found." in every
    assert '<a class="govuk-link" href="?q=alliance&amp;in=partner">See all 23 delivery partners</a>' in every
    second = page(client, "/search/?q=alliance&in=partner&page=2")
    assert "<title>alliance in Delivery partners, page 2, search results - NPQ Portal</title>" in second
    assert '<strong aria-current="true">Delivery partners (23)</strong>' in second
    assert '<a class="govuk-link" href="?q=alliance">All (24)</a>' in second
    assert second.count("<h3") == 3


def test_a_page_after_the_last(client, today):
    make.LeadProviderFactory(name="Alliance")
    text = page(client, "/search/?q=alliance&in=provider&page=2000")
    assert "There is no page 2,000. This is the last." in text
    assert "<mark>Alliance</mark>" in text


def test_a_kind_that_has_none(client, today):
    make.LeadProviderFactory(name="Alliance")
    assert "None of them is in Delivery partners." in page(client, "/search/?q=alliance&in=partner")


@pytest.mark.parametrize(
    ("address", "ignored"),
    [
        ("/search/?q=hill&in=zebra", "We left out what we could not use: the kind “zebra”."),
        ("/search/?q=hill&page=-1", "We left out what we could not use: the page “-1”."),
        (
            "/search/?q=hill&in=x&page=%00y",
            "We left out what we could not use: the kind “x” and the page “y”",
        ),
    ],
)
def test_what_cannot_be_used_is_told(client, today, address, ignored):
    assert ignored in page(client, address)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("the+of", "Every word of “the of” is one that nearly every text has."),
        ("%25", "There is no word in “%”."),
        ("%27", "There is no word in “&#x27;”."),
        ("%22%22%22", "There is no word in “&quot;&quot;&quot;”."),
        ("%26%7C%21%28%29%3A*", "There is no word in “&amp;|!():*”."),
        ("x" * 10_000, "That was long, so we searched for its beginning only"),
        ("headship%00+governance", "<mark>Governance</mark> and accountability"),
        ("%22governance+and%22+-nothing", "quotation marks as words that stand together, and a minus before"),
        ("zebra%25", "Nothing was found for “zebra%”."),
        ("%3Cscript%3E", "Nothing was found for “&lt;script&gt;”."),
    ],
)
def test_it_says_what_it_did_with_nonsense(client, loaded, today, typed, told):
    assert told in page(client, f"/search/?q={typed}")


@pytest.mark.parametrize("typed", ["%00", "%ff", "a" * 5000, "%3Cscript%3E", "'%3Bselect", "%F0%9F%98%80"])
def test_whatever_is_typed(client, today, typed):
    assert "<script>" not in page(client, f"/search/?q={typed}")


def test_what_is_past_or_uncertain_says_so(client, loaded, today):
    make.CourseRunFactory(
        qualification__name="Old",
        starts_on=date(2022, 1, 9),
        ends_on=None,
        apply_by=None,
        is_example=True,
        mode="blended",
    )
    make.CourseRunFactory(
        qualification__name="Older", starts_on=None, ends_on=None, apply_by=None, mode="blended"
    )
    LeadProvider.objects.filter(name="Teach First").update(left_on="January 2023")
    assert "Began 9 January 2022. Blended. Open. Made up for demonstration." in page(client, "/search/?q=old")
    assert "Start to be confirmed. Blended." in page(client, "/search/?q=older")
    assert "No longer a lead provider (January 2023)." in page(client, "/search/?q=teach+first")
    assert "<strong>Not confirmed.</strong>" in page(client, "/search/?q=statutory+framework")


def test_the_list_of_npqs_leads_there(client, loaded, today):
    assert 'action="/search/"' in page(client, "/qualifications/")


def test_only_reading(client):
    assert client.post("/search/").status_code == 405
