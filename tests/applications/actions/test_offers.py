"""A funded place that becomes free is offered to the next, held for them, and passed on when they do not take it."""

from datetime import UTC, datetime, timedelta

import pytest

from applications import actions, tasks
from applications.actions.errors import AlreadyDone, NoPlaceLeft, NotEntitled, OfferEnded
from applications.actions.offers import offer_end
from applications.models import Application, FundedPlaces
from npq_portal.mail.models import OutboxMessage
from tests.factories.applications import LATER, NOW, ApplicationFactory, FundedPlacesFactory


@pytest.fixture
def places(world):
    return FundedPlacesFactory(provider=world.ambition, qualification=world.headship, cap=1)


@pytest.fixture
def holder(world, places, decider):
    """Has the one funded place."""
    application = ApplicationFactory(submitted=True, provider=world.ambition, qualification=world.headship)
    return actions.accept(application=application, funded_place=True, by=decider, now=NOW)


def waiting(world, **changes):
    return ApplicationFactory(
        waiting_list=True, provider=world.ambition, qualification=world.headship, **changes
    )


@pytest.fixture
def first(world):
    return waiting(world)


@pytest.fixture
def second(world, first):
    return waiting(world)


def withdraw(application):
    return actions.withdraw(application=application, by=application.applicant, now=LATER)


def as_stored(application):
    return Application.objects.get(pk=application.pk)


def state_of(application):
    return as_stored(application).state


def taken():
    return FundedPlaces.objects.get().taken


def test_a_freed_place_is_offered_to_the_next_and_stays_taken(holder, first, second, left_behind):
    withdraw(holder)
    assert (state_of(first), state_of(second), taken()) == ("offered", "waiting_list", 1)
    stored = as_stored(first)
    assert (stored.waiting_number, stored.funded_place) == (None, None)
    audit, mails = left_behind()
    assert audit[-2:] == ["applications.withdrawn", "applications.place_offered"]
    assert mails[-3:] == [
        f"applications/{name}" for name in ("withdrawn", "provider_withdrawn", "place_offered")
    ]
    assert "29 November 2026" in OutboxMessage.objects.order_by("pk").last().text


def test_without_anybody_waiting_it_is_free(holder):
    withdraw(holder)
    assert taken() == 0


def test_who_is_not_eligible_is_passed_over(holder, first, second):
    Application.objects.filter(pk=first.pk).update(funding_outcome="review")
    withdraw(holder)
    assert (state_of(first), state_of(second)) == ("waiting_list", "offered")


def test_another_npqs_list_is_left_alone(world, holder):
    other = ApplicationFactory(waiting_list=True, provider=world.ambition, qualification=world.literacy)
    withdraw(holder)
    assert (state_of(other), taken()) == ("waiting_list", 0)


def test_taking_back_an_acceptance_passes_its_place_on(holder, first, decider):
    actions.reject(application=holder, reason="Not this term.", by=decider, now=LATER)
    assert (state_of(first), taken()) == ("offered", 1)


def test_taken_up_in_time(holder, first):
    withdraw(holder)
    offered = as_stored(first)
    actions.take_up(
        application=offered, by=offered.applicant, now=offered.offer_ends_at - timedelta(seconds=1)
    )
    stored = as_stored(first)
    assert (stored.state, stored.funded_place, stored.offer_ends_at, taken()) == ("accepted", True, None, 1)


def test_too_late_is_told_and_changes_nothing(holder, first, left_behind):
    withdraw(holder)
    offered, before = as_stored(first), left_behind()
    with pytest.raises(OfferEnded):
        actions.take_up(application=offered, by=offered.applicant, now=offered.offer_ends_at)
    assert (state_of(first), left_behind()) == ("offered", before)


def test_turned_down_goes_to_the_next_and_back_to_the_provider(holder, first, second):
    withdraw(holder)
    offered = as_stored(first)
    actions.turn_down(application=offered, by=offered.applicant, now=LATER)
    assert (state_of(first), state_of(second), taken()) == ("submitted", "offered", 1)


def test_withdrawing_with_an_offer_passes_it_on(holder, first, second):
    withdraw(holder)
    withdraw(as_stored(first))
    assert (state_of(first), state_of(second), taken()) == ("withdrawn", "offered", 1)


def test_an_offer_is_taken_back_by_rejecting(holder, first, second, decider):
    withdraw(holder)
    actions.reject(application=as_stored(first), reason="The course is off.", by=decider, now=LATER)
    assert (state_of(first), state_of(second), taken()) == ("rejected", "offered", 1)


def test_the_worker_ends_what_is_past_and_nothing_else(world, places, first, decider):
    gone = actions.offer_place(application=first, by=decider, now=datetime(2020, 1, 1, tzinfo=UTC))
    FundedPlaces.objects.update(cap=2)
    still_open = actions.offer_place(
        application=waiting(world), by=decider, now=datetime(2100, 1, 1, tzinfo=UTC)
    )
    tasks.end_offers(0)
    assert (state_of(gone), state_of(still_open), taken()) == ("submitted", "offered", 1)
    assert OutboxMessage.objects.filter(template="applications/offer_lapsed").count() == 1


def test_an_offer_is_not_ended_before_its_time(places, first, decider):
    offered = actions.offer_place(application=first, by=decider, now=LATER)
    with pytest.raises(AlreadyDone):
        actions.lapse(application=as_stored(offered), now=LATER)
    assert (state_of(first), taken()) == ("offered", 1)


def test_an_answer_to_an_offer_that_ended_is_none_to_the_next(places, first, decider):
    page = actions.offer_place(application=first, by=decider, now=LATER)
    page = as_stored(page)
    later = LATER + timedelta(days=30)
    actions.lapse(application=as_stored(first), now=later)
    actions.put_on_waiting_list(application=as_stored(first), by=decider, now=later)
    actions.offer_place(application=as_stored(first), by=decider, now=later)
    with pytest.raises(AlreadyDone):
        actions.turn_down(application=page, by=page.applicant, now=later)
    assert state_of(first) == "offered"


def test_staff_offer_a_place_that_is_free(places, first, decider):
    actions.offer_place(application=first, by=decider, now=LATER)
    assert (state_of(first), taken()) == ("offered", 1)


def test_no_place_no_offer(holder, first, decider, left_behind):
    before = left_behind()
    with pytest.raises(NoPlaceLeft):
        actions.offer_place(application=first, by=decider, now=LATER)
    assert (state_of(first), left_behind()) == ("waiting_list", before)


def test_an_offer_is_for_the_eligible(world, places, decider):
    with pytest.raises(NotEntitled):
        actions.offer_place(application=waiting(world, funding_outcome="review"), by=decider, now=LATER)
    assert taken() == 0


@pytest.mark.parametrize(
    ("at", "ends"),
    [
        (datetime(2026, 11, 22, 10, tzinfo=UTC), datetime(2026, 11, 30, 0, tzinfo=UTC)),
        (datetime(2026, 6, 1, 23, 30, tzinfo=UTC), datetime(2026, 6, 9, 23, tzinfo=UTC)),  # 2 June in London
        (datetime(2026, 10, 20, 12, tzinfo=UTC), datetime(2026, 10, 28, 0, tzinfo=UTC)),  # the clocks go back
    ],
)
def test_an_offer_ends_at_midnight_in_london(at, ends):
    assert offer_end(at) == ends


def test_the_last_day_is_the_one_before_that_midnight():
    assert Application(offer_ends_at=offer_end(NOW)).offer_last_day.isoformat() == "2026-11-29"
    assert Application().offer_last_day is None
