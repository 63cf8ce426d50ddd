"""Checking funding in a real browser, with JavaScript and without, each page read by axe."""

import re

import pytest
from playwright.sync_api import expect

from tests.factories.catalogue import TermFactory
from tests.factories.funding import (
    ClosedSchoolFactory,
    EstablishmentFactory,
    EstablishmentLinkFactory,
    ImportRunFactory,
    eleven,
    list_in_use,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def school(transactional_db):
    eleven()
    ImportRunFactory()
    list_in_use("pp50-schools", TermFactory(), urns=["100000"])
    for number in range(12):
        EstablishmentFactory(name=f"Grange School {number}")
    closed = ClosedSchoolFactory(name="Old Mill School")
    EstablishmentLinkFactory(urn=closed.urn, linked_urn="100000")
    return EstablishmentFactory(urn="100000", name="The Aldgate <b>& Tower</b> School")


def test_without_javascript(new_page, axe):
    page = new_page(javascript=False)
    page.goto("/funding/")
    axe(page)
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("link", name="Enter the name")).to_be_visible()
    axe(page)
    page.get_by_label("Where do you work?").fill("grange")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("heading", name="12 workplaces for “grange”")).to_be_visible()
    axe(page)
    page.get_by_role("link", name="Page 2").click()
    page.get_by_label("Where do you work?").fill("old mill")
    page.get_by_role("button", name="Search").click()
    axe(page)
    page.get_by_role("link", name="Old Mill School").click()
    expect(page).to_have_title("Old Mill School has closed - NPQ Portal")
    axe(page)
    page.get_by_role("link", name="The Aldgate").click()
    expect(page.get_by_role("heading", level=2).first).to_have_text("10 of 11 are funded for you now")
    axe(page)
    page.get_by_role("link", name=re.compile("^Yes")).click()
    expect(page.get_by_role("heading", level=2).first).to_have_text("11 of 11 are funded for you now")
    page.get_by_role("link", name="a 16 to 19 setting").click()
    axe(page)


@pytest.mark.parametrize("width", [320, 1280])
def test_with_javascript(new_page, axe, width):
    page = new_page(width=width)
    page.goto("/funding/")
    box = page.get_by_role("combobox", name="Where do you work?")
    box.press_sequentially("aldg", delay=20)
    option = page.get_by_role("option", name="The Aldgate <b>& Tower</b> School")
    expect(option).to_be_visible()
    axe(page)
    box.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url("/funding/establishments/100000/")
    page.get_by_text("How we worked this out").first.click()
    expect(page.get_by_text("This settled it.").first).to_be_visible()
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page scrolls sideways"


def test_enter_without_a_suggestion_searches(new_page):
    page = new_page()
    page.goto("/funding/")
    box = page.get_by_role("combobox", name="Where do you work?")
    box.press_sequentially("grange")
    expect(page.get_by_role("option").first).to_be_visible()
    box.press("Enter")
    expect(page.get_by_role("heading", name="12 workplaces for “grange”")).to_be_visible()


def test_a_late_answer_is_not_shown(new_page):
    page = new_page()
    held = []
    page.route("**/workplaces.json?q=grange", lambda route: held.append(route))
    page.goto("/funding/")
    box = page.get_by_role("combobox", name="Where do you work?")
    with page.expect_request("**/workplaces.json?q=grange"):
        box.fill("grange")
    box.fill("aldgate")
    expect(page.get_by_role("option", name="The Aldgate")).to_be_visible()
    for route in held:
        # The page has given up on it, so that it may not be answered any more: either is right.
        route.abort()
    page.wait_for_timeout(200)
    expect(page.get_by_role("option", name="Grange School 1")).to_have_count(0)


def test_when_suggestions_fail_it_says_so_and_search_works(new_page):
    page = new_page()
    page.allow_status(503)
    page.route("**/workplaces.json*", lambda route: route.fulfill(status=503, body="Busy"))
    page.goto("/funding/")
    page.get_by_role("combobox", name="Where do you work?").fill("grange")
    expect(page.get_by_text("Suggestions do not work just now. Choose Search instead.")).to_be_visible()
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("heading", name="12 workplaces for “grange”")).to_be_visible()


def test_prints_on_one_sheet(new_page):
    page = new_page()
    page.goto("/funding/establishments/100000/")
    margins = {"top": "10mm", "bottom": "10mm", "left": "10mm", "right": "10mm"}
    sheets = page.pdf(format="A4", margin=margins).count(b"/Type /Page\n")
    assert sheets == 1
