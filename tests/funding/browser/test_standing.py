"""Where a school stands, in a real browser: read by axe, at every width, in forced colours, and on paper."""

import pytest
from playwright.sync_api import expect

from tests.factories.catalogue import TermFactory
from tests.factories.funding import ImportRunFactory, eleven, list_in_use
from tests.funding.ranking.making import rank, school

pytestmark = pytest.mark.django_db(transaction=True)
ADDRESS = "/funding/establishments/100000/"


@pytest.fixture(autouse=True)
def ranked_schools(transactional_db):
    eleven()
    ImportRunFactory()
    list_in_use("pp50-schools", TermFactory(), urns=["100000"])
    for number in range(30):
        school(f"1000{number:02}", number, 40, name="The Aldgate and Tower Church of England Primary School")
    rank()


@pytest.mark.parametrize("width", [320, 1280])
def test_the_chart_and_its_table(new_page, axe, width):
    page = new_page(width=width)
    page.goto(ADDRESS)
    chart = page.get_by_role("img", name="Where The Aldgate and Tower")
    expect(chart).to_be_visible()
    page.get_by_text("These figures as a table").click()
    expect(page.get_by_role("row", name="0% to under 5% (this school) 2")).to_be_visible()
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    words = chart.locator("text").evaluate_all(
        "all => all.map(each => each.getBoundingClientRect()).filter(box => box.left < 0 || box.right > innerWidth)"
    )
    assert words == []


def test_forced_colours_keep_the_school_apart(new_page, axe):
    page = new_page(forced_colors="active")
    page.goto(ADDRESS)
    colour = "(each) => getComputedStyle(each).fill"
    here = page.locator(".portal-chart__bar--here").evaluate(colour)
    others = page.locator(".portal-chart__bar:not(.portal-chart__bar--here)").first.evaluate(colour)
    assert here != others
    axe(page)


def test_prints_on_one_sheet_with_the_chart(new_page):
    page = new_page()
    page.goto(ADDRESS)
    margins = {"top": "10mm", "bottom": "10mm", "left": "10mm", "right": "10mm"}
    assert page.pdf(format="A4", margin=margins).count(b"/Type /Page\n") == 1
    page.emulate_media(media="print")
    expect(page.get_by_role("img", name="Where The Aldgate")).to_be_visible()
