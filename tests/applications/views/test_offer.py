"""Answering an offer: shown, answered once, too late told."""

import pytest

from applications.models import Application, FundedPlaces
from tests.factories.applications import NOW, ApplicationFactory, FundedPlacesFactory


@pytest.fixture
def offered(world, teacher):
    FundedPlacesFactory(
        provider=world.ambition, qualification=world.headship, term=world.term, cap=1, taken=1
    )
    return ApplicationFactory(
        offered=True,
        applicant=teacher,
        provider=world.ambition,
        qualification=world.headship,
        term=world.term,
        offer_ends_at="2099-01-01T00:00Z",
    )


def address(application):
    return f"/applications/{application.pk}/offer/"


UNTIL = "2099-01-01T00:00:00+00:00"


def answered(client, application, answer, **more):
    return client.post(address(application), {"answer": answer, "until": UNTIL}, **more)


def state():
    return Application.objects.get().state


def test_it_says_what_each_answer_does_and_by_when(teacher_client, offered):
    html = teacher_client.get(address(offered)).content.decode()
    assert "31 December 2098" in html
    assert "you are accepted" in html
    assert state() == "offered"


@pytest.mark.parametrize(("answer", "ends", "taken"), [("yes", "accepted", 1), ("no", "submitted", 0)])
def test_it_is_answered(teacher_client, offered, answer, ends, taken):
    response = answered(teacher_client, offered, answer)
    assert response.url == offered.get_absolute_url()
    assert (state(), FundedPlaces.objects.get().taken) == (ends, taken)


@pytest.mark.parametrize("answer", ["", "maybe", "\x00", "yes" * 9999])
def test_nonsense_is_asked_again(teacher_client, offered, answer):
    assert (
        "Choose yes to take up" in teacher_client.post(address(offered), {"answer": answer}).content.decode()
    )
    assert state() == "offered"


def test_too_late_is_told(teacher_client, offered):
    Application.objects.update(offer_ends_at=NOW)
    page = {"answer": "yes", "until": NOW.isoformat()}
    html = teacher_client.post(address(offered), page, follow=True).content.decode()
    assert "This offer has ended" in html
    assert state() == "offered"


def test_a_second_answer_changes_nothing(teacher_client, offered):
    answered(teacher_client, offered, "yes")
    html = answered(teacher_client, offered, "no", follow=True).content.decode()
    assert "No funded place is on offer" in html
    assert state() == "accepted"


def test_the_answer_to_an_earlier_offer_answers_no_later_one(teacher_client, offered):
    Application.objects.update(offer_ends_at="2099-02-01T00:00Z")
    html = answered(teacher_client, offered, "no", follow=True).content.decode()
    assert "This is another one" in html
    assert state() == "offered"
