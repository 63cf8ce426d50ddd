"""One way of writing what is stored and what is typed."""

import pytest

from funding import searchtext


@pytest.mark.parametrize(
    ("text", "tidied"),
    [
        ("St. Mary's", "st marys"),
        ("St Mary\u2019s", "st marys"),
        ("Holy Trinity & St Silas", "holy trinity and st silas"),
        ("Collège Français", "college francais"),
        ("  CofE   (VA)  ", "cofe va"),
        ("\x00\x1f%_\\'\"", ""),
        ("", ""),
    ],
)
def test_tidy(text, tidied):
    assert searchtext.tidy(text) == tidied


@pytest.mark.parametrize(
    ("name", "also"),
    [
        ("St Mary's School", "saint"),
        ("Saint Mary's School", "st"),
        ("St X Church of England Primary", "cofe"),
        ("St X CofE Primary", "church"),
        ("St X C of E Primary", "ce"),
        ("Holy Family Catholic School", "rc"),
        ("Mount Junior School", "mt"),
    ],
)
def test_a_name_is_stored_with_its_other_ways_of_writing(name, also):
    assert also in searchtext.stored_name(name).split()


def test_a_postcode_is_stored_with_and_without_its_space():
    assert searchtext.stored_place("Camden", "NW5 3RD") == "camden nw5 3rd nw53rd"


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("the Oakwood school in Derby", ["oakwood", "school", "derby"]),
        ("St. Mary's C of E", ["st", "marys", "cofe"]),
        ("the", ["the"]),
        ("%_\\'\"", []),
        ("", []),
    ],
)
def test_filler_is_left_out_of_a_query(query, words):
    assert searchtext.query_words(query) == words
