"""The workplace search on a few schools: what finds what, in which order."""

import pytest

from funding.search import find_workplaces, search
from tests.factories.funding import ClosedSchoolFactory, EstablishmentFactory, PostSixteenFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def mary():
    return EstablishmentFactory(
        urn="100028", name="St Mary's Church of England Primary School", postcode="NW5 3RD"
    )


@pytest.mark.parametrize(
    "typed",
    [
        "St Mary's Church of England Primary School",
        "st marys",
        "St. Mary\u2019s",
        "saint mary",
        "mary camden",
        "Camden St Mary",
        "ST MARYS C OF E",
        "st marys cofe prim",
        "mary ce",
        "St Mary's Church of Eng",
        "NW5 3RD",
        "nw53rd",
        "nw5 mary",
        "100028",
        "the st mary's school in Camden",
        "st mry camden",
        "maris primery school",
    ],
)
def test_finds(mary, typed):
    EstablishmentFactory(name="Oak Wood Grammar", postcode="LS1 1AA", district_name="Leeds", la_name="Leeds")
    assert find_workplaces(typed)[0] == mary


def test_finds_an_institution_by_its_ukprn_or_name():
    college = PostSixteenFactory(ukprn="10000055", name="Abingdon & Witney College")
    for typed in ("10000055", "abingdon and witney", "Abingdon & Witney"):
        assert find_workplaces(typed) == [college]


@pytest.mark.parametrize(
    "typed", ["", " ", "%_\\'\"", "\x00\x01", "\ud800", "'; DROP TABLE x; --", "&|!():*<->", "x" * 5000]
)
def test_any_text_is_a_search(mary, typed):
    assert search(typed).total in (0, 1)


def test_a_number_finds_no_other_number(mary):
    assert find_workplaces("100029") == []


def test_open_ones_come_first_and_closed_ones_are_shown():
    closed = ClosedSchoolFactory(name="Aldgate School")
    opened = EstablishmentFactory(name="Sir John Cass Aldgate School and Nursery")
    assert find_workplaces("aldgate school") == [opened, closed]
    assert search("aldgate school", only_pickable=True).results == [opened]


def test_the_name_itself_comes_before_names_that_hold_it():
    longer = EstablishmentFactory(name="New Grange Academy")
    begins = EstablishmentFactory(name="Grange Academy Bexhill")
    itself = EstablishmentFactory(name="Grange Academy")
    assert find_workplaces("grange academy") == [itself, begins, longer]


def test_the_order_is_the_same_each_time():
    for _ in range(12):
        EstablishmentFactory(name="Grange School")
    first = find_workplaces("grange", limit=12)
    assert first == find_workplaces("grange", limit=12)
    assert first == find_workplaces("grange", limit=6) + find_workplaces("grange", limit=6, offset=6)


def test_counts_everything_and_gives_a_page():
    for _ in range(12):
        EstablishmentFactory(name="Grange School")
    found = search("grange", limit=5, offset=10)
    assert (len(found.results), found.total, found.corrected) == (2, 12, "")
    beyond = search("grange", limit=5, offset=100)
    assert (beyond.results, beyond.total) == ([], 12)


def test_spelling_is_looked_at_only_where_nothing_is_found_as_typed(mary):
    EstablishmentFactory(name="Grange School")
    gronge = EstablishmentFactory(name="Gronge School")
    assert search("gronge").results == [gronge]
    assert search("grangge").results[0].name == "Grange School"


@pytest.mark.parametrize(
    ("typed", "corrected"),
    [
        ("st maris primery school", "st marys primary school"),
        ("marys camdem", "marys camden"),
        ("mary camden", ""),
        ("marys zzzz", ""),
        ("hol ytrinity", "holy trinity"),
    ],
)
def test_says_how_it_reads_with_its_spelling_put_right(mary, typed, corrected):
    EstablishmentFactory(name="Holy Trinity Primary School")
    assert search(typed).corrected == corrected


def test_says_that_what_was_found_is_only_the_nearest(mary):
    EstablishmentFactory(name="Oak Wood School")
    found = search("mary zzzzzz")
    assert (found.results, found.nearest, found.corrected) == ([mary], True, "")
    assert not search("mary").nearest


@pytest.mark.parametrize("typed", ["", "s", "1", "%", "\x00"])
def test_less_than_two_letters_are_too_short(mary, typed):
    assert search(typed).too_short
    assert not search("st").too_short


@pytest.mark.parametrize(("typed", "queries"), [("grange", 1), ("gronge scool", 3)])
def test_one_query_or_three(django_assert_num_queries, typed, queries):
    for _ in range(30):
        EstablishmentFactory(name="Grange School")
    with django_assert_num_queries(queries):
        find_workplaces(typed)


@pytest.mark.parametrize(
    ("typed", "queries"), [("grange", 1), ("gronge scool", 2), ("grange zzzzqqqq", 2), ("zzzzqqqq", 2)]
)
def test_with_few_queries_the_same_is_found(django_assert_max_num_queries, typed, queries):
    for _ in range(3):
        EstablishmentFactory(name="Grange School")
    with django_assert_max_num_queries(queries):
        found = search(typed, few_queries=True)
    assert found == search(typed)


def test_a_place_whose_whole_name_was_typed_comes_before_one_that_begins_so():
    county = EstablishmentFactory(name="Ash Catholic School", district_name="High Peak", la_name="Derbyshire")
    city = EstablishmentFactory(name="Ash Catholic School", district_name="Derby", la_name="Derby")
    assert find_workplaces("ash catholic derby") == [city, county]
    assert find_workplaces("ash catholic derbyshire")[0] == county
