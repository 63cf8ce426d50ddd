"""Comparing in a real browser: with a form and no JavaScript, on a phone, and on one sheet of paper."""

import re

import pytest
from playwright.sync_api import expect

from catalogue.loading import load
from tests.catalogue.conftest import Counter

pytestmark = pytest.mark.django_db(transaction=True)
# Little of what these say is shared, and all of it is long.
LONGEST = "senior-leadership", "early-years-leadership", "senco", "early-headship-coaching-offer"


@pytest.fixture(autouse=True)
def catalogue(transactional_db):
    load(Counter())


def address(npqs):
    return "/compare/?" + "&".join(f"npq={npq}" for npq in npqs)


def test_from_the_list_to_the_comparison(new_page, axe):
    page = new_page(javascript=False)
    page.goto("/qualifications/")
    page.get_by_label("Compare Headship", exact=True).check()
    page.get_by_role("button", name="Compare those you ticked").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Compare Headship with another NPQ")
    axe(page)
    page.get_by_label("Senior leadership").check()
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Senior leadership and Headship")
    axe(page)


@pytest.mark.parametrize("width", [320, 1200])
def test_four_at_any_width(new_page, axe, width):
    page = new_page(width=width)
    page.goto(address(LONGEST))
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page scrolls sideways"


def test_too_many(new_page, axe):
    page = new_page()
    page.goto(address([*LONGEST, "headship"]))
    page.get_by_role("link", name="You chose 5").click()
    expect(page.get_by_label("Leading teacher development")).to_be_focused()
    axe(page)


def test_four_on_one_landscape_sheet(new_page):
    page = new_page()
    page.goto(address(LONGEST))
    sheet = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", sheet)) == 1
    assert re.search(rb"/MediaBox \[0 0 841\.\d+ 59\d", sheet)
