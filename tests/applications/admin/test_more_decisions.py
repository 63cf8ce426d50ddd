"""Waiting list, offer, question, training and messages in the admin: each page shown, done once, refused kindly."""

from datetime import date

import pytest
from django.utils import timezone

from applications.models import Application, FundedPlaces, Message
from catalogue.models import MemberRole
from tests.factories.applications import ApplicationFactory, FundedPlacesFactory, staff_of
from tests.people import sign_in


@pytest.fixture
def client_of(client):
    return lambda person: sign_in(client, person)


@pytest.fixture
def deciding(admin_as):
    return admin_as("decider")


def state():
    return Application.objects.get().state


def words(response):
    return response.content.decode()


def test_the_screen_offers_what_is_open_now_and_nothing_else(deciding, theirs, address):
    html = words(deciding.get(address("change", theirs)))
    for label in ("Accept", "Put on the waiting list", "Ask for more information", "Do not accept"):
        assert f">{label}</a>" in html
    assert "Record training" not in html
    assert "Offer a funded place" not in html


def test_onto_the_waiting_list_and_an_offer(deciding, theirs, address):
    places = FundedPlacesFactory(
        provider=theirs.provider, qualification=theirs.qualification, term=theirs.term, cap=0
    )
    assert "waiting list" in words(deciding.get(address("waiting_list", theirs)))
    assert "Number 1" in words(
        deciding.post(address("waiting_list", theirs), {"reason": "Full."}, follow=True)
    )
    Application.objects.update(undo_until=timezone.now())  # Ten minutes pass: they are told.
    assert "No funded place is left" in words(deciding.get(address("offer", theirs)))
    assert "No funded place is left" in words(deciding.post(address("offer", theirs), follow=True))
    FundedPlaces.objects.filter(pk=places.pk).update(cap=1)
    html = words(deciding.post(address("offer", theirs), follow=True))
    assert "Offer open until the end of" in html
    assert state() == "offered"


def test_who_puts_somebody_on_the_list_while_places_are_free_is_warned(deciding, theirs, address):
    places = FundedPlacesFactory(
        provider=theirs.provider, qualification=theirs.qualification, term=theirs.term, cap=20
    )
    free = "a place that is free already is never offered by itself"
    html = words(deciding.get(address("waiting_list", theirs)))
    assert "20 of your 20 funded places are left" in html
    assert free in html
    assert address("accept", theirs) in html
    FundedPlaces.objects.filter(pk=places.pk).update(taken=20)
    html = words(deciding.get(address("waiting_list", theirs)))
    assert "0 of your 20 funded places are left" in html
    assert free not in html


def test_asking(deciding, theirs, address):
    assert "Write what you need to know" in words(deciding.post(address("ask", theirs), {"text": " "}))
    html = words(deciding.post(address("ask", theirs), {"text": "Which <stage>?"}, follow=True))
    assert "Which &lt;stage&gt;?" in html
    assert state() == "more_information"


def test_a_message(deciding, theirs, address):
    html = words(deciding.post(address("message", theirs), {"text": "Welcome."}, follow=True))
    assert "Your message is sent" in html
    assert Message.objects.get().text == "Welcome."
    assert "before you send it" in words(deciding.post(address("message", theirs), {"text": ""}, follow=True))


@pytest.fixture
def accepted(world):
    return ApplicationFactory(accepted=True, provider=world.ambition)


def train(client, address, application, **given):
    values = {"action": "start_training", "on": f"{date.today():%d/%m/%Y}", "reason": "", **given}
    return client.post(address("training", application), values, follow=True)


def test_training_from_start_to_pause(deciding, accepted, address):
    Application.objects.update(registered_at="2026-01-01T10:00Z")
    html = words(deciding.get(address("training", accepted)))
    assert "Started the training" in html
    assert "Passed" not in html
    assert "That is recorded." in words(train(deciding, address, accepted))
    assert "Give a reason" in words(train(deciding, address, accepted, action="defer"))
    html = words(train(deciding, address, accepted, action="defer", reason="Parental leave."))
    assert "Paused the training" in html
    assert "Parental leave." in html
    assert state() == "deferred"


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"action": ""}, "Choose what happened"),
        ({"action": "pass"}, "Choose what happened"),
        ({"on": ""}, "Enter the day"),
        ({"on": "31/02/2026"}, "Enter a day like"),
        ({"on": "01/01/9999"}, "Choose today or a day that has passed"),
        ({"on": "01/01/0001"}, "or a later day"),
        ({"reason": "x" * 2001}, "2,000 characters"),
    ],
)
def test_training_that_cannot_be(deciding, accepted, address, given, told):
    assert told in words(train(deciding, address, accepted, **given))
    assert state() == "accepted"


@pytest.mark.parametrize("page", ["waiting_list", "offer", "ask", "training", "message"])
def test_those_who_only_look_are_refused(client_of, world, theirs, address, page):
    assert (
        client_of(staff_of(world.ambition, MemberRole.SCORER)).post(address(page, theirs)).status_code == 403
    )


@pytest.mark.parametrize("page", ["waiting_list", "offer", "ask", "training", "message"])
def test_a_rival_learns_nothing(admin_as, theirs, address, page):
    assert admin_as("rival").post(address(page, theirs)).status_code == 404


def test_moving_on_the_waiting_list(deciding, theirs, address):
    like = {name: getattr(theirs, name) for name in ("provider", "qualification", "term", "form")}
    rows = [ApplicationFactory(waiting_list=True, waiting_number=n, **like) for n in (1, 2, 3)]
    page = deciding.get(address("place", rows[2]))
    assert [row.pk for row in page.context["asked"].line] == [row.pk for row in rows]
    given = {"order": page.context["form"]["order"].value(), "reason": "She waited longest."}
    assert "Enter a place, such as 1" in words(
        deciding.post(address("place", rows[2]), {**given, "place": "x"})
    )
    assert "Give a reason" in words(
        deciding.post(address("place", rows[2]), {**given, "place": 1, "reason": ""})
    )
    told = words(deciding.post(address("place", rows[2]), {**given, "place": 1}, follow=True))
    assert "has another place on the waiting list." in told
    assert "She waited longest." in told
    stale = words(deciding.post(address("place", rows[2]), {**given, "place": 2}, follow=True))
    assert "The waiting list changed while you were looking at it" in stale
    assert list(Application.objects.waiting()) == [rows[2], rows[0], rows[1]]
