"""Being told once when registration opens, and then forgotten."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError

from applications import tasks
from applications.actions import interest as verbs
from applications.actions.errors import TooManyAsked
from applications.actions.retention import apply_all
from applications.models import Interest
from applications.models.interest import CONFIRM, STOP
from npq_portal.mail import sending
from npq_portal.mail.models import OutboxMessage
from npq_portal.switches.models import Switches
from tests.factories.applications import LATER, NOW, InterestFactory

EMAIL = "ada@example.test"
OPENS = date(2026, 12, 1)


@pytest.fixture
def closed(world):
    world.term.registration_opens = OPENS
    world.term.save()
    return world.term


def ask(email=EMAIL, now=NOW, address="192.0.2.1"):
    verbs.ask_to_be_told(email=email, address=address, now=now)


def templates():
    return list(OutboxMessage.objects.order_by("pk").values_list("template", flat=True))


def test_nothing_is_told_until_the_link_is_followed(closed, settings):
    settings.PORTAL_ADDRESS = "https://npq.example.org"
    ask("Ada@Example.test")
    asked = Interest.objects.get()
    assert (asked.email, asked.confirmed_at) == (EMAIL, None)
    mail = OutboxMessage.objects.get()
    assert f"https://npq.example.org{asked.confirm_path}" in mail.text
    assert "by 29 November 2026" in mail.text
    closed.registration_opens = NOW.date()
    closed.save()
    assert verbs.tell_of_opening(now=LATER) == 0
    assert verbs.confirm_interest(interest=asked, now=LATER)
    assert not verbs.confirm_interest(interest=asked, now=LATER)


def test_the_outbox_keeps_no_address(closed):
    ask()
    mail = OutboxMessage.objects.get()
    sending.attempt(mail.pk, now=NOW)
    mail.refresh_from_db()
    assert (mail.state, mail.to) == ("sent", "")


def test_who_is_on_it_is_told_once_when_it_opens_and_forgotten(closed):
    InterestFactory(email=EMAIL, confirmed_at=NOW)
    InterestFactory()
    assert verbs.tell_of_opening(now=NOW) == 0
    opened = NOW + (OPENS - NOW.date())
    assert verbs.tell_of_opening(now=opened) == 1
    assert verbs.tell_of_opening(now=opened) == 0
    mail = OutboxMessage.objects.get()
    assert (mail.to, mail.subject) == (EMAIL, "Registration is open for autumn 2026")
    assert Interest.objects.confirmed().count() == 0
    sending.attempt(mail.pk, now=opened)
    mail.refresh_from_db()
    assert mail.to == ""


def test_nobody_is_told_while_the_switch_is_off(world):
    InterestFactory(confirmed_at=NOW)
    Switches.objects.update_or_create(pk=1, defaults={"registration_open": False, "closed_words": "Soon."})
    assert verbs.tell_of_opening(now=NOW) == 0
    Switches.objects.update(registration_open=True)
    assert verbs.tell_of_opening(now=NOW) == 1


def test_nobody_is_told_of_a_term_without_rules(world):
    world.term.identifier = "autumn-2099"
    world.term.save()
    InterestFactory(confirmed_at=NOW)
    assert verbs.tell_of_opening(now=NOW) == 0


def test_who_stops_it_is_not_told(world):
    interest = InterestFactory(confirmed_at=NOW)
    verbs.stop_interest(interest=Interest.objects.get())
    assert not verbs._tell(interest, ["Autumn 2026"], NOW)
    assert templates() == []


def test_who_is_known_gets_another_mail_and_the_page_says_the_same(closed):
    InterestFactory(email=EMAIL, confirmed_at=NOW)
    ask(now=NOW + timedelta(hours=1))
    assert templates() == ["applications/interest_is_on"]
    assert Interest.objects.get().stop_path in OutboxMessage.objects.get().unsubscribe


def test_a_double_click_makes_one_mail(closed):
    ask()
    ask(now=NOW + timedelta(seconds=1))
    assert templates() == ["applications/interest_confirm"]
    ask(now=NOW + timedelta(minutes=11))
    assert len(templates()) == 2


@pytest.mark.parametrize(
    ("given", "limit"),
    [(lambda number: {}, 3), (lambda number: {"email": f"a{number}@example.test"}, 20)],
    ids=["address of mail", "address of client"],
)
def test_it_is_asked_only_so_often(closed, given, limit):
    for number in range(limit):
        ask(**given(number))
    with pytest.raises(TooManyAsked):
        ask(**given(limit))


def test_who_never_confirms_is_forgotten(world):
    late = InterestFactory(asked_at=NOW - timedelta(days=7))
    kept = InterestFactory(asked_at=NOW - timedelta(days=6))
    assert not verbs.confirm_interest(interest=late, now=NOW)
    assert apply_all(now=NOW).gone["unconfirmed"] == 1
    assert list(Interest.objects.all()) == [kept]


def test_the_task_tells_and_forgets(world, monkeypatch):
    monkeypatch.setattr(tasks.timezone, "now", lambda: NOW)
    InterestFactory(confirmed_at=NOW)
    tasks.tell_who_asked(0)
    assert templates() == ["applications/interest_opened"]
    assert not Interest.objects.exists()


def test_a_link_is_for_one_purpose(world):
    interest = InterestFactory()
    token = interest.confirm_path.split("/")[-2]
    assert Interest.objects.of_link(CONFIRM, token).get() == interest
    assert not Interest.objects.of_link(STOP, token).exists()
    assert not Interest.objects.of_link(CONFIRM, str(interest.pk)).exists()


@pytest.mark.parametrize(
    ("wrong", "constraint"),
    [
        ({"email": EMAIL}, "applications_interest_email"),
        ({"email": "Ada@x.test"}, "interest_in_small_letters"),
        ({"confirmed_at": NOW - timedelta(days=1)}, "interest_confirmed_after_it_was_asked"),
    ],
)
def test_what_the_database_refuses(world, wrong, constraint):
    InterestFactory(email=EMAIL)
    with pytest.raises(IntegrityError, match=constraint):
        InterestFactory(**wrong)
