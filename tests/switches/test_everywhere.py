"""What is switched shows on the next page that anybody asks for, kept copies or not."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from npq_portal.switches.models import Switches
from tests.catalogue.conftest import catalogue as catalogue
from tests.factories.catalogue import QualificationFactory
from tests.people import UserFactory, sign_in

pytestmark = pytest.mark.django_db
WORDS, BANNER = "We open again on 4 January.", "Away from 6 to 8 this evening."
PUBLIC = ["/", "/qualifications/", "/courses/", "/funding/", "/privacy/", "/apply/", "/sign-in/", "/nowhere/"]
SIGNED_IN = ["/applications/", "/my-data/", "/apply/", "/"]


def switch(**changes):
    Switches.objects.update_or_create(pk=1, defaults=changes)


def close():
    switch(registration_open=False, closed_words=WORDS)


def show(since=timedelta(hours=-1), until=timedelta(hours=1)):
    now = timezone.now()
    switch(banner=BANNER, banner_from=now + since, banner_until=now + until)


@pytest.mark.parametrize(("change", "told"), [(close, WORDS), (show, BANNER)])
@pytest.mark.parametrize("url", PUBLIC)
def test_public_pages(client, url, change, told):
    first = client.get(url)
    kept = {"If-None-Match": first.headers.get("ETag", '"none"')}
    assert told not in first.content.decode()
    change()
    after = client.get(url, headers=kept)
    assert told in after.content.decode()
    assert told in Client().get(url).content.decode()


@pytest.mark.parametrize(("change", "told"), [(close, WORDS), (show, BANNER)])
@pytest.mark.parametrize("url", SIGNED_IN)
def test_pages_of_a_person(client, url, change, told):
    sign_in(client, UserFactory())
    change()
    assert told in client.get(url).content.decode()


def test_a_banner_begins_and_ends_by_itself(client, monkeypatch):
    begins = datetime(2026, 11, 22, 18, tzinfo=UTC)
    switch(banner=BANNER, banner_from=begins, banner_until=begins + timedelta(hours=2))
    told = []
    for minutes in (-1, 0, 119, 120):
        moment = begins + timedelta(minutes=minutes)
        monkeypatch.setattr("npq_portal.switches.requests.timezone.now", lambda moment=moment: moment)
        told.append(BANNER in client.get("/").content.decode())
    assert told == [False, True, True, False]


def test_what_staff_write_is_no_markup(client):
    switch(registration_open=False, closed_words="<b>Closed</b>")
    assert "&lt;b&gt;Closed" in client.get("/").content.decode()


def test_nobody_is_led_to_apply_while_it_is_closed(client, catalogue):
    npq = "/qualifications/headship/"
    assert "Apply for" in client.get(npq).content.decode()
    close()
    assert "Apply for" not in client.get(npq).content.decode()


def test_a_page_that_needs_nothing_else_of_the_database_is_shown_without_it(client, monkeypatch):
    def nobody_answers(*arguments, **options):
        raise OperationalError

    monkeypatch.setattr(Switches.objects, "now", nobody_answers)
    assert client.get("/privacy/").status_code == 200


@pytest.mark.parametrize("rows", [1, 30])
def test_it_costs_a_page_no_query_that_asks_for_the_version_anyway(client, rows, django_assert_num_queries):
    for _ in range(rows):
        QualificationFactory()
    client.get("/qualifications/")
    with django_assert_num_queries(1):
        client.get("/qualifications/")
