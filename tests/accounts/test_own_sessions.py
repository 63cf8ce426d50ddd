"""A person sees where they are signed in, and ends it there."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from npq_portal.accounts.models import Session
from npq_portal.accounts.own_sessions import browser_of, open_sessions
from npq_portal.audit.models import AuditEvent
from tests.accounts.signing_in import ask, give, mailed_code
from tests.people import StaffFactory, UserFactory, sign_in

pytestmark = pytest.mark.django_db
PAGE = "/sign-in/sessions/"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1"


@pytest.fixture
def person():
    return UserFactory()


@pytest.fixture
def here(client, person):
    return sign_in(client, person)


@pytest.fixture
def there(person):
    return sign_in(Client(), person)


def listed(client):
    return client.get(PAGE).context["sessions"]


def test_both_are_told_this_one_first(here, there):
    assert [each.is_this for each in listed(here)] == [True, False]
    assert here.session.session_key not in here.get(PAGE).content.decode()


def test_another_ends_on_its_next_request(here, there):
    other = next(each for each in listed(here) if not each.is_this)
    assert here.post(PAGE, {"session": other.name}).status_code == 302
    assert there.get(PAGE).status_code == 302
    assert len(listed(here)) == 1
    assert AuditEvent.objects.get(action="accounts.sessions_ended").new == {"sessions": 1}


def test_all_others_end_and_this_one_stays(here, there, person):
    third = sign_in(Client(), person)
    here.post(PAGE)
    assert [each.get(PAGE).status_code for each in (here, there, third)] == [200, 302, 302]
    here.post(PAGE)
    assert AuditEvent.objects.filter(action="accounts.sessions_ended").count() == 1


def test_nobody_elses_is_seen_or_ended(here):
    stranger = sign_in(Client(), UserFactory())
    theirs = listed(stranger)[0].name
    assert len(listed(here)) == 1
    here.post(PAGE, {"session": theirs})
    here.post(PAGE)
    assert stranger.get(PAGE).status_code == 200


def test_of_staff_those_that_are_over_are_left_out():
    staff, now = StaffFactory(), timezone.now()
    client = sign_in(Client(), staff)
    assert len(open_sessions(staff, "", now)) == 1
    session = client.session
    session["seen_at"] = (now - timedelta(minutes=31)).timestamp()
    session.save()
    assert open_sessions(staff, "", now) == []


def test_the_browser_is_told_by_its_kind_alone(client):
    client.defaults["HTTP_USER_AGENT"] = FIREFOX
    ask(client)
    give(client, mailed_code())
    assert listed(client)[0].browser == "Firefox on Windows"
    assert "rv:140" not in str(Session.objects.get().get_decoded())


@pytest.mark.parametrize(
    ("agent", "told"),
    [(CHROME, "Chrome on Linux"), (IPHONE, "Safari on iPhone"), ("", "A browser")],
    ids=["chrome", "iphone", "nothing"],
)
def test_kinds_of_browsers(agent, told):
    assert browser_of(agent) == told


def test_nobody_who_is_not_signed_in(client):
    assert client.get(PAGE).status_code == 302
