"""From an address to a search, and its words: tags, titles, and what could not be used."""

import pytest
from django.http import QueryDict

from catalogue.finder.ask import ask, nearest, tags, title
from catalogue.finder.otherwise import Alternative
from tests.catalogue.conftest import DAY
from tests.catalogue.finder.making import CHOICES, places
from tests.factories.catalogue import HubAreaFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def somewhere(db):
    places()


def asked(query):
    return ask(QueryDict(query), CHOICES, DAY)


def test_a_place_that_nobody_knows_is_told_with_all_that_needs_it_left_out():
    search = asked("near=Narnia&within=20&order=distance&mode=online")
    assert search.place is None
    assert search.wanted.not_known == ("the place “Narnia”",)
    assert (search.order, list(search.wanted.filters)) == ("start", ["mode"])


def test_places_that_may_be_meant_are_offered_with_the_rest_of_the_search():
    HubAreaFactory(district_code="E1", district_name="Newcastle upon Tyne", known_as="")
    HubAreaFactory(district_code="E2", district_name="Newcastle-under-Lyme", known_as="")
    meant = asked("near=Newcastle&within=20&npq=headship").meant
    assert [each.name for each in meant] == ["Newcastle-under-Lyme", "Newcastle upon Tyne"]
    assert meant[1].address == "/courses/?npq=headship&near=Newcastle+upon+Tyne&within=20"
    assert asked("near=SK7").meant == ()


@pytest.mark.parametrize("query", ["within=20", "order=distance"])
def test_a_distance_from_nowhere_is_told(query):
    search = asked(query)
    assert search.wanted.not_known == ("the distance, as no place was given to measure from",)
    assert search.order == "start"


@pytest.mark.parametrize(
    ("query", "order"), [("near=SK7", "distance"), ("", "start"), ("near=SK7&order=closing", "closing")]
)
def test_nearest_first_where_there_is_a_place(query, order):
    assert asked(query).order == order


def test_each_filter_has_a_tag_that_takes_it_off():
    told = [
        (tag.label, tag.value, tag.without)
        for tag in tags(asked("near=sk74ab&within=20&mode=online&page=2"), CHOICES)
    ]
    assert told == [
        ("Near", "SK7 4AB", "/courses/?mode=online"),
        ("Distance", "Within 20 miles", "/courses/?near=sk74ab&mode=online"),
        ("Taught", "Online", "/courses/?near=sk74ab&within=20"),
    ]


def test_an_order_is_no_filter():
    assert tags(asked("order=closing"), CHOICES) == []


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", "Find a course"),
        ("page=2", "Find a course, page 2"),
        ("npq=headship", "Headship courses"),
        ("near=SK7&within=20", "Courses near SK7, within 20 miles"),
        ("npq=headship&near=SK7&start=2027-01", "Headship courses near SK7, January 2027"),
        ("hub=EE1", "Courses, Saffron Teaching School Hub (EE1)"),
    ],
)
def test_titles_tell_searches_apart(query, words):
    assert title(asked(query), CHOICES) == words


def test_what_there_is_without_a_filter():
    (each,) = nearest(asked("npq=headship&mode=online"), CHOICES, [Alternative("mode", 3)])
    assert (each.tag.value, each.tag.without, each.total) == ("Online", "/courses/?npq=headship", 3)
