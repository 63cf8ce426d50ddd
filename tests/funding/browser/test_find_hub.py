"""From a school's name to its hub, with JavaScript and without, each page read by axe."""

import pytest
from playwright.sync_api import expect

from tests.factories.catalogue import HubAreaFactory, HubFactory
from tests.factories.funding import EstablishmentFactory, find_again

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def school(transactional_db):
    HubAreaFactory(hub=HubFactory(code="SE4"), district_code="E07000105", district_name="Ashford")
    EstablishmentFactory(name="Oakwood School", district_code="E07000105", district_name="Ashford")
    find_again()


@pytest.mark.parametrize(("javascript", "width"), [(True, 1200), (False, 375)])
def test_by_the_schools_name(new_page, axe, javascript, width):
    page = new_page(javascript=javascript, width=width)
    page.goto("/hubs/?place=Oakwood")
    axe(page)
    page.get_by_role("link", name="Look for a school called").click()
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_label("Oakwood School").check()
    page.get_by_role("button", name="Find its hub").click()
    expect(page.get_by_role("heading", name="1 hub for Ashford")).to_be_visible()
    axe(page)
