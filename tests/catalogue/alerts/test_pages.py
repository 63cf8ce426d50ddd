"""The pages of an alert: asking, confirming, stopping."""

import re
from datetime import timedelta

import pytest
from django.core.cache import caches
from django.test import Client
from django.utils import timezone

from catalogue.actions import alerts
from catalogue.models import CourseAlert
from npq_portal.mail.models import OutboxMessage
from tests.catalogue.finder.making import places, run_at
from tests.factories.catalogue import QualificationFactory
from tests.people import UserFactory, sign_in

pytestmark = pytest.mark.django_db
ASK = "/courses/alerts/?npq=headship&near=SK7"
EMAIL = "tess@example.test"


@pytest.fixture(autouse=True)
def headship(db):
    places()
    return QualificationFactory(name="Headship", identifier="npq-headship")


def words(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


@pytest.fixture
def alert(client):
    client.post(ASK, {"email": EMAIL})
    return CourseAlert.objects.get()


@pytest.mark.parametrize("query", ["", "?near=SK7&mode=online&page=2&order=closing"])
def test_the_finder_leads_there_with_its_filters(client, query):
    for _ in range(2):
        text = client.get(f"/courses/{query}").content.decode()
        assert ('href="/courses/alerts/?near=SK7&amp;mode=online"' in text) == bool(query)
        caches["pages"].clear()
        run_at("SK7", mode="online")


def test_from_asking_to_being_on(client):
    page = client.get(ASK)
    assert "NPQ Headship Near SK7" in words(page)
    assert "no-store" in page.headers["Cache-Control"]
    answer = client.post(ASK, {"email": " Tess@Example.test "}, follow=True)
    assert answer.redirect_chain == [("/courses/alerts/asked/", 302)]
    assert "Follow the link in it within 7 days" in words(answer)
    alert = CourseAlert.objects.get()
    assert (alert.email, alert.search) == (EMAIL, "npq=headship&near=SK7")
    offered = client.get(alert.confirm_path)
    assert "Turn on your alert" in words(offered)
    assert EMAIL in words(offered)
    assert CourseAlert.objects.get().confirmed_at is None
    on = client.post(alert.confirm_path, follow=True)
    assert on.redirect_chain == [(alert.confirm_path, 302)]
    assert "Your alert is on" in words(on)
    assert 'href="/courses/?npq=headship&amp;near=SK7"' in on.content.decode()
    assert CourseAlert.objects.get().confirmed_at is not None


def test_a_known_address_is_answered_in_the_same_words(client, alert):
    alerts.confirm_alert(alert=alert, now=timezone.now())
    known = client.post(ASK, {"email": EMAIL}, follow=True)
    unknown = Client().post(ASK, {"email": "nobody@example.test"}, follow=True)
    assert (known.redirect_chain, words(known)) == (unknown.redirect_chain, words(unknown))


@pytest.mark.parametrize("email", ["", "tess", "tess@", "a@b.test, c@d.test", "a@b.test\nBcc: c@d.test"])
def test_what_is_no_address_is_told(client, email):
    answer = client.post(ASK, {"email": email})
    assert answer.status_code == 200
    assert "<title>Error: Tell me when a course appears" in answer.content.decode()
    assert not CourseAlert.objects.exists()


def test_without_a_filter_there_is_nothing_to_ask_for(client):
    answer = client.post("/courses/alerts/?order=closing", {"email": EMAIL})
    assert "Say first what you look for" in words(answer)
    assert not CourseAlert.objects.exists()


def test_what_could_not_be_used_is_told_before_asking(client):
    told = words(client.get(ASK + "&mode=frog"))
    assert "We left out what we could not use: the way of teaching “frog”." in told


def test_who_is_signed_in_need_not_type_their_address(client):
    person = UserFactory()
    sign_in(client, person)
    assert f'value="{person.email}"' in client.get(ASK).content.decode()


def test_too_many(client):
    for _ in range(alerts.ASKED_BY_EMAIL[alerts.IN_AN_HOUR]):
        client.post(ASK, {"email": EMAIL})
    answer = client.post(ASK, {"email": EMAIL})
    assert answer.status_code == 429
    assert OutboxMessage.objects.count() == 1


def test_a_form_of_another_site_asks_for_nothing():
    assert Client(enforce_csrf_checks=True).post(ASK, {"email": EMAIL}).status_code == 403
    assert not CourseAlert.objects.exists()


def test_confirming_twice_is_confirming_once(client, alert):
    client.post(alert.confirm_path)
    first = CourseAlert.objects.get().confirmed_at
    assert "Your alert is on" in words(client.post(alert.confirm_path, follow=True))
    assert CourseAlert.objects.get().confirmed_at == first


def test_a_link_that_is_too_old(client, alert):
    CourseAlert.objects.update(asked_at=timezone.now() - timedelta(days=7))
    assert "There is no such alert any more" in words(client.post(alert.confirm_path, follow=True))
    assert CourseAlert.objects.get().confirmed_at is None


@pytest.mark.parametrize("purpose", ["confirm", "stop"])
@pytest.mark.parametrize("token", ["x", "%F0%9F%8F%AB", "0" * 500, "a:b"])
def test_a_link_of_no_alert(client, alert, purpose, token):
    for answer in (
        client.get(f"/courses/alerts/{purpose}/{token}/"),
        client.post(f"/courses/alerts/{purpose}/{token}/", follow=True),
    ):
        assert answer.status_code == 200
    assert "There is no such alert any more" in words(client.get(f"/courses/alerts/{purpose}/{token}/"))
    assert CourseAlert.objects.get().confirmed_at is None


def test_stopping_needs_a_button(client, alert):
    assert "Headship" in words(client.get(alert.stop_path))
    assert CourseAlert.objects.exists()
    stopped = client.post(alert.stop_path, follow=True)
    assert stopped.redirect_chain == [("/courses/alerts/stopped/", 302)]
    assert "Your alert has stopped" in words(stopped)
    assert not CourseAlert.objects.exists()
    assert client.post(alert.stop_path, follow=True).redirect_chain == stopped.redirect_chain
    assert "There is no such alert any more" in words(client.get(alert.confirm_path))


def test_a_mail_program_stops_it_with_one_click(alert):
    """RFC 8058: a POST from nobody's browser, answered without a redirect."""
    answer = Client(enforce_csrf_checks=True).post(alert.stop_path, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert not CourseAlert.objects.exists()


@pytest.mark.parametrize("runs", [1, 30])
def test_queries(client, runs, django_assert_max_num_queries):
    for _ in range(runs):
        run_at("SK7")
    with django_assert_max_num_queries(5):
        client.get(ASK)


def test_the_address_of_nobody_is_in_an_address(alert):
    assert EMAIL not in alert.confirm_path + alert.stop_path


def test_privacy_tells_of_it(client):
    assert "When you ask to be told of courses" in words(client.get("/privacy/"))
