"""The last funded places: given as often as there are, however many accept at once."""

import time

import pytest

from applications import actions
from applications.actions import places
from applications.actions.errors import NoPlaceLeft
from applications.models import Application, FundedPlaces
from npq_portal.accounts.models import User
from npq_portal.audit.models import AuditEvent
from npq_portal.mail.models import OutboxMessage
from tests.applications.races.threads import all_at_once
from tests.factories.applications import LATER, ApplicationFactory, FundedPlacesFactory, ProviderFormFactory
from tests.people import UserFactory

pytestmark = pytest.mark.django_db(transaction=True)
APPLICANTS, PLACES = 200, 10


@pytest.fixture
def queue(world):
    FundedPlacesFactory(provider=world.ambition, cap=PLACES)
    alike = {
        "provider": world.ambition,
        "qualification": world.headship,
        "term": world.term,
        "form": ProviderFormFactory(),
    }
    people = User.objects.bulk_create(UserFactory.build_batch(APPLICANTS))
    rows = [ApplicationFactory.build(submitted=True, applicant=person, **alike) for person in people]
    return Application.objects.bulk_create(rows)


def accepting(application, decider):
    return lambda: actions.accept(application=application, funded_place=True, by=decider, now=LATER)


def granted():
    return Application.objects.filter(state="accepted", funded_place=True).count()


def test_exactly_the_cap_is_granted(queue, decider):
    results = all_at_once([accepting(application, decider) for application in queue])
    assert granted() == FundedPlaces.objects.get().taken == PLACES
    assert sum(isinstance(each, NoPlaceLeft) for each in results) == APPLICANTS - PLACES
    assert OutboxMessage.objects.count() == AuditEvent.objects.count() == PLACES


def test_without_the_guard_more_would_be_granted(queue, decider, monkeypatch):
    """The control: if this did not over-grant, the test above would prove nothing."""

    def naive(application):
        row = FundedPlaces.objects.get()
        if row.taken >= row.cap:
            raise NoPlaceLeft
        time.sleep(0.02)
        FundedPlaces.objects.update(taken=row.taken + 1)

    monkeypatch.setattr(places, "take", naive)
    all_at_once([accepting(application, decider) for application in queue])
    assert granted() > PLACES


def test_a_place_given_back_can_be_given_again(queue, decider):
    for application in queue[:PLACES]:
        accepting(application, decider)()
    all_at_once(
        [
            lambda application=application: actions.withdraw(
                application=application, by=application.applicant, now=LATER
            )
            for application in queue[:3]
        ]
    )
    results = all_at_once([accepting(application, decider) for application in queue[PLACES : PLACES + 8]])
    assert granted() == FundedPlaces.objects.get().taken == PLACES
    assert sum(isinstance(each, NoPlaceLeft) for each in results) == 5
