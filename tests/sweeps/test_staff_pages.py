"""Every page of the staff area in a browser 320 pixels wide, which is what 1,280 are at 400% (WCAG 1.4.10): read by
axe, no wider than the window, one h1, a title of its own, and every control reached by the keyboard alone.
"""

from collections.abc import Iterator

import pytest
from django.db import transaction
from playwright.sync_api import Browser, Page

from tests.browser import Watch, run_axe
from tests.sweeps.access_table import TABLE, expected
from tests.sweeps.addresses import Address, addresses, arguments
from tests.sweeps.served import Shelf, shelf
from tests.sweeps.world import ROLES, World, make_world

# What is opened is no page: a file, or an answer for a script.
NOT_PAGES = {"admin:autocomplete", "admin:jsi18n"}
# What Django's admin breaks and no setting of ours mends: the rule, part of what is told, and why it stays.
STOCK = [
    (
        "aria-input-field-name",
        "select2-",
        "the box of an autocomplete names itself by what is chosen; its label is tied"
        " to the list of choices that it hides",
    ),
]
STAFF = ("provider", "hub", "portal")

pytestmark = pytest.mark.django_db


def staff_page(address: Address) -> bool:
    shown = dict(zip(ROLES, expected(TABLE[address.name]["get"]), strict=True))
    return address.route.startswith("admin/") and any(shown[role] == 200 for role in STAFF)


PAGES = [address for address in addresses() if staff_page(address) and address.name not in NOT_PAGES]


@pytest.fixture(scope="module")
def world(browser, django_db_setup, django_db_blocker) -> Iterator[World]:
    """After the browser, whose event loop gives the thread a connection of its own."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_world()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def served(world: World) -> Iterator[Shelf]:
    with shelf() as served:
        served["/admin/jsi18n/"] = world.clients["portal"].get("/admin/jsi18n/")
        yield served


@pytest.fixture(scope="module")
def window(browser: Browser, served: Shelf) -> Iterator[tuple[Page, Watch]]:
    context = browser.new_context(viewport={"width": 320, "height": 256}, base_url=served.address)
    yield context.new_page(), Watch(context)
    context.close()


@pytest.mark.parametrize("address", PAGES, ids=lambda address: address.name)
def test_page(address, world, served, window, settings):
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 24 * 60 * 60
    page, watch = window
    watch.problems.clear()
    path = address.path(arguments(address, world))
    answers = (world.clients[role].get(path) for role in STAFF)
    served[path] = answer = next(answer for answer in answers if answer.status_code == 200)
    if answer["Content-Type"].startswith("text/html"):
        page.goto(path)
        axe = [
            line
            for line in run_axe(page)
            if not any(rule in line and what in line for rule, what, _ in STOCK)
        ]
        told = axe + page.evaluate(FAULTS) + watch.verdict()
        assert not told, "\n".join(told)


FAULTS = """() => {
    const told = [], all = selector => [...document.querySelectorAll(selector)];
    const wide = document.documentElement.scrollWidth;
    if (wide > window.innerWidth) {
        const edge = window.innerWidth - window.scrollX + 1;
        const out = all("body *").filter(each => each.getBoundingClientRect().right > edge);
        told.push(`${wide} pixels wide: ` + out.slice(0, 6).map(each => each.outerHTML.slice(0, 90)).join(" | "));
    }
    if (all("h1").length !== 1) told.push(`${all("h1").length} h1`);
    return told;
}"""
