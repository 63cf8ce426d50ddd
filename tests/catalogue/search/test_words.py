"""What was typed is only ever words, and what was found is only ever text."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from catalogue.search.words import START, STOP, all_words, any_words, marked


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
