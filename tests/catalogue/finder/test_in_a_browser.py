"""Finding a course in a real browser, with JavaScript and without, each page read by axe."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.catalogue.calendars import read
from tests.catalogue.finder.making import places, run_at
from tests.factories.catalogue import QualificationFactory, TermFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def runs(transactional_db):
    places()
    soon = timezone.localdate() + timedelta(days=40)
    dates = {"starts_on": soon, "ends_on": None, "apply_by": soon, "term": TermFactory()}
    headship = QualificationFactory(name="Headship", identifier="npq-headship")
    figures = {
        "funded_places": 9,
        "funded_taken": 1,
        "places_as_of": soon,
        "price": 1949,
        "price_as_of": soon,
    }
    run_at("SK8", qualification=headship, mode="blended", is_example=True, **figures, **dates)
    run_at("CB10", qualification=headship, mode="online", state="waiting_list", **dates)


@pytest.mark.parametrize(("javascript", "width"), [(True, 1200), (False, 375)])
def test_from_the_menu_to_applying(new_page, axe, javascript, width):
    page = new_page(javascript=javascript, width=width)
    page.goto("/courses/")
    axe(page)
    page.get_by_label("NPQ", exact=True).select_option("Headship")
    page.get_by_label("Near").fill("sk7 4ab")
    page.get_by_label("How far").select_option("Within 5 miles")
    page.get_by_role("button", name="Find courses").click()
    expect(
        page.get_by_role("heading", name="No course within 5 miles of SK7 4AB, but 1 online")
    ).to_be_visible()
    axe(page)
    page.get_by_role("link", name="See all of them").click()
    expect(page.get_by_role("heading", name="2 courses, the nearest to SK7 4AB first")).to_be_visible()
    expect(page.get_by_text("about 10 miles away")).to_be_visible()
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_text("Add the dates of these courses to your calendar").click()
    expect(page.get_by_role("link", name="Subscribe")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_role("link", name="Headship, from").first.click()
    expect(page.get_by_role("button", name="Apply for autumn 2026")).to_be_visible()
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_dates_are_downloaded_as_a_calendar(new_page):
    page = new_page()
    page.goto("/courses/?near=SK7")
    page.get_by_text("Add the dates of these courses to your calendar").click()
    with page.expect_download() as arrived:
        page.get_by_role("link", name="Download the dates").click()
    assert arrived.value.suggested_filename == "npq-courses.ics"
    assert len(read(arrived.value.path().read_bytes()).events) == 2


def test_a_filter_is_taken_off(new_page):
    page = new_page()
    page.goto("/courses/?near=SK7&mode=online")
    expect(page.get_by_role("heading", name="1 course", exact=True)).to_be_visible()
    page.get_by_role("link", name="Take off Taught: Online").click()
    expect(page.get_by_role("heading", name="2 courses, the nearest to SK7 first")).to_be_visible()
