"""Cells that a spreadsheet program would run as formulas are text to it, and come back as they were."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as some

from npq_portal.cells import csv_lines, guarded, unguarded


@pytest.mark.parametrize("sign", "=+-@\t\r\n")
def test_a_formula_is_text(sign):
    assert guarded(f"{sign}cmd|' /C calc'!A0").startswith("'")


@pytest.mark.parametrize("text", ["", "The hall", "O'Neill", "'quoted'", "2027-01-13", "890.50"])
def test_other_text_stays_as_it_is(text):
    assert guarded(text) == unguarded(text) == text


@given(some.text(alphabet="'=+-@ a1\t"))
def test_there_and_back(text):
    assert unguarded(guarded(text)) == text


def test_the_lines_of_a_file():
    lines = list(csv_lines([["a", "=b"], ['say "c", d', "é"]]))
    text = "".join(lines)
    assert text.startswith("\ufeff")
    assert list(csv.reader(io.StringIO(text[1:]))) == [["a", "'=b"], ['say "c", d', "é"]]
