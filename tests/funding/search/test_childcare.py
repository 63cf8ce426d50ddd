"""The search for childcare settings on a few of them: what finds what, in which order."""

import pytest

from funding.search import search_settings
from tests.factories.funding import ChildcareSettingFactory, EstablishmentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def daisy():
    return ChildcareSettingFactory(
        ofsted_urn="EY101465",
        name="St Mary's Daisy Chain Pre-School",
        town="ROTHWELL",
        la_name="Leeds",
        postcode="LS26 0NL",
    )


@pytest.mark.parametrize(
    "typed",
    [
        "EY101465",
        "ey101465",
        "EY 101465",
        "ey 101 465",
        "101465",
        "EY1014",
        "EY 1014",
        "Ofsted URN EY101465",
        "St Mary's Daisy Chain Pre-School",
        "saint marys daisy chain preschool",
        "daisy chain rothwell",
        "Rothwell, Daisy",
        "daisy leeds",
        "dai",
        "daisy yorkshire",
        "LS26 0NL",
        "ls260nl",
        "ls26",
        "LS26 0",
        "ls26 daisy",
        "dasiy chain",
        "dasiy chian rothwel",
        "daisychain",
        "daisy chain day nursery rothwell",
    ],
)
def test_finds(daisy, typed):
    ChildcareSettingFactory(
        name="Sparkle Daycare", town="Nottingham", la_name="Nottingham", postcode="NG9 8DJ"
    )
    assert search_settings(typed).results == [daisy]


@pytest.mark.parametrize("typed", ["day care", "daycare", "dayc"])
def test_one_word_or_two(typed):
    nursery = ChildcareSettingFactory(name="Sparkle Daycare")
    assert search_settings(f"sparkle {typed}").results == [nursery]


def test_the_very_number_comes_first():
    for number in ("EY206251", "2062510", "206251"):
        ChildcareSettingFactory(ofsted_urn=number)
    assert [each.ofsted_urn for each in search_settings("206251").results] == [
        "206251",
        "EY206251",
        "2062510",
    ]


def test_the_name_that_says_least_else_comes_first_then_names_in_order():
    for name in ("Acorns Out Of Hours Care", "Little Acorns", "Acorns Nursery", "Acorns"):
        ChildcareSettingFactory(name=name)
    found = [each.name for each in search_settings("acorns").results]
    assert found == ["Acorns", "Acorns Nursery", "Little Acorns", "Acorns Out Of Hours Care"]


def test_equals_stay_in_order_across_pages():
    made = [ChildcareSettingFactory(name="Busy Bees") for _ in range(25)]
    pages = [search_settings("busy bees", offset=offset) for offset in (0, 10, 20)]
    assert [each for page in pages for each in page.results] == made
    assert {page.total for page in pages} == {25}


def test_says_how_it_reads_what_was_mistyped(daisy):
    assert search_settings("dasiy chain").corrected == "daisy chain"
    nearest = search_settings("daisy zzzzzz")
    assert (nearest.results, nearest.nearest) == ([daisy], True)


def test_a_school_is_no_setting():
    EstablishmentFactory(urn="101465", name="Daisy Chain School")
    assert search_settings("101465").results == []
    assert search_settings("daisy chain").results == []


@pytest.mark.parametrize("typed", ["", " ", "a", "1", "?!", "\N{PARTY POPPER}", "\x00"])
def test_too_little_to_look_for(daisy, typed, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert search_settings(typed).too_short


@pytest.mark.parametrize(
    "typed", ["x" * 10_000, "12" * 5_000, "zz\x00\x1f", "&|!():*<->'\"\\%_ zz", "\u0663\u0663", "\ud800zz"]
)
def test_any_text_is_taken(daisy, typed):
    assert search_settings(typed).results == []


def test_one_query_where_it_is_spelt_right_and_three_where_not(daisy, django_assert_num_queries):
    with django_assert_num_queries(1):
        search_settings("daisy rothwell")
    with django_assert_num_queries(3):
        found = search_settings("dasiy rothwell")
    with django_assert_num_queries(2):
        assert search_settings("dasiy rothwell", few_queries=True) == found
