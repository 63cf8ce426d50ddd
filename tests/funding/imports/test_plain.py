"""Cells that are taken as they stand: only such as would be read to themselves, whatever they hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funding.imports.establishments import COLUMNS

PLAIN = {column.name: column for column in COLUMNS if column.plain}
CELLS = {
    "urn": (
        "100000",
        "000000",
        "1000000",
        "10000",
        "100000\n",
        " 100000",
        "\u0661\u0660\u0660\u0660\u0660\u0660",
    ),
    "ukprn": ("10000055", "1000005", "10000055 "),
    "name": (
        "Oak",
        "Oak  Tree",
        "Oak\tTree",
        "Oak \\N",
        "<b>",
        "Oak & Ash",
        "É",
        "x" * 160,
        "x" * 161,
        "Oak\u00a0Tree",
    ),
    "postcode": ("NW5 3RD", "NW53RD", "nw5 3rd", "REDACTED", "NW5 3RD\n", "N1 1AA", "NW5  3RD"),
    "easting": ("528000", "0", "007", "1000000000", "-1", "5.0", "\u0663"),
    "northing": ("528000", "0", ""),
}


def stands(name: str, raw: str) -> bool:
    column = PLAIN[name]
    return not column.plain.fullmatch(raw) or column.value(raw) == raw


def test_every_column_with_a_pattern_is_tried():
    assert CELLS.keys() == PLAIN.keys()


@pytest.mark.parametrize("name", PLAIN)
def test_such_as_stand_in_extracts(name):
    assert all(stands(name, raw) for raw in CELLS[name])
    assert any(PLAIN[name].plain.fullmatch(raw) for raw in CELLS[name])


@given(st.sampled_from(sorted(PLAIN)), st.data())
def test_any_that_fits_the_pattern(name, data):
    raw = data.draw(st.one_of(st.from_regex(PLAIN[name].plain, fullmatch=True), st.text(max_size=12)))
    assert stands(name, raw)
