"""The page of the search."""

import pytest

from tests.factories import catalogue as make

pytestmark = pytest.mark.django_db


def page(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_with_nothing_typed_it_asks(client, today):
    text = page(client, "/search/")
    assert "<title>Search - NPQ Portal</title>" in text
    assert "found" not in text


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


def test_without_words_it_says_what_to_enter(client, today):
    told = page(client, "/search/?in=statement")
    assert "Enter what you look for in" in told
    assert 'href="/search/"' in told or 'href="?"' in told
    assert "a word is enough" in page(client, "/search/")


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


@pytest.mark.parametrize("typed", ["%00", "%ff", "a" * 5000, "%3Cscript%3E", "'%3Bselect", "%F0%9F%98%80"])
def test_whatever_is_typed(client, today, typed):
    assert "<script>" not in page(client, f"/search/?q={typed}")


@pytest.mark.parametrize(
    ("typed", "place"), [("sk7+4ab", "SK7 4AB"), ("SK7", "SK7"), ("stockport", "Stockport")]
)
def test_a_place_leads_to_what_is_there(client, today, typed, place):
    make.HubAreaFactory(hub__name="Bright Hub", district_code="E1", district_name="Stockport")
    make.PostcodeDistrictFactory(outward_code="SK7", district_code="E1")
    text = page(client, f"/search/?q={typed}")
    asked = place.replace(" ", "%20")
    for address in (
        f"/courses/?place={asked}",
        f"/hubs/?place={asked}",
        f"/funding/?q={asked.split('%')[0]}",
    ):
        assert f'href="{address}"' in text
    assert "Check the spelling" not in text


@pytest.mark.parametrize("typed", ["bright+hub", "zebra", "KS2"])
def test_what_is_no_place_is_not_taken_for_one(client, today, typed):
    make.HubAreaFactory(hub__name="Bright Hub", district_name="Stockport")
    assert "is a place" not in page(client, f"/search/?q={typed}")


def test_only_reading(client):
    assert client.post("/search/").status_code == 405
