"""Which runs are found, in which order, and how far away they are."""

from datetime import date

import pytest

from catalogue.finder import find as finding
from catalogue.finder.find import PER_PAGE
from catalogue.finder.fitting import Fitting
from catalogue.finder.index import read_index
from catalogue.finder.place import find_place
from catalogue.finder.search import Search
from catalogue.finder.wanted import Wanted
from tests.catalogue.conftest import DAY
from tests.catalogue.finder.making import places, run_at
from tests.factories.catalogue import CourseRunFactory, SessionFactory

pytestmark = pytest.mark.django_db
UNDATED = {"starts_on": None, "ends_on": None, "apply_by": None}


def search(**wanted):
    place = find_place(wanted["near"]) if "near" in wanted else None
    return Search(Wanted(**wanted), place, DAY)


def find(search):
    return finding.find(Fitting(search, read_index(DAY)))


def miles(each):
    return each.venue.miles if each.venue else None


def found(**wanted):
    return [each.run for each in find(search(**wanted)).runs]


def pages(**wanted):
    """The runs of all pages, one after the other."""
    first = find(search(**wanted))
    others = (find(search(page=page, **wanted)) for page in range(2, first.page.paginator.num_pages + 1))
    return [each for page in (first, *others) for each in page.runs]


@pytest.fixture
def small_pages(monkeypatch):
    monkeypatch.setattr(finding, "PER_PAGE", 2)


@pytest.fixture(autouse=True)
def somewhere(db):
    places()


@pytest.mark.usefixtures("small_pages")
class TestDistance:
    def test_nearest_first_then_online_then_those_without_a_venue(self):
        nowhere = CourseRunFactory(starts_on=date(2026, 11, 30), apply_by=None)
        online = CourseRunFactory(mode="online", starts_on=date(2026, 12, 1), apply_by=None)
        far, near, here = (run_at(code) for code in ("M1", "SK8", "SK7"))
        assert [(each.run, miles(each)) for each in pages(near="SK7")] == [
            (here, 0),
            (near, 10),
            (far, 20),
            (online, None),
            (nowhere, None),
        ]

    def test_the_nearest_of_a_runs_venues_counts(self):
        run = run_at("M1")
        SessionFactory(run=run, position=2, venue="The school", postcode="SK8 1AA")
        (each,) = find(search(near="SK7")).runs
        assert (each.venue.miles, each.venue.name, each.venue.postcode) == (10, "The school", "SK8 1AA")

    def test_many_venues_of_one_run_before_those_of_the_others(self):
        near, far = run_at("SK7"), run_at("CB10")
        for position, code in enumerate(("SK8", "M1"), start=2):
            SessionFactory(run=near, position=position, venue="The school", postcode=f"{code} 1AA")
        assert [each.run for each in find(search(near="SK7")).runs] == [near, far]

    def test_where_a_cancelled_session_was_to_be_it_is_not_taught(self):
        run = run_at("M1")
        SessionFactory(run=run, position=2, venue="The school", postcode="SK8 1AA", cancelled=True)
        (each,) = find(search(near="SK7")).runs
        assert (each.venue.miles, each.venue.postcode) == (20, "M1 4AB")

    def test_without_a_place_its_first_venue_is_told(self):
        run = run_at("M1")
        SessionFactory(run=run, position=2, venue="The school", postcode="SK8 1AA")
        (each,) = find(search()).runs
        assert (each.venue.miles, each.venue.postcode) == (None, "M1 4AB")

    def test_within(self):
        here, near = run_at("SK7"), run_at("SK8")
        CourseRunFactory(mode="blended")
        assert found(near="SK7", within="5") == [here]
        assert found(near="SK7", within="20") == [here, near]

    def test_an_online_course_is_within_any_distance_after_those_that_are_near(self):
        late, soon = (
            run_at("CB10", mode="online", starts_on=date(2027, month, 1), apply_by=None) for month in (3, 1)
        )
        near, here = run_at("SK8"), run_at("SK7")
        run_at("CB10")
        both = search(near="SK7", within="10")
        assert [each.run for each in pages(near="SK7", within="10")] == [here, near, soon, late]
        counted = find(both).counted
        assert (counted.total, counted.at_venues, counted.online) == (4, 2, 2)

    def test_an_outward_code_that_nobody_knows_has_no_distance(self):
        run_at("ZZ99")
        assert miles(find(search(near="SK7")).runs[0]) is None
        assert not found(near="SK7", within="50")


class TestFilters:
    @pytest.mark.parametrize(
        ("wanted", "fits", "fits_not"),
        [
            ({"start": "2027-01"}, {}, {"starts_on": date(2027, 2, 1)}),
            ({"start": "2026-12"}, {"starts_on": date(2026, 12, 31), "apply_by": None}, UNDATED),
            ({"mode": "online"}, {"mode": "online"}, {"mode": "blended"}),
            ({"days": "twilight"}, {"days": "twilight"}, {"days": ""}),
            (
                {"places": "funded"},
                {"funded_places": 9, "funded_taken": 8, "places_as_of": DAY},
                {
                    "funded_places": 9,
                    "funded_taken": 9,
                    "paying_places": 9,
                    "paying_taken": 1,
                    "places_as_of": DAY,
                },
            ),
            (
                {"places": "any"},
                {"paying_places": 9, "paying_taken": 1, "places_as_of": DAY},
                {"paying_places": 9, "places_as_of": DAY},
            ),
        ],
    )
    def test_each_by_itself(self, wanted, fits, fits_not):
        run = CourseRunFactory(**fits)
        CourseRunFactory(**fits_not)
        assert found(**wanted) == [run]

    def test_by_what_it_belongs_to(self):
        run = CourseRunFactory()
        CourseRunFactory()
        assert found(npq=run.qualification.slug) == [run]
        assert found(provider=run.provider.slug) == [run]
        assert found(hub=run.hub.code) == [run]

    def test_what_cannot_be_joined_is_not_found(self):
        for fields in (
            {"state": "cancelled"},
            {"state": "closed"},
            {"starts_on": date(2026, 11, 1), "apply_by": None},
        ):
            CourseRunFactory(**fields)
        full = CourseRunFactory(state="full")
        assert found() == [full]


class TestOrder:
    def test_by_start_those_to_be_confirmed_last(self):
        undated, late, soon = (
            CourseRunFactory(**dates)
            for dates in (UNDATED, {"starts_on": date(2027, 1, 20)}, {"starts_on": date(2027, 1, 13)})
        )
        assert found() == [soon, late, undated]

    def test_by_closing_date(self):
        unknown, late, soon = (
            CourseRunFactory(apply_by=day) for day in (None, date(2027, 1, 10), date(2026, 12, 1))
        )
        assert found(order="closing") == [soon, late, unknown]

    def test_a_place_is_told_in_another_order_too(self):
        far, near = run_at("M1"), run_at("SK7", starts_on=date(2027, 2, 1))
        runs = find(search(near="SK7", order="start")).runs
        assert [(each.run, miles(each)) for each in runs] == [(far, 20), (near, 0)]


class TestPages:
    @pytest.fixture
    def runs(self):
        first = CourseRunFactory()
        same = {"qualification": first.qualification, "provider": first.provider, "hub": first.hub}
        return [first, *(CourseRunFactory(**same) for _ in range(PER_PAGE))]

    def test_the_second_page_goes_on(self, runs):
        assert found(page=1) + found(page=2) == runs

    def test_a_page_too_far_is_none_and_the_last_is_told(self, runs):
        beyond = find(search(page=99))
        assert (beyond.runs, beyond.is_beyond, beyond.page.number, beyond.total) == (
            [],
            True,
            2,
            PER_PAGE + 1,
        )

    def test_so_many_that_only_the_first_are_paged(self, runs, monkeypatch):
        monkeypatch.setattr(finding, "SHOWN_AT_MOST", PER_PAGE)
        first = find(search())
        assert (first.page.paginator.num_pages, first.total, first.shown_at_most) == (
            1,
            PER_PAGE + 1,
            PER_PAGE,
        )
        assert find(search(page=2)).is_beyond

    @pytest.mark.parametrize("number", [1, 7])
    def test_nothing_has_one_empty_page(self, number):
        nothing = find(search(page=number))
        assert (nothing.runs, nothing.total, nothing.page.number, nothing.is_beyond) == ([], 0, 1, False)
