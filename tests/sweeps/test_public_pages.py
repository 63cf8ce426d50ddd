"""Every page that anybody may read: 304 when unchanged, a title and a description of its own, one canonical address,
not heavy, and nothing from elsewhere (issue: catalogue, point 10).
"""

import gzip
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import connection, transaction
from django.test import Client

from catalogue.loading import load
from tests.catalogue.conftest import Counter
from tests.sweeps.access_table import TABLE
from tests.sweeps.addresses import addresses, arguments
from tests.sweeps.world import World, make_world

# What everybody gets, and is no page that a search engine should know.
NOT_PAGES = {
    "catalogue:alert": "a form that sends mail",
    "catalogue:alert_asked": "a step of asking",
    "catalogue:alert_confirm": "one person's link",
    "catalogue:alert_stop": "one person's link",
    "catalogue:alert_stopped": "a step of stopping",
    "applications:start": "where a person begins",
    "applications:reminders_off": "one person's link",
    "applications:sponsor_request": "one person's link",
    "catalogue:invitation": "one person's link",
    "dev_mail": "for developers",
    "dev_mail_message": "for developers",
    "applications:erased": "a step of erasing",
    "applications:interest_asked": "a step of asking",
    "applications:interest_confirm": "one person's link",
    "applications:interest_stop": "one person's link",
    "applications:interest_stopped": "a step of stopping",
    "dev_mail_examples": "for developers",
    "dev_mail_example": "for developers",
    "dev_mail_example_html": "for developers",
    "dev_mail_stylesheet": "for developers",
    "signed_out": "a step of signing out",
    "account_inactive": "a step of signing in",
    "sign_in_merged": "a step of signing in",
    "healthz": "for machines",
    "livez": "for machines",
    "funding:workplaces": "for the type-ahead",
    "funding:settings": "for the type-ahead",
    "catalogue:courses_calendar": "a calendar",
    "catalogue:course_calendar": "a calendar",
    "catalogue:hub_calendar": "a calendar",
    "catalogue:sitemap": "for search engines",
    "robots": "for search engines",
}
# Pages that need more than their address to have something on them.
QUERIES = {"funding:terms": "?workplace=100001", "catalogue:compare": "?npq=headship&npq=senco"}
OPEN_TO_ALL = {name for name, row in TABLE.items() if row["get"] == "200"} | {"funding:terms"}
PAGES = [address for address in addresses() if address.name in OPEN_TO_ALL and address.name not in NOT_PAGES]
MOST_BYTES = 100_000

pytestmark = pytest.mark.django_db


class Reader(HTMLParser):
    """What the head says, and what a browser fetches for the page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.canonical: list[str] = []
        self.description: list[str] = []
        self.fetched: list[str] = []
        self.h1 = 0
        self.feed(text)
        self.title = text.split("<title>")[1].split("</title>")[0]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        self.h1 += tag == "h1"
        if tag == "link" and said.get("rel") == "canonical":
            self.canonical.append(said["href"])
        elif tag == "link":
            self.fetched.append(said["href"])
        if tag == "meta" and said.get("name") == "description":
            self.description.append(said["content"])
        if tag in {"script", "img", "iframe", "source", "object", "embed"}:
            self.fetched += [said[name] for name in ("src", "data", "srcset") if name in said]
        # Our scripts are told the addresses of those they load.
        self.fetched += [
            value
            for name, value in said.items()
            if name.startswith("data-") and value.startswith(settings.STATIC_URL)
        ]


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker) -> Iterator[World]:
    """One of everything and the real catalogue, rolled back at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        world = make_world()
        load(Counter())
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        yield world
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def read(made, django_db_blocker) -> dict[str, Reader]:
    with django_db_blocker.unblock():
        return {address.name: Reader(Client().get(path(address, made)).content.decode()) for address in PAGES}


def path(address, world):
    return address.path(arguments(address, world)) + QUERIES.get(address.name, "")


def name(address):
    return address.name


def test_what_everybody_may_open_is_a_page_or_said_to_be_none():
    assert not set(NOT_PAGES) - OPEN_TO_ALL
    assert len(PAGES) >= 16


@pytest.mark.parametrize("address", PAGES, ids=name)
def test_it_is_asked_for_once(address, made):
    """The second time the browser is told that it has it already; a person who is signed in keeps no copy."""
    client = Client()
    first = client.get(path(address, made))
    assert first.status_code == 200
    assert first.headers["Cache-Control"] == "private, no-cache"
    assert "Cookie" in first.headers["Vary"]
    again = client.get(path(address, made), headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = client.get(path(address, made), headers={"If-None-Match": '"another"'})
    assert other.status_code == 200
    signed_in = made.clients["applicant"].get(
        path(address, made), headers={"If-None-Match": first.headers["ETag"]}
    )
    assert signed_in.status_code == 200
    assert "no-store" in signed_in.headers["Cache-Control"]


@pytest.mark.parametrize("address", PAGES, ids=name)
def test_its_head(address, made, read):
    page = read[address.name]
    (canonical,) = page.canonical
    assert canonical.startswith(f"{settings.PORTAL_ADDRESS}/")
    assert canonical.removeprefix(settings.PORTAL_ADDRESS).partition("?")[0] == address.path(
        arguments(address, made)
    )
    (description,) = page.description
    assert 20 <= len(description) <= 320
    assert page.h1 == 1


@pytest.mark.parametrize("about", ["title", "description"])
def test_no_two_say_the_same(about, read):
    said = {name: str(getattr(page, about)) for name, page in read.items()}
    assert len(set(said.values())) == len(said), sorted(said.items(), key=lambda item: item[1])


@pytest.mark.parametrize("address", PAGES, ids=name)
def test_it_is_light_and_fetches_nothing_from_elsewhere(address, made, read):
    """All of it as it is served: compressed."""
    answer = Client().get(path(address, made), headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    sizes = {address.name: len(answer.content)}
    for fetched in read[address.name].fetched:
        assert fetched.startswith(settings.STATIC_URL), f"from elsewhere: {fetched}"
        file = finders.find(fetched.removeprefix(settings.STATIC_URL))
        assert isinstance(file, str), fetched
        with open(file, "rb") as content:
            sizes[fetched] = len(gzip.compress(content.read()))
    assert any(size.endswith("govuk-frontend.min.js") for size in sizes), "a script's own address was missed"
    assert sum(sizes.values()) < MOST_BYTES, sizes


NOISE = "utm_source=x&fbclid=y"


@pytest.mark.parametrize(
    ("asked", "canonical"),
    [
        (f"/courses/?{NOISE}&near=SK7&order=start&page=2", "/courses/"),
        (f"/courses/?npq=NPQH&{NOISE}&mode=online", "/courses/?npq=headship"),
        (f"/compare/?npq=senco&npq=headship&{NOISE}", "/compare/?npq=headship&npq=senco"),
        (f"/which-npq/?{NOISE}&role=head", "/which-npq/"),
        (f"/qualifications/headship/?{NOISE}", "/qualifications/headship/"),
    ],
)
def test_noise_is_not_of_the_canonical_address(made, asked, canonical):
    text = Client().get(asked).content.decode()
    shown = (settings.PORTAL_ADDRESS + canonical).replace("&", "&amp;")
    assert f'<link rel="canonical" href="{shown}">' in text


@pytest.mark.parametrize("missing", ["/nowhere/", "/courses/999999/", "/qualifications/nothing/"])
def test_a_page_that_is_not_there_has_no_canonical_address(made, missing):
    answer = Client().get(missing)
    assert answer.status_code == 404
    assert "canonical" not in answer.content.decode()
