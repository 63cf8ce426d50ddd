"""Being told when registration opens: the pages, the same for whoever asks."""

from datetime import timedelta

import pytest
from django.utils import timezone

from applications.models import Interest
from npq_portal.mail.models import OutboxMessage
from npq_portal.switches.models import Switches
from tests.factories.applications import InterestFactory
from tests.people import sign_in

ASK, EMAIL = "/apply/tell-me/", "ada@example.test"


@pytest.fixture
def closed(world):
    Switches.objects.update_or_create(pk=1, defaults={"registration_open": False, "closed_words": "Soon."})


def interested(**given):
    return InterestFactory(email=EMAIL, asked_at=timezone.now() - timedelta(minutes=1), **given)


def test_while_people_may_register_it_leads_there(client, world):
    assert client.get(ASK).url == "/apply/"
    assert client.post(ASK, {"email": EMAIL}).url == "/apply/"
    assert not Interest.objects.exists()


def test_the_closed_page_leads_to_it(client, closed):
    assert f'href="{ASK}"' in client.get("/apply/").content.decode()
    assert "Tell me when registration opens" in client.get(ASK).content.decode()


@pytest.mark.parametrize("known", [True, False])
def test_asking_says_the_same_to_everybody(client, closed, known):
    if known:
        interested(confirmed_at=timezone.now())
    answer = client.post(ASK, {"email": EMAIL}, follow=True)
    assert answer.redirect_chain == [(f"{ASK}asked/", 302)]
    assert EMAIL not in answer.content.decode()
    assert Interest.objects.count() == 1


@pytest.mark.parametrize("email", ["", "nobody"])
def test_no_address_is_said_at_its_place(client, closed, email):
    page = client.post(ASK, {"email": email}).content.decode()
    assert "<title>Error: Tell me when registration opens" in page
    assert not OutboxMessage.objects.exists()


def test_a_person_s_own_address_is_offered(client, closed, teacher):
    assert teacher.email in sign_in(client, teacher).get(ASK).content.decode()


def test_too_often_is_429(client, closed):
    for number in range(20):
        client.post(ASK, {"email": f"a{number}@example.test"})
    assert client.post(ASK, {"email": EMAIL}).status_code == 429


def test_following_the_link_changes_nothing_and_its_button_does(client, closed):
    interest = interested()
    assert EMAIL in client.get(interest.confirm_path).content.decode()
    assert not Interest.objects.confirmed().exists()
    page = client.post(interest.confirm_path, follow=True).content.decode()
    assert "You are on the list" in page
    assert EMAIL not in page
    assert client.post(interest.confirm_path).status_code == 302


def test_taking_oneself_off(client, closed):
    interest = interested(confirmed_at=timezone.now())
    assert "Take me off the list" in client.get(interest.stop_path).content.decode()
    assert "You are off the list" in client.post(interest.stop_path, follow=True).content.decode()
    assert not Interest.objects.exists()
    assert "no longer in use" in client.get(interest.stop_path).content.decode()


def test_a_mail_program_takes_somebody_off_with_one_click(client, closed):
    path = interested(confirmed_at=timezone.now()).stop_path
    answer = client.post(path, {"List-Unsubscribe": "One-Click"})
    assert (answer.status_code, answer.content) == (200, b"")
    assert not Interest.objects.exists()


@pytest.mark.parametrize("page", ["confirm", "stop"])
def test_a_link_that_is_nobody_s(client, closed, page):
    assert "no longer in use" in client.get(f"{ASK}{page}/nonsense/").content.decode()
    assert client.post(f"{ASK}{page}/nonsense/").status_code in (200, 302)


def test_portal_staff_see_how_many_and_nobody(client, closed, portal_staff):
    interested(confirmed_at=timezone.now())
    page = sign_in(client, portal_staff).get("/admin/").content.decode()
    assert "People to tell when registration opens" in page
    assert EMAIL not in page
