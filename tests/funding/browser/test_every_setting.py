"""The funding check for settings other than a school, in a real browser, with JavaScript and without, through axe."""

import pytest
from playwright.sync_api import expect

from funding.models import IttProvider
from tests.factories.catalogue import TermFactory
from tests.factories.funding import ChildcareSettingFactory, EstablishmentFactory, eleven, list_in_use

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def workplaces(transactional_db):
    eleven()
    TermFactory(identifier="autumn-2025")
    term = TermFactory()
    list_in_use("childminders", term, ofsted_urns=["118032"])
    list_in_use("pp50-schools", term, urns=["100000"])
    EstablishmentFactory(urn="100000", name="Ash School", trust="Orchard Learning Trust")
    ChildcareSettingFactory(ofsted_urn="EY101465", name="Acorns Nursery", town="Derby", la_name="Derby")
    IttProvider.objects.create(legal_name="Accredited Ltd", operating_name="A")


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def page(request, new_page):
    page = new_page(javascript=request.param, width=375)
    page.goto("/funding/")
    return page


def verdict(page):
    return page.get_by_role("heading", level=2).first


def go_on(page, axe):
    page.get_by_role("button", name="Continue").click()
    axe(page)


def test_a_childminder(page, axe):
    page.get_by_role("link", name="Childminder").click()
    axe(page)
    go_on(page, axe)
    page.get_by_role("link", name="Enter your Ofsted number").click()
    page.get_by_label("What is your Ofsted number?").fill("118 032")
    go_on(page, axe)
    expect(verdict(page)).to_have_text("1 of 11 is funded for you now")
    page.get_by_role("link", name="What changed, term by term").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What changed as a childminder")
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page scrolls sideways"


def test_a_nursery(page, axe):
    page.get_by_role("link", name="Private or voluntary nursery").click()
    axe(page)
    page.get_by_label("Search for your setting").fill("acorns derby")
    page.get_by_role("button", name="Search").click()
    axe(page)
    page.get_by_role("radio", name="Acorns Nursery").check()
    go_on(page, axe)
    expect(page).to_have_title("Is my NPQ funded at Acorns Nursery? - NPQ Portal")
    page.get_by_label("Start term").select_option("Autumn 2025")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("Scholarship funding, Autumn 2025")).to_be_visible()


def test_a_lead_mentor(page, axe):
    page.get_by_role("link", name="Lead mentor").click()
    axe(page)
    page.get_by_label("Which training provider").select_option("Accredited Ltd")
    go_on(page, axe)
    expect(verdict(page)).to_have_text("1 of 11 is funded for you now")


def test_somebody_of_a_trust(page, axe):
    page.get_by_role("link", name="Academy trust").click()
    page.get_by_label("Search for your trust").fill("orchard learning")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="Orchard Learning Trust").click()
    axe(page)
    page.get_by_role("link", name="Ash School").click()
    expect(page.get_by_text("works in an academy trust, in England")).to_be_visible()
    axe(page)
    page.get_by_text("Say more about yourself").click()
    page.get_by_role("group", name="Which NPQs have you had").get_by_label("Headship", exact=True).check()
    page.get_by_role("button", name="Update the answers").click()
    expect(page.locator("#headship")).to_contain_text("You have had scholarship funding for this NPQ before.")
    axe(page)


def test_by_the_questions(page, axe):
    page.goto("/funding/check/")
    axe(page)
    go_on(page, axe)
    expect(page.get_by_role("link", name="Choose the kind of setting you work in")).to_be_visible()
    page.get_by_label("Another setting").check()
    go_on(page, axe)
    page.get_by_label("In a hospital school").check()
    go_on(page, axe)
    expect(page.get_by_text("3 need a review")).to_be_visible()
    page.get_by_role("link", name="Change setting").click()
    page.get_by_label("None of these").check()
    go_on(page, axe)
    page.get_by_label("Yes").check()
    go_on(page, axe)
    expect(page.get_by_text("10 need a review")).to_be_visible()
