"""Mistyped words: how many mistakes lie between two, and the forms by which the index finds near ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funding.search import spelling

words = st.text("abcdef", min_size=5, max_size=12)


@pytest.mark.parametrize(
    ("typed", "word", "mistakes"),
    [
        ("grange", "grange", 0),
        ("grnge", "grange", 1),
        ("grrange", "grange", 1),
        ("garnge", "grange", 1),
        ("gronge", "grange", 1),
        ("groneg", "grange", 2),
        ("", "ab", 2),
    ],
)
def test_counts_letters_dropped_added_wrong_or_swapped(typed, word, mistakes):
    assert spelling.mistakes(typed, word) == mistakes
    assert spelling.mistakes(word, typed) == mistakes


def test_more_than_matters_is_only_more():
    assert spelling.mistakes("grange", "oakwood") > spelling.MOST


@pytest.mark.parametrize(("word", "allowed"), [("st", 0), ("hay", 1), ("hill", 1), ("heath", 2)])
def test_short_words_allow_fewer_mistakes(word, allowed):
    assert spelling.mistakes_allowed(word) == allowed


@given(words, words)
def test_near_words_share_a_form(one, other):
    if spelling.mistakes(one, other) <= spelling.MOST:
        assert spelling.shortened(one) & spelling.shortened(other)


@given(words, st.data())
def test_a_mistake_anywhere_leaves_a_form_in_common(word, data):
    for _ in range(2):
        at = data.draw(st.integers(0, len(word) - 2))
        kind = data.draw(st.sampled_from(["drop", "double", "swap", "wrong"]))
        typed = {
            "drop": word[:at] + word[at + 1 :],
            "double": word[:at] + word[at] + word[at:],
            "swap": word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            "wrong": word[:at] + "g" + word[at + 1 :],
        }[kind]
        assert spelling.mistakes(typed, word) <= 1
        assert spelling.shortened(typed) & spelling.shortened(word)
