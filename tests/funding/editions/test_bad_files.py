"""What is no list, or not this one: words that say what to do, with the row where one is to blame, and no change."""

import gzip

import pytest

from npq_portal import read
from tests.funding.editions.conftest import IN_USE
from tests.funding.editions.making import csv_of, everything, numbers_in_use, preview

GOOD = csv_of(f"{urn},School {urn}" for urn in IN_USE).replace(b"URN\n", b"URN,School name\n")
SIX = "a school's URN has six digits and does not begin with 0"
ENDED = "Compressed file ended before the end-of-stream marker was reached"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "list.csv is empty."),
        (b"URN,School name\n", "The file has a header and no rows."),
        (b"Name,Town\nOak,Leeds\n", "list.csv has no column URN or School URN or urn. It has Name, Town."),
        (
            GOOD.replace(b"URN", b"U R N", 1),
            "list.csv has no column URN or School URN or urn. It has U R N, School name.",
        ),
        (GOOD.replace(b"School name", b"URN", 1), "list.csv has the column URN more than once."),
        (GOOD.replace(b",", b";"), "list.csv is separated by semicolons. Save it with commas."),
        (GOOD.replace(b",", b"\t"), "list.csv is separated by tabs. Save it with commas."),
        (GOOD.decode().encode("utf-16"), "list.csv is UTF-16. Save it as CSV UTF-8."),
        (
            GOOD.replace(b"School 100003", b"School\x00100003"),
            "list.csv holds NUL bytes, the first in row 5, so it is not a text table. Export it again.",
        ),
        (
            b"PK\x03\x04" + b"\x00" * 50,
            "list.csv is an Excel workbook or another packed file. Save it as CSV UTF-8.",
        ),
        (
            b"\xef\xbb\xbf" + GOOD + b"100010,Caf\xe9\n",
            "list.csv begins as UTF-8 and goes on as something else. Export it again.",
        ),
        (
            GOOD + b"100010,Caf\xe9 \x81\n",
            "Row 12 holds a byte that is neither UTF-8 nor Windows-1252. Save it as CSV UTF-8.",
        ),
        (GOOD[: GOOD.rindex(b",")], "Row 11 has 1 cells for 2 columns. Was the file cut short?"),
        (GOOD + b"100010,A,B\n", "Row 12 has 3 cells for 2 columns. Was the file cut short?"),
        (GOOD + b'100010,"Oak\n', 'Row 12 opens a cell with " and never closes it. Was the file cut short?'),
        (
            GOOD + b"100010," + b"x" * 200_000 + b"\n",
            "Row 12 has a cell of over 131,072 characters. Is a quotation mark missing?",
        ),
        (
            GOOD + b"100010," + b"x" * 10_000_000 + b"\n",
            "Row 12 has over 1,048,576 characters. Is a quotation mark missing?",
        ),
        (
            GOOD + b'100010,"' + b"x\n" * 600_000 + b'"\n',
            "Row 12 has a cell of over 131,072 characters. Is a quotation mark missing?",
        ),
        (
            GOOD + b"100010" + b',"Two\nlines"' * 100_000 + b"\n",
            "Row 12 has over 1,048,576 characters. Is a quotation mark missing?",
        ),
        (
            ",".join(f"c{number}" for number in range(60_000)).encode() + b"\n",
            "Row 1 of list.csv has 60,000 columns, and no table here has over 500. Is it the right file?",
        ),
        (
            b"URN,School name,Pupils on roll\n100000,Oak,12\n",
            "list.csv holds pupil premium figures, not a list: it has a column Pupils on roll. Choose the list itself.",
        ),
        (
            b"URN\n100000\n10001",
            'Row 3, the last, breaks off with "10001": no other row ends like that. Fetch the file again or, if the'
            " row is whole, add a line break after it.",
        ),
        (
            b"URN\n1\n2\n",
            f'No row of the file can be used. Row 2: "1" does not fit: {SIX}; row 3: "2" does not fit: {SIX}.',
        ),
        (
            gzip.compress(GOOD)[:-9],
            f"list.csv is cut short or damaged ({ENDED}). Fetch it again.",
        ),
    ],
    ids=[
        "empty",
        "header only",
        "wrong file",
        "renamed column",
        "repeated column",
        "semicolons",
        "tabs",
        "utf-16",
        "nul",
        "workbook",
        "mark and not utf-8",
        "byte of no encoding",
        "cut short",
        "extra cell",
        "open quotation",
        "long cell",
        "10 MB cell",
        "cell of many lines",
        "row of many lines",
        "too many columns",
        "figures",
        "number cut short",
        "no usable row",
        "damaged gzip",
    ],
)
def test_refused_with_the_reason(tmp_path, term, in_use, content, words):
    before = everything()
    with pytest.raises(read.FileRefusedError) as refused:
        preview(tmp_path, content, term=term)
    assert str(refused.value) == words
    assert everything() == before
    assert numbers_in_use(term) == set(IN_USE)


@pytest.mark.parametrize(
    "content",
    [
        GOOD.replace(b"\n", b"\r\n"),
        GOOD.replace(b"\n", b"\r"),
        b"\xef\xbb\xbf" + GOOD,
        GOOD.replace(b"School 100003", "École".encode("cp1252")),
        GOOD.replace(b"School 100003", "École".encode()),
        GOOD.replace(b"School 100003", b'"School\nof two lines"'),
        b"URN,School name,,\n" + b"".join(f"{urn},School,,\n".encode() for urn in IN_USE),
        b"School name,Year,URN\n" + b"".join(f"School,2025,{urn}\n".encode() for urn in IN_USE),
        GOOD.replace(b"100003,", b" 100003 ,"),
        gzip.compress(GOOD),
    ],
    ids=[
        "crlf",
        "cr",
        "mark",
        "cp1252",
        "utf-8",
        "line in a cell",
        "stray columns",
        "reordered",
        "spaces around",
        "gzip",
    ],
)
def test_every_shape_of_the_same_list_is_the_same_list(tmp_path, term, in_use, content):
    upload = preview(tmp_path, content, term=term)
    assert (upload.rows_read, upload.rows_rejected, upload.changes_nothing) == (10, 0, True)


def test_a_packed_file_may_not_hold_too_much(tmp_path):
    path = tmp_path / "list.csv.gz"
    path.write_bytes(gzip.compress(b"URN\n" + b"100000\n" * 1_000_000))
    with pytest.raises(read.FileRefusedError, match=r"list\.csv\.gz holds over 5 MB"):
        read.look_through(path, most_bytes=5_000_000)
