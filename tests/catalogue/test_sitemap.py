"""The sitemap and robots.txt."""

import re
from datetime import UTC, datetime
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import pytest
from django.test import Client

from catalogue.models import CourseRun, Qualification
from tests.factories.catalogue import (
    CourseRunFactory,
    DeliveryPartnerFactory,
    QualificationFactory,
    SectionFactory,
)
from tests.queries import queries_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("version_moves_at_once")]
SITE = "https://npq.example.org"
NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture(autouse=True)
def address(settings):
    settings.PORTAL_ADDRESS = SITE


def listed(client):
    """Address -> the time it was last written, as it is told, or None."""
    answer = client.get("/sitemap.xml")
    assert answer.headers["Content-Type"] == "application/xml"
    root = ElementTree.fromstring(answer.content)
    assert root.tag == f"{NAMESPACE}urlset"
    return {url.findtext(f"{NAMESPACE}loc"): url.findtext(f"{NAMESPACE}lastmod") for url in root}


def test_it_lists_pages_that_are_there(client):
    SectionFactory(qualification=QualificationFactory(identifier="npq-headship"), title="School culture")
    CourseRunFactory()
    found = listed(client)
    for path in ("", "framework/", "framework/school-culture/"):
        assert f"{SITE}/qualifications/headship/{path}" in found
    for row in (CourseRun.objects.get().provider, CourseRun.objects.get().hub, DeliveryPartnerFactory()):
        assert SITE + row.get_absolute_url() in listed(client)
    for whole in found:
        assert whole.startswith(f"{SITE}/")
        answer = client.get(whole.removeprefix(SITE))
        assert answer.status_code == 200
        assert f'<link rel="canonical" href="{whole}">' in answer.content.decode()


def test_the_time_is_that_of_the_row(client):
    run, npq = CourseRunFactory(), QualificationFactory(identifier="npq-headship")
    saved = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
    CourseRun.objects.filter(pk=run.pk).update(updated_at=saved)
    Qualification.objects.filter(pk=npq.pk).update(updated_at=saved)
    found = listed(client)
    assert found[f"{SITE}/courses/{run.pk}/"] == found[f"{SITE}/qualifications/headship/"] == "2026-11-20"
    assert found[f"{SITE}/"] is None


def test_what_is_made_up_hidden_or_cancelled_is_not_listed(client):
    CourseRunFactory(is_example=True)
    CourseRunFactory(state="cancelled")
    CourseRunFactory(qualification=QualificationFactory(identifier="npq-hidden", hidden=True))
    assert not [address for address in listed(client) if re.search(r"/courses/\d|hidden", address)]


def test_queries_do_not_grow(client):
    CourseRunFactory()
    few = queries_of(lambda: client.get("/sitemap.xml"))
    for _ in range(30):
        CourseRunFactory()
    assert queries_of(lambda: client.get("/sitemap.xml")) == few


def test_an_unchanged_one_is_answered_with_304(client):
    for path in ("/sitemap.xml", "/robots.txt"):
        etag = client.get(path).headers["ETag"]
        assert client.get(path, headers={"If-None-Match": etag}).status_code == 304
    CourseRunFactory()
    etag = client.get("/sitemap.xml").headers["ETag"]
    CourseRunFactory()
    assert client.get("/sitemap.xml", headers={"If-None-Match": etag}).status_code == 200


def as_given(response):
    """Its headers, but for the one that tells one request from another."""
    return {name: value for name, value in response.headers.items() if name != "X-Request-ID"}


def test_it_is_made_once_and_given_to_others_as_it_was(client, django_assert_num_queries):
    CourseRunFactory()
    first = client.get("/sitemap.xml")
    for address in ("/sitemap.xml", "/sitemap.xml?other=1", "/sitemap.xml?p=01"):
        with django_assert_num_queries(1):
            second = Client().get(address)
        assert second.content == first.content
        assert as_given(second) == as_given(first)
    for page in ("2", "x"):
        assert client.get(f"/sitemap.xml?p={page}").status_code == 404


def test_robots_are_led_to_it_and_kept_from_what_is_somebodys(client):
    answer = client.get("/robots.txt")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    rules = RobotFileParser()
    rules.parse(answer.content.decode().splitlines())
    assert rules.site_maps() == [f"{SITE}/sitemap.xml"]
    for path in (
        "/admin/",
        "/applications/",
        "/apply/",
        "/sign-in/",
        "/courses/alerts/stop/x/",
        "/dev/mail/",
    ):
        assert not rules.can_fetch("anybot", SITE + path)
    for path in ("/", "/courses/", "/courses/1/", "/courses/?npq=headship", "/qualifications/headship/"):
        assert rules.can_fetch("anybot", SITE + path)
