"""Uploading a list in a real browser, JavaScript off: every page readable by axe, and the term decides with it."""

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from tests.factories.catalogue import TermFactory
from tests.factories.funding import EstablishmentFactory, list_in_use
from tests.funding.editions.conftest import IN_USE
from tests.funding.editions.making import csv_of, numbers_in_use
from tests.people import PortalStaffFactory, sign_in

pytestmark = pytest.mark.django_db(transaction=True)


def test_from_upload_to_use(new_page, axe, live_server, tmp_path):
    term = TermFactory()
    for urn in IN_USE:
        EstablishmentFactory(urn=urn)
    list_in_use("pp50-schools", term, urns=IN_USE)
    file = tmp_path / "list.csv"
    file.write_bytes(csv_of([*IN_USE[:5], "100 006"]))
    page = new_page(javascript=False, width=640)
    session = sign_in(Client(), PortalStaffFactory()).cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": session.key, "value": session.value, "url": live_server.url}])

    page.goto("/admin/funding/listedition/")
    page.get_by_role("link", name="Upload a list").click()
    axe(page)
    page.get_by_role("button", name="Look at what would change").click()
    assert page.title().startswith("Error: ")
    axe(page)
    page.get_by_label("Which list is it?").select_option("pp50-schools")
    page.get_by_label("Which term will decide with it?").select_option("autumn-2026")
    page.get_by_label("The file").set_input_files(file)
    page.get_by_role("button", name="Look at what would change").click()
    expect(page.get_by_text("remove 5 of 10 numbers")).to_be_visible()
    axe(page)
    confirm = page.get_by_role("button", name="Put this list in use for Autumn 2026")
    confirm.click()
    expect(page.get_by_text("There is a problem")).to_be_visible()
    axe(page)
    page.get_by_label("Leave out the rejected rows: 1").check()
    page.get_by_label("I have checked that this is the right file").check()
    confirm.click()
    expect(page.get_by_text("Autumn 2026 now decides with this edition.")).to_be_visible()
    axe(page)
    assert numbers_in_use(term) == set(IN_USE[:5])
