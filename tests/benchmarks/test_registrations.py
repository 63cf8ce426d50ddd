"""What the load is made of: people who really can register, and a count that finds whatever went wrong."""

from collections import deque

import pytest
from django.conf import settings
from django.test import Client

from applications.models import Application
from npq_portal.mail.models import OutboxMessage
from tests.benchmarks import registrations
from tests.factories.applications import make_world
from tests.factories.funding import EstablishmentFactory

pytestmark = pytest.mark.django_db
PEOPLE = 3


@pytest.fixture
def people(monkeypatch):
    make_world()
    EstablishmentFactory(type_name=registrations.KIND_OF_SCHOOL)
    monkeypatch.setattr(registrations, "CLIENTS", PEOPLE)
    monkeypatch.setattr(registrations, "EACH", 1)
    return registrations.make_ready()


def press(person):
    browser = Client()
    browser.cookies[settings.SESSION_COOKIE_NAME] = person.cookie
    return browser.post(person.address)


def test_everybody_is_signed_in_with_a_draft_that_can_be_registered(people):
    for _ in range(2):
        assert all(press(person).url.endswith(registrations.REGISTERED) for person in people)
    assert registrations.wrong(PEOPLE) == 0


@pytest.mark.parametrize("missing", [Application, OutboxMessage])
def test_one_that_was_lost_is_counted(people, missing):
    for person in people:
        press(person)
    missing.objects.all()[0].delete()
    assert registrations.wrong(PEOPLE) == 1


def test_everybody_is_taken_once_whichever_clients_are_free():
    waiting = deque(range(PEOPLE))
    first, second = registrations.each_next(waiting), registrations.each_next(waiting)
    assert [next(first), next(second), *first, *second] == [0, 1, 2]
