"""Finding a hub and reading about organisations in a real browser, with JavaScript and without, read by axe."""

import pytest
from playwright.sync_api import expect

from tests.factories import catalogue as make

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def organisations(transactional_db):
    term = make.TermFactory()
    provider = make.LeadProviderFactory(name="Teach Well", website="https://teach-well.example/")
    for code, district in (("WM9", "Birmingham North"), ("WM10", "Birmingham South")):
        hub = make.HubFactory(code=code, name=f"{district} Teaching School Hub")
        make.HubAreaFactory(
            hub=hub,
            district_code="E08000025",
            district_name=district,
            known_as="Birmingham",
            la_name="Birmingham",
        )
        run = make.CourseRunFactory(
            hub=hub, provider=provider, term=term, price=900, price_as_of="2026-11-01"
        )
        make.OfferFactory(provider=provider, qualification=run.qualification, term=term)
    partner = make.DeliveryPartnerFactory(name="The University", note="In the North.")
    make.PartnershipFactory(provider=provider, partner=partner, hub=hub, is_past=True, text="It was so.")


@pytest.mark.parametrize(("javascript", "width"), [(True, 1200), (False, 375)])
def test_find_my_hub(new_page, axe, javascript, width):
    page = new_page(javascript=javascript, width=width)

    def fits():
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width

    page.goto("/providers/")
    fits()
    page.get_by_role("link", name="Find your teaching school hub").click()
    page.get_by_label("Where is your school?").fill("Birmingam")
    page.get_by_role("button", name="Find my hub").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    fits()
    page.get_by_role("link", name="Birmingham", exact=True).click()
    expect(page.get_by_role("heading", name="2 hubs for Birmingham")).to_be_visible()
    fits()
    page.get_by_role("link", name="Birmingham South Teaching School Hub").click()
    expect(page.get_by_text("is served by")).to_be_visible()
    fits()
    page.get_by_role("link", name="Teach Well").first.click()
    expect(page.get_by_role("heading", name="What it offers")).to_be_visible()
    fits()
    page.get_by_role("link", name="The University").click()
    expect(page.get_by_text("It was so.")).to_be_visible()
    fits()
