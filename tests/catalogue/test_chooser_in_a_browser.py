"""The chooser in a real browser: with JavaScript and without, by keyboard alone, through axe, and on paper."""

import re

import pytest
from playwright.sync_api import expect

from catalogue.loading import load
from tests.catalogue.conftest import Counter

pytestmark = pytest.mark.django_db(transaction=True)
MARGINS = dict.fromkeys(("top", "right", "bottom", "left"), "10mm")


@pytest.fixture(autouse=True)
def catalogue(transactional_db):
    load(Counter())


def heading(page):
    return page.get_by_role("heading", level=1)


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_senco_from_the_front_page_to_comparing(new_page, axe, javascript):
    page = new_page(javascript=javascript, width=375)
    page.goto("/")
    page.get_by_role("link", name="Which NPQ fits me?").click()
    for answer in ("Special educational needs co-ordinator (SENCO)", "Lead a school", "Primary"):
        page.get_by_label(answer, exact=True).check()
        page.get_by_role("button", name="Continue").click()
    page.get_by_label("Year").fill("2025")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("link", name="Enter a real date").click()
    axe(page)
    page.get_by_label("Month").fill("9")
    page.get_by_role("button", name="Continue").click()
    for answer in ("Yes", "Not yet", "None of these"):
        page.get_by_label(answer, exact=True).check()
        page.get_by_role("button", name="Continue").click()
    expect(heading(page)).to_have_text("Your best fit: Special educational needs co-ordinator")
    expect(page.get_by_text("They run out in September 2028")).to_be_visible()
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page scrolls sideways"
    page.get_by_role("link", name="Change role wanted").click()
    expect(page.get_by_label("Lead a school", exact=True)).to_be_checked()
    page.get_by_label("Lead across a whole school").check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Compare both").click()
    expect(heading(page)).to_contain_text("side by side")


def test_by_keyboard_and_on_paper(new_page, axe):
    page = new_page()
    page.goto("/which-npq/?next=head&phase=primary&head=new&npqh=none&since=2025-09-14")
    axe(page)
    page.get_by_label("Headteacher or head of school").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(heading(page)).not_to_have_text("What is your role now?")
    page.goto(
        "/which-npq/?role=senco&next=head&phase=primary&since=2025-09-14&mainstream=yes&head=no&npqh=none"
    )
    axe(page)
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4", margin=MARGINS))) == 1
