"""What was typed is only ever words, and what was found is only ever text."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from catalogue.search.words import (
    LONGEST,
    MOST_WORDS,
    START,
    STOP,
    all_words,
    any_words,
    beginning,
    marked,
    signs,
)


def raw(query):
    return query.get_source_expressions()[-1].value


def test_one_word_is_nothing_else_than_any():
    assert any_words("headship") is None
    assert any_words("!!") is None


def test_any_of_the_words_and_of_what_they_begin():
    assert raw(any_words("Head's of & (schools)")) == "head:* | s | of | schools:*"


def test_a_phrase_is_left_as_it_is():
    for typed in ('"school culture"', "culture -trust", "culture or trust"):
        assert all_words(typed).__class__.__name__ == "SearchQuery"
    assert all_words("coaching-offer culture").__class__.__name__ == "CombinedSearchQuery"


def test_what_must_not_be_there_is_not_one_of_any():
    fewer = any_words('head culture -trust -"big school"')
    assert (raw(fewer.lhs), raw(fewer.rhs).split()) == ("head:* | culture:*", ["-trust", '-"big', 'school"'])
    assert any_words("culture -trust") is None


@pytest.mark.parametrize(
    ("typed", "beginning_of_it"),
    [
        ("headship", "headship"),
        ("x" * 10_000, "x" * LONGEST),
        (" ".join(["governance"] * 10), " ".join(["governance"] * 10)),
        (" ".join(["be"] * 17), " ".join(["be"] * MOST_WORDS)),
        ("?" * 300, "?" * LONGEST),
    ],
)
def test_only_the_beginning_of_much(typed, beginning_of_it):
    assert beginning(typed) == beginning_of_it


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("headship", 0),
        ("coaching-offer", 0),
        ('"', 0),
        ("or", 0),
        ("- headship", 0),
        ('"hill school"', 1),
        ("-trust", 1),
        ("head or deputy", 1),
        ('"hill school" or -trust', 3),
    ],
)
def test_what_is_read_as_a_sign(typed, number):
    assert len(signs(typed)) == number


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("", ""),
        ("plain & <b>", "plain &amp; &lt;b&gt;"),
        (f"{START}One{STOP} and {START}<two>{STOP}", "<mark>One</mark> and <mark>&lt;two&gt;</mark>"),
        (f"{STOP}one {START}two", "one two"),
        (f"{START}one {START}two{STOP}", "one <mark>two</mark>"),
    ],
)
def test_marks(text, html):
    assert marked(text) == html


@given(some.text(alphabet=f"a<&{START}{STOP}"))
def test_marks_always_close(text):
    html = marked(text)
    assert html.count("<mark>") == html.count("</mark>")
    assert START not in html
    assert STOP not in html


def test_an_npq_is_found_by_its_code_without_the_beginning():
    assert raw(any_words("SENCO Leicester")) == "(senco:* | npqsenco) | leicester:*"
