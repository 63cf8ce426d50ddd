"""304 for a page that has not changed: never stale, never somebody else's."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from catalogue.models import Offer, Qualification, Term
from tests.factories.catalogue import CourseRunFactory
from tests.people import UserFactory, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue", "version_moves_at_once")]
PAGES = [
    "/",
    "/qualifications/",
    "/qualifications/headship/",
    "/compare/",
    "/which-npq/",
    "/which-npq/?role=head",
    "/compare/?npq=headship&npq=senior-leadership",
    "/providers/",
    "/providers/teach-first/",
    "/hubs/?place=Stockport",
    "/hubs/EE6/",
    "/partners/university-of-wolverhampton/",
]


def again(client, url, first):
    return client.get(url, headers={"If-None-Match": first.headers["ETag"]}).status_code


@pytest.mark.parametrize("url", PAGES)
def test_an_unchanged_page(client, today, url):
    first = client.get(url)
    assert again(client, url, first) == 304


@pytest.mark.parametrize("url", PAGES)
def test_one_query_answers_it(client, today, url, django_assert_num_queries):
    first = client.get(url)
    with django_assert_num_queries(1):
        again(client, url, first)


@pytest.mark.parametrize("url", PAGES)
def test_the_page_made_for_one_is_given_to_the_next_in_one_query(
    client, today, url, django_assert_num_queries
):
    first = client.get(url)
    with django_assert_num_queries(1):
        second = Client().get(url)
    assert (second.content, second.headers["ETag"]) == (first.content, first.headers["ETag"])
    assert client.head(url).headers["Content-Length"] == str(len(first.content))


@pytest.mark.parametrize("url", PAGES)
def test_a_page_made_for_somebody_signed_in_is_given_to_nobody_else(client, today, url):
    client.get(url)
    sign_in(client, UserFactory())
    assert "Sign out" in client.get(url).content.decode()
    assert "Sign out" not in Client().get(url).content.decode()


def test_a_page_made_before_is_not_given_while_templates_are_worked_on(client, today, settings):
    client.get("/")
    settings.DEBUG = True
    with CaptureQueriesContext(connection) as queries:
        client.get("/")
    assert len(queries) > 1


def test_a_page_that_is_not_there_is_looked_for_again(client, today):
    assert client.get("/qualifications/nothing/").status_code == 404
    assert client.get("/qualifications/nothing/").status_code == 404


def change_a_word():
    Qualification.objects.get(code="NPQH").save()


def remove_a_row():
    Offer.objects.filter(qualification__code="NPQH").first().delete()


def close_registration():
    term = Term.objects.get(identifier="autumn-2026")
    term.registration_closes = date(2026, 12, 1)
    term.save()


def add_a_run():
    CourseRunFactory(
        qualification=Qualification.objects.get(code="NPQH"), term=Term.objects.get(identifier="autumn-2026")
    )


@pytest.mark.parametrize("change", [change_a_word, remove_a_row, close_registration, add_a_run])
@pytest.mark.parametrize("url", PAGES)
def test_a_change_is_seen(client, today, url, change):
    first = client.get(url)
    change()
    assert again(client, url, first) == 200
    assert Client().get(url).headers["ETag"] != first.headers["ETag"]


def test_an_older_change_committed_later_is_seen(client, today):
    """The newest time stays the same; the page must not."""
    first = client.get("/qualifications/")
    Qualification.objects.filter(code="NPQH").update(updated_at="2020-01-01T00:00Z")
    assert again(client, "/qualifications/", first) == 200


def test_a_new_day_is_seen(client, today):
    first = client.get("/")
    today(date(2026, 11, 23))
    assert again(client, "/", first) == 200


def test_pages_do_not_share_a_version(client, today):
    assert again(client, "/qualifications/", client.get("/")) == 200


@pytest.mark.parametrize("url", PAGES)
def test_somebody_who_signs_in_gets_their_own_page(client, today, url):
    first = client.get(url)
    sign_in(client, UserFactory())
    answer = client.get(url, headers={"If-None-Match": first.headers["ETag"]})
    assert answer.status_code == 200
    assert "Sign out" in answer.content.decode()
    assert "ETag" not in answer.headers


@pytest.mark.parametrize("url", PAGES)
def test_what_may_be_stored_holds_no_token_and_no_nonce(client, today, url):
    answer = client.get(url)
    text = answer.content.decode()
    assert "csrfmiddlewaretoken" not in text
    assert "nonce" not in text
    assert "nonce" not in answer.headers["Content-Security-Policy"]
    assert "Cookie" in answer.headers["Vary"]
    assert "private" in answer.headers["Cache-Control"]


def test_a_waiting_message_is_not_lost_to_a_304(client, today, monkeypatch):
    first = client.get("/")
    monkeypatch.setattr("npq_portal.conditional.get_messages", lambda request: ["You have signed out."])
    assert again(client, "/", first) == 200
