"""Some runs by their distance: the same order as the finder's, by the database alone."""

from datetime import date

import pytest

from catalogue.finder.fitting import Fitting
from catalogue.finder.index import read_index
from catalogue.finder.nearest import nearest_ids
from catalogue.finder.place import find_place
from catalogue.finder.search import Search
from catalogue.finder.wanted import Wanted
from catalogue.models import CourseRun
from tests.catalogue.conftest import DAY
from tests.catalogue.finder.making import places, run_at
from tests.factories.catalogue import CourseRunFactory, SessionFactory

pytestmark = pytest.mark.django_db


def test_nearest_first_then_online_then_those_without_a_venue():
    places()
    nowhere = CourseRunFactory(starts_on=date(2026, 11, 30), apply_by=None)
    online = run_at("SK7", mode="online")
    far, late, near = run_at("M1"), run_at("SK8", starts_on=date(2027, 3, 1)), run_at("SK8")
    SessionFactory(run=far, position=2, postcode="CB10 1AA")
    place = find_place("SK7")
    ids = nearest_ids(CourseRun.objects.all(), place, 10)
    assert ids == [each.pk for each in (near, late, far, online, nowhere)]
    assert ids == Fitting(Search(Wanted(near="SK7"), place, DAY), read_index(DAY)).first(slice(0, 10))
    assert nearest_ids(CourseRun.objects.all(), place, 2) == ids[:2]
