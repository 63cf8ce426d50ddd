"""From the front page to a statement of a framework, in a real browser, each page read by axe."""

import pytest
from playwright.sync_api import expect

from catalogue.loading import load
from catalogue.models import FrameworkEdition, FrameworkSection
from tests.catalogue.conftest import Counter
from tests.factories.catalogue import StatementFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def catalogue(transactional_db):
    load(Counter())
    culture = FrameworkSection.objects.get(qualification__code="NPQH", title="School culture")
    older, newer = FrameworkEdition.objects.filter(qualification__code="NPQH").order_by("published_on")[1:]
    StatementFactory(section=culture, edition=older, number="1.2", text="Pupils respect rules that are kept.")
    for number in range(1, 9):
        StatementFactory(
            section=culture, edition=newer, number=f"1.{number}", text="Pupils keep rules. " * number
        )
    StatementFactory(section=culture, edition=newer, kind="learn_how_to", number="1.1", text="Explain rules.")


@pytest.mark.parametrize(("javascript", "width"), [(True, 1200), (False, 375)])
def test_from_the_front_page_to_a_statement(new_page, axe, javascript, width):
    page = new_page(javascript=javascript, width=width)

    def fits():
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width

    page.goto("/")
    box = page.get_by_label("Search NPQs, frameworks, providers, hubs and courses")
    box.fill("school culture rules")
    box.press("Enter")
    expect(page.get_by_text("10 found.")).to_be_visible()
    fits()
    page.get_by_role("link", name="See all 10 framework statements").click()
    expect(page.get_by_role("heading", level=3)).to_have_count(10)
    page.get_by_role("link", name="Learn how to 1.1").click()
    expect(page).to_have_url("/qualifications/headship/framework/school-culture/#learn-how-to-1.1")
    expect(page.get_by_text("Explain rules.")).to_be_in_viewport()
    fits()
    page.get_by_role("link", name="Framework", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What you learn")
    fits()
    page.get_by_role("link", name="Headship", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Headship")
    fits()


def test_nothing_found_and_pages_of_much(new_page, axe):
    page = new_page(width=375)
    page.goto("/search/?q=%3Cb%3Ezebra")
    expect(page.get_by_text("Nothing was found for “<b>zebra”.")).to_be_visible()
    axe(page)
    page.goto("/search/?q=teaching&in=hub")
    page.get_by_role("link", name="Next").click()
    expect(page).to_have_title("teaching in Teaching school hubs, page 2, search results - NPQ Portal")
    axe(page)
