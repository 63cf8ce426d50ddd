"""Rows in COPY's text arrive as the values that they were."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection

from funding.copying import BLOCK, cell, copy_lines

pytestmark = pytest.mark.django_db


@pytest.fixture
def cursor():
    with connection.cursor() as cursor:
        yield cursor


@pytest.mark.parametrize(
    "text", ["", r"\N", r"a\b", "a\tb\r\n", "École “St Denys”\xa0", "\x7f", "null", r"\."]
)
def test_text_comes_back_as_it_was(cursor, text):
    cursor.execute("CREATE TEMPORARY TABLE taken (before text, value text, after text)")
    copy_lines(cursor, "COPY taken FROM STDIN", ["\t".join(map(cell, ("before", text, None)))])
    cursor.execute("SELECT * FROM taken")
    assert cursor.fetchall() == [("before", text, None)]


def test_other_values_come_back_as_they_were(cursor):
    row = (7, True, False, None, 0.15, Decimal("18.1"), date(2026, 8, 31))
    cursor.execute(
        "CREATE TEMPORARY TABLE taken (a int, b boolean, c boolean, d int, e float8, f numeric, g date)"
    )
    copy_lines(cursor, "COPY taken FROM STDIN", ["\t".join(map(cell, row))])
    cursor.execute("SELECT * FROM taken")
    assert cursor.fetchall() == [row]


@pytest.mark.parametrize("rows", [0, 1, BLOCK, BLOCK + 1])
def test_every_line_arrives(cursor, rows):
    cursor.execute("CREATE TEMPORARY TABLE taken (number int)")
    copy_lines(cursor, "COPY taken FROM STDIN", map(str, range(rows)))
    cursor.execute("SELECT array_agg(number ORDER BY number) FROM taken")
    assert (cursor.fetchone()[0] or []) == list(range(rows))
