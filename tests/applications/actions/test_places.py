"""The number of funded places: changed by itself, never below what has been given."""

import pytest

from applications.actions.errors import BelowTaken
from applications.actions.places import set_cap
from applications.models import FundedPlaces
from tests.factories.applications import FundedPlacesFactory


def test_the_cap_changes_and_nothing_else_does(db):
    seen = FundedPlacesFactory(cap=10, taken=2)
    FundedPlaces.objects.update(taken=5)  # given while the page was open
    set_cap(places=seen, cap=7)
    stored = FundedPlaces.objects.get()
    assert (stored.cap, stored.taken, stored.left) == (7, 5, 2)


def test_it_does_not_go_below_what_is_given(db):
    places = FundedPlacesFactory(cap=10, taken=5)
    with pytest.raises(BelowTaken):
        set_cap(places=places, cap=4)
    assert FundedPlaces.objects.get().cap == 10
