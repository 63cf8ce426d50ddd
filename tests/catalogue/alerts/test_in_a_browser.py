"""An alert from the finder's empty page to its end, in a real browser, each page read by axe."""

import pytest
from playwright.sync_api import expect

from catalogue.models import CourseAlert
from tests.catalogue.finder.making import places
from tests.factories.catalogue import QualificationFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(("javascript", "width"), [(True, 1200), (False, 375)])
def test_from_nothing_found_to_stopping(new_page, axe, javascript, width):
    places()
    QualificationFactory(name="Headship", identifier="npq-headship")
    page = new_page(javascript=javascript, width=width)

    def look():
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width

    page.goto("/courses/?npq=headship&near=SK7")
    page.get_by_role("button", name="Tell me by e-mail when a course appears").click()
    look()
    page.get_by_role("button", name="Tell me by e-mail").click()
    expect(page.get_by_role("alert")).to_contain_text("Enter your e-mail address")
    look()
    page.get_by_label("E-mail address").fill("tess@example.test")
    page.get_by_role("button", name="Tell me by e-mail").click()
    expect(page.get_by_role("heading", name="Look in your e-mail")).to_be_visible()
    look()
    alert = CourseAlert.objects.get()
    page.goto(alert.confirm_path)
    look()
    page.get_by_role("button", name="Turn it on").click()
    expect(page.get_by_role("heading", name="Your alert is on")).to_be_visible()
    look()
    page.get_by_role("link", name="Stop this alert").click()
    look()
    page.get_by_role("button", name="Stop it").click()
    expect(page.get_by_role("heading", name="Your alert has stopped")).to_be_visible()
    look()
    page.goto(alert.confirm_path)
    expect(page.get_by_role("heading", name="There is no such alert any more")).to_be_visible()
    look()
