"""The number of funded places: never below what has been given; what is added is offered to those who wait."""

import pytest

from applications import actions
from applications.actions.errors import BelowTaken
from applications.actions.more_places import set_cap
from applications.models import Application, FundedPlaces
from npq_portal.audit.models import AuditEvent
from npq_portal.mail.models import OutboxMessage
from tests.applications.races.threads import all_at_once
from tests.factories.applications import LATER, ApplicationFactory, FundedPlacesFactory, ProviderFormFactory


def test_the_cap_changes_and_nothing_else_does(decider):
    seen = FundedPlacesFactory(cap=10, taken=2)
    FundedPlaces.objects.update(taken=5)  # given while the page was open
    set_cap(places=seen, cap=7, by=decider, now=LATER)
    stored = FundedPlaces.objects.get()
    assert (stored.cap, stored.taken, stored.left) == (7, 5, 2)
    set_cap(places=seen, cap=7, by=decider, now=LATER)
    row = AuditEvent.objects.get()
    assert (row.action, row.actor) == ("applications.fundedplaces_changed", f"user:{decider.pk}")
    assert (row.old, row.new) == ({"cap": 10}, {"cap": 7})


def test_it_does_not_go_below_what_is_given(decider):
    places = FundedPlacesFactory(cap=10, taken=5)
    with pytest.raises(BelowTaken):
        set_cap(places=places, cap=4, by=decider, now=LATER)
    assert FundedPlaces.objects.get().cap == 10
    assert not AuditEvent.objects.exists()


@pytest.fixture
def like(world):
    return {"provider": world.ambition, "qualification": world.headship, "term": world.term}


@pytest.fixture
def waiting(like):
    """Four wait; the second is not eligible."""
    form, rows = ProviderFormFactory(), []
    for number in range(1, 5):
        paid = {"funding_outcome": "not_funded", "funding_choice": "self"} if number == 2 else {}
        rows.append(ApplicationFactory(waiting_list=True, waiting_number=number, form=form, **like, **paid))
    return rows


def states(rows):
    found = dict(Application.objects.values_list("pk", "state"))
    return [found[row.pk] for row in rows]


def test_added_places_are_offered_in_the_order_of_the_list(like, waiting, decider):
    places = FundedPlacesFactory(cap=1, taken=1, **like)
    assert set_cap(places=places, cap=3, by=decider, now=LATER) == 2
    assert states(waiting) == ["offered", "waiting_list", "offered", "waiting_list"]
    assert FundedPlaces.objects.get().taken == 3
    mails = OutboxMessage.objects.filter(template="applications/place_offered")
    assert {mail.next_try_at for mail in mails} == {LATER}
    assert Application.objects.get(pk=waiting[0].pk).offer_ends_at > LATER


def test_places_that_were_free_before_are_left(like, waiting, decider):
    places = FundedPlacesFactory(cap=5, taken=1, **like)
    assert set_cap(places=places, cap=6, by=decider, now=LATER) == 1
    assert set_cap(places=places, cap=6, by=decider, now=LATER) == 0
    assert states(waiting) == ["offered", "waiting_list", "waiting_list", "waiting_list"]


def test_fewer_are_offered_to_nobody(like, waiting, decider):
    places = FundedPlacesFactory(cap=5, taken=1, **like)
    assert set_cap(places=places, cap=2, by=decider, now=LATER) == 0
    assert states(waiting) == ["waiting_list"] * 4


@pytest.mark.django_db(transaction=True)
def test_added_while_somebody_is_accepted_and_somebody_leaves(like, waiting, decider):
    places = FundedPlacesFactory(cap=1, taken=0, **like)
    new = ApplicationFactory(submitted=True, form=waiting[0].form, **like)
    results = all_at_once(
        [
            lambda: set_cap(places=places, cap=3, by=decider, now=LATER),
            lambda: actions.accept(application=new, funded_place=True, by=decider, now=LATER),
            lambda: actions.withdraw(application=waiting[0], by=waiting[0].applicant, now=LATER),
        ]
    )
    held = Application.objects.filter(state="offered").count()
    held += Application.objects.filter(state="accepted", funded_place=True).count()
    assert FundedPlaces.objects.get().taken == held <= 3, results
