"""An offer and whoever else wants the row or the place: one wins, no place is counted twice or lost, nobody waits."""

from datetime import timedelta

import pytest

from applications import actions
from applications.actions.errors import AlreadyDone, NoPlaceLeft, OfferEnded
from applications.models import Application, FundedPlaces
from applications.states import NotAllowed
from tests.applications.races.threads import all_at_once
from tests.factories.applications import LATER, ApplicationFactory, FundedPlacesFactory, ProviderFormFactory

pytestmark = pytest.mark.django_db(transaction=True)
LOST = (AlreadyDone, NotAllowed, NoPlaceLeft, OfferEnded)
PEOPLE = 6
PASSED = LATER + timedelta(days=30)


@pytest.fixture
def like(world):
    return {
        "provider": world.ambition,
        "qualification": world.headship,
        "term": world.term,
        "form": ProviderFormFactory(),
    }


def held():
    """The places that applications hold: it must be what the meter says."""
    with_place = Application.objects.filter(state="accepted", funded_place=True).count()
    return with_place + Application.objects.filter(state="offered").count()


def test_many_leave_while_many_wait(like, decider):
    FundedPlacesFactory(
        provider=like["provider"], qualification=like["qualification"], term=like["term"], cap=PEOPLE
    )
    holders = [ApplicationFactory(submitted=True, **like) for _ in range(PEOPLE)]
    for holder in holders:
        actions.accept(application=holder, funded_place=True, by=decider, now=LATER)
    for _ in range(PEOPLE):
        ApplicationFactory(waiting_list=True, **like)
    all_at_once(
        [
            lambda holder=holder: actions.withdraw(application=holder, by=holder.applicant, now=LATER)
            for holder in holders
        ]
    )
    assert Application.objects.filter(state="withdrawn").count() == PEOPLE
    assert held() == FundedPlaces.objects.get().taken
    assert Application.objects.filter(state="offered").count() == PEOPLE


def test_taking_up_against_turning_down_and_the_worker(like, decider):
    FundedPlacesFactory(
        provider=like["provider"], qualification=like["qualification"], term=like["term"], cap=PEOPLE
    )
    for _ in range(PEOPLE):
        application = ApplicationFactory(waiting_list=True, **like)
        actions.offer_place(application=application, by=decider, now=LATER)
        pages = [Application.objects.get(pk=application.pk) for _ in range(3)]
        results = all_at_once(
            [
                lambda page=pages[0]: actions.take_up(application=page, by=page.applicant, now=LATER),
                lambda page=pages[1]: actions.turn_down(application=page, by=page.applicant, now=LATER),
                lambda page=pages[2]: actions.lapse(application=page, now=PASSED),
            ]
        )
        assert sum(isinstance(each, LOST) for each in results) == 2, results
        assert held() == FundedPlaces.objects.get().taken
