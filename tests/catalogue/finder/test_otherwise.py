"""What there is where nothing fits: without one of the filters, and nearest to what was wanted."""

from datetime import date

import pytest

from catalogue.finder.find import find
from catalogue.finder.fitting import Fitting
from catalogue.finder.index import read_index
from catalogue.finder.otherwise import alternatives, farther, otherwise
from catalogue.finder.place import find_place
from catalogue.finder.search import Search
from catalogue.finder.wanted import Wanted
from tests.catalogue.conftest import DAY
from tests.catalogue.finder.making import places, run_at
from tests.factories.catalogue import CourseRunFactory

pytestmark = pytest.mark.django_db


def asked_for(**wanted):
    place = find_place(wanted["near"]) if "near" in wanted else None
    return Fitting(Search(Wanted(**wanted), place, DAY), read_index(DAY))


def instead(**wanted):
    asked = asked_for(**wanted)
    assert find(asked).total == 0
    found = otherwise(asked, alternatives(asked))
    return found and (found.without, [each.run for each in found.runs])


@pytest.fixture(autouse=True)
def somewhere(db):
    places()


class TestAlternatives:
    def test_each_filter_that_by_itself_keeps_something_out(self):
        run = run_at("M1", mode="blended", days="twilight")
        run_at("M1", mode="face_to_face", qualification=run.qualification)
        CourseRunFactory(mode="face_to_face", qualification=run.qualification)
        asked = asked_for(near="SK7", within="5", mode="face_to_face", npq=run.qualification.slug)
        assert find(asked).total == 0
        assert [(each.name, each.total) for each in alternatives(asked)] == [("within", 2)]

    def test_most_first(self):
        for fields in ({"mode": "online"}, {"days": "twilight"}, {"days": "twilight"}):
            CourseRunFactory(**{"mode": "blended", **fields})
        assert [
            (each.name, each.total) for each in alternatives(asked_for(mode="online", days="twilight"))
        ] == [
            ("mode", 2),
            ("days", 1),
        ]

    def test_what_is_not_known_of_a_run_does_not_fit(self):
        CourseRunFactory(mode="online")
        assert alternatives(asked_for(mode="online", places="any")) == alternatives(asked_for(places="any"))

    def test_none_without_filters_and_none_that_would_find_nothing(self):
        assert alternatives(asked_for()) == []
        assert alternatives(asked_for(mode="online", days="twilight")) == []

    def test_no_query(self, django_assert_num_queries):
        asked = asked_for(near="SK7", within="5", mode="online", days="twilight", places="any")
        with django_assert_num_queries(0):
            alternatives(asked)


class TestNearest:
    def test_by_place_before_any_other_filter_is_given_up(self):
        far, near, farthest, beyond = (run_at(code, mode="blended") for code in ("M1", "SK8", "CB10", "CB10"))
        assert beyond not in instead(near="SK7", within="5", mode="blended")[1]
        assert instead(near="SK7", within="5", mode="blended") == ("within", [near, far, farthest])

    def test_by_date_before_or_after_the_month(self):
        dates = [date(2027, 3, 20), date(2026, 12, 28), date(2027, 2, 2), None]
        march, december, february, undated = (
            CourseRunFactory(starts_on=each, ends_on=None, apply_by=None) for each in dates
        )
        assert instead(start="2027-01") == ("start", [february, december, march])
        march.delete()
        assert instead(start="2027-01") == ("start", [february, december, undated])

    def test_another_npq_is_given_up_last(self):
        run = CourseRunFactory(mode="blended")
        CourseRunFactory(mode="online")
        assert instead(npq=run.qualification.slug, mode="online") == ("mode", [run])

    def test_where_no_single_filter_helps_those_of_the_npq(self):
        run = CourseRunFactory(mode="blended", days="weekday")
        CourseRunFactory()
        assert instead(npq=run.qualification.slug, mode="online", days="twilight") == ("", [run])

    def test_nor_an_npq_those_of_what_is_kept_longest(self):
        run = CourseRunFactory(mode="blended", days="weekday")
        CourseRunFactory(mode="blended", days="weekday")
        asked = asked_for(hub=run.hub.code, mode="online", days="twilight")
        found = otherwise(asked, alternatives(asked))
        assert (found.without, found.keeping, [each.run for each in found.runs]) == ("", "hub", [run])
        assert found.search.wanted.filters == {"hub": run.hub.code}

    def test_a_month_is_near_by_its_last_day_too(self):
        early = CourseRunFactory(starts_on=date(2026, 12, 3), ends_on=None, apply_by=None)
        late = CourseRunFactory(starts_on=date(2027, 2, 1), ends_on=None, apply_by=None)
        assert instead(start="2027-01") == ("start", [late, early])

    def test_none_where_there_are_none(self):
        assert instead(mode="online") is None
        assert instead(mode="online", days="twilight") is None

    @pytest.mark.parametrize("rows", [1, 12])
    def test_few_queries(self, rows, django_assert_num_queries):
        for _ in range(rows):
            run_at("M1")
        asked = asked_for(near="SK7", within="5")
        without = alternatives(asked)
        with django_assert_num_queries(2):
            otherwise(asked, without)


class TestFarther:
    def test_the_nearest_at_a_venue_where_only_online_courses_are_as_near_as_asked(self):
        CourseRunFactory(mode="online")
        far, near = run_at("M1"), run_at("SK8")
        asked = asked_for(near="SK7", within="5")
        found = farther(asked, find(asked))
        assert (found.without, [each.run for each in found.runs]) == ("within", [near, far])

    @pytest.mark.parametrize("wanted", [{}, {"within": "20"}, {"within": "5", "mode": "online"}])
    def test_none_otherwise(self, wanted):
        CourseRunFactory(mode="online")
        run_at("SK8")
        asked = asked_for(near="SK7", **wanted)
        assert farther(asked, find(asked)) is None
