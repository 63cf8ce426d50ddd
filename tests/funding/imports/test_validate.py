"""Cells to values, or a reason."""

from datetime import date
from decimal import Decimal

import pytest

from funding.imports import validate
from funding.imports.validate import RowRejectedError


def test_reads_what_gias_writes():
    assert validate.gias_urn("100000") == "100000"
    assert validate.ukprn("10000055") == "10000055"
    assert validate.day("31-08-2021", "OpenDate") == date(2021, 8, 31)
    assert validate.day("", "OpenDate") is None
    assert validate.percentage("18.1", "FSM") == Decimal("18.1")
    assert validate.metres("515600.0", "easting") == 515600
    assert validate.whole_number("271", "NumberOfPupils") == 271
    assert validate.whole_number("", "NumberOfPupils") is None
    assert validate.text("The  Aldgate\tSchool", 160, "name") == "The Aldgate School"


@pytest.mark.parametrize(
    ("cell", "read"),
    [("ec3a5de", "EC3A 5DE"), ("EC3A 5DE", "EC3A 5DE"), ("M1 1AA", "M1 1AA"), ("REDACTED", ""), ("", "")],
)
def test_postcodes(cell, read):
    assert validate.postcode(cell) == read


@pytest.mark.parametrize(
    ("cell", "read"),
    [("EY123456", "EY123456"), ("ey 123456", "EY123456"), ("118032", "118032"), ("2707918", "2707918")],
)
def test_ofsted_urns(cell, read):
    assert validate.ofsted_urn(cell) == read


@pytest.mark.parametrize(
    ("read", "words"),
    [
        (lambda: validate.gias_urn("12345"), '"12345" does not fit: a school\'s URN has six digits'),
        (lambda: validate.gias_urn("EY123456"), "does not fit"),
        (lambda: validate.gias_urn(""), "the number is empty"),
        (lambda: validate.ukprn("1000005"), "a UKPRN has eight digits"),
        (lambda: validate.ofsted_urn("NULL"), '"NULL" does not fit'),
        (lambda: validate.day("2021-08-31", "OpenDate"), "not a day written as 31-08-2026"),
        (lambda: validate.day("31-02-2021", "OpenDate"), "not a day"),
        (lambda: validate.whole_number("1.5", "NumberOfPupils"), "NumberOfPupils is"),
        (lambda: validate.whole_number("٣", "NumberOfPupils"), "not a whole number"),
        (lambda: validate.ofsted_urn("ABCD12345678"), "does not fit"),
        (lambda: validate.setting_urn("SCA170235"), "does not fit"),
        (lambda: validate.metres("515600.5", "easting"), "not a number of whole metres"),
        (lambda: validate.metres("", "easting"), "not a number of whole metres"),
        (lambda: validate.percentage("101", "FSM"), "not a percentage"),
        (lambda: validate.percentage("NaN", "FSM"), "not a percentage"),
        (lambda: validate.text("x" * 161, 160, "the name"), "the name has 161 characters; it may have 160"),
        (lambda: validate.filled("", "the type"), "the type is empty"),
    ],
)
def test_rejects_with_the_reason(read, words):
    with pytest.raises(RowRejectedError, match=words):
        read()
