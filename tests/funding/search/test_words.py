"""One way of writing names and places, what a query asks for, and how it reads put right. No database."""

import pytest

from funding.search import normalise
from funding.search.ask import as_typed
from funding.search.correct import corrected
from funding.search.parse import parse
from funding.search.vocabulary import Vocabulary
from funding.search.wording import put_right

ROWS = {"grange": 40, "oakwood": 12, "holy": 50, "trinity": 60, "school": 9_000, "leeds": 200, "mary": 900}


def knowing(**near: list[tuple[int, str]]) -> Vocabulary:
    return Vocabulary(ROWS, near)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("St. Mary's C of E (Aided) Prim Sch", "st mary cofe aided primary school"),
        ("Saint Mary\u2019s Church of England", "st mary cofe"),
        ("ss peter & paul rc", "st peter paul catholic"),
        ("S.S. Peter and Paul R.C. jnr", "st peter paul catholic junior"),
        ("Holy Trinity CEVA comm acad", "holy trinity cofe va community academy"),
        ("Oakwood Inf., Notts", "oakwood infant nottinghamshire"),
        ("Oxon Herts Lancs", "oxfordshire hertfordshire lancashire"),
        ("Collège Français", "college francai"),
        ("the Oakwood school in Derby", "oakwood school derby"),
        ("sk7 2ab", "sk72ab"),
        ("the", "the"),
        ("\x00\x1f%_\\'\"", ""),
        ("", ""),
    ],
)
def test_one_way_of_writing(text, words):
    assert normalise.words(text) == words.split()


@pytest.mark.parametrize(
    ("authority", "county"),
    [("Slough", "berkshire"), ("Plymouth", "devon"), ("Leeds", "yorkshire"), ("Camden", None)],
)
def test_authorities_lie_in_their_old_counties(authority, county):
    assert (county in normalise.counties(authority)) if county else not normalise.counties(authority)


@pytest.mark.parametrize(
    ("text", "needed"),
    [
        ("oakwood primary school derby", ["oakwood", "derby"]),
        ("primary school", ["primary", "school"]),
        ("oakwood sch", ["oakwood"]),
        ("oakwood pr", ["oakwood"]),
        ("SK7 2", ["sk72"]),
        ("SK7 2AB", ["sk72ab"]),
        ("URN 100000", ["100000"]),
    ],
)
def test_the_words_that_tell_one_school_from_another_are_needed(text, needed):
    assert list(parse(text).needed) == needed


def test_a_long_text_is_cut_short():
    query = parse("oakwood " * 200 + "x" * 5_000)
    assert len(query.pieces) <= 16
    assert len(parse("x" * 5_000).words[0]) == 40


def test_what_is_asked_holds_nothing_that_tsqueries_take_for_their_own():
    ask = as_typed(parse("o'ak & wood | !(grange) <-> \\ :* 'x'"))
    assert set("".join(ask.must)) <= set("abcdefghijklmnopqrstuvwxyz0123456789&|:*() ")


def test_the_last_word_may_be_the_beginning_of_another():
    assert as_typed(parse("oak wo")).must == ["((oak | oakwo) & (wo:* | oakwo))"]


def test_words_are_tried_with_ever_more_mistakes():
    ask = corrected(parse("grenge leads"), knowing(grenge=[(1, "grange")], lead=[(1, "leeds")]))
    assert "grange" in ask.must[0]
    assert "leeds" in ask.must[0]
    assert len(ask.must) > 1


def test_what_is_like_no_word_asks_for_nothing():
    assert corrected(parse("zzzz zzzy grange zzz"), Vocabulary({}, {})) is not None
    assert corrected(parse("qqqqqq school"), Vocabulary({}, {})) is None


@pytest.mark.parametrize(
    ("typed", "near", "found", "right"),
    [
        (
            "Gronge scool",
            {"gronge": [(1, "grange")], "scool": [(1, "school")]},
            "Grange School",
            "grange school",
        ),
        ("holytrinity", {}, "Holy Trinity Primary", "holy trinity"),
        ("oak wood", {}, "Oakwood School", "oakwood"),
        ("kimgs leeds", {"kimg": [(1, "king")]}, "King's School Leeds", "kings leeds"),
        ("grnage LS1 2AB", {"grnage": [(1, "grange")]}, "Grange LS1 2AB", "grange LS12AB"),
        ("grange leeds", {}, "Grange School Leeds", ""),
        ("grange zzzz", {}, "Grange School", ""),
        ("grange prim", {}, "Grange Primary School", ""),
        ("grange notts", {}, "Grange School Nottingham", ""),
    ],
)
def test_how_it_reads_put_right(typed, near, found, right):
    assert put_right(parse(typed), knowing(**near), found) == right
