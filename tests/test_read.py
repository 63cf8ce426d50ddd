"""Bytes to rows: every shape that published files have, and clear words for those that cannot be used."""

import gzip

import pytest

from npq_portal import read


@pytest.fixture
def file(tmp_path):
    def write(content: bytes, name: str = "list.csv"):
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return write


def rows_of(path, **asked):
    return list(read.rows(read.look_through(path), **asked))


@pytest.mark.parametrize(
    "content",
    [
        "URN,Name\n1,École\n".encode(),
        "URN,Name\r\n1,École\r\n".encode(),
        b"\xef\xbb\xbf" + "URN,Name\n1,École\n".encode(),
        "URN,Name\n1,École\n".encode("cp1252"),
        "URN,Name\n1,École".encode(),
        "URN,Name\n\n1, École \n , \n".encode(),
        "URN,Name,,\n1,École,,\n".encode(),
    ],
    ids=["utf-8", "crlf", "mark", "cp1252", "no last newline", "blank lines and spaces", "stray columns"],
)
def test_reads(file, content):
    assert [row for _, row in rows_of(file(content))] == [{"URN": "1", "Name": "École"}]


def test_reads_gzip(file):
    path = file(gzip.compress(b"URN\n1\n"), "list.csv.gz")
    assert rows_of(path) == [(2, {"URN": "1"})]


def test_numbers_rows_as_a_spreadsheet_does(file):
    assert [number for number, _ in rows_of(file(b"URN\n1\n\n2\n"))] == [2, 4]


def test_a_letter_cut_by_the_reading_block_is_still_utf8(file, monkeypatch):
    monkeypatch.setattr(read, "CHUNK", 10)
    assert read.look_through(file("URN,Name\n1É,École École École\n".encode())).encoding == "utf-8-sig"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "list.csv is empty"),
        ("URN\n1\n".encode("utf-16"), "UTF-16. Save it as CSV UTF-8"),
        (b"URN\n1\x00\n", "NUL bytes"),
        (b"Name\nA\n", "has no column URN. It has Name"),
        (b"URN,URN\n1,2\n", "has the column URN more than once"),
        (b"URN,Name\n1,A\n2\n", "Row 3 has 1 cells for 2 columns. Was the file cut short"),
        (b"URN,Name\n1,A,B\n", "Row 2 has 3 cells for 2 columns"),
        (
            b"URN,Name\n1,A,B\n2,B\n3\n4,D,E\n",
            "Row 2 has 3 cells for 2 columns. Row 4 has 1, row 5 has 3. Was the file cut short?",
        ),
        (b"URN,Name\n" + b"1\n" * 30, "row 22 has 1, and 9 more rows do not fit. Was"),
        (b"URN,Name\n1,A\n2," + b"x" * 200_000 + b"\n", "Row 3 has a cell of over 131,072 characters"),
    ],
)
def test_refuses_with_the_reason(file, content, words):
    with pytest.raises(read.FileRefusedError, match=words):
        rows_of(file(content), required=("URN",))


def test_refuses_a_damaged_gzip(file):
    path = file(gzip.compress(b"URN\n" + b"1\n" * 1000)[:-12], "list.csv.gz")
    with pytest.raises(read.FileRefusedError, match="cut short or damaged"):
        rows_of(path)


def test_one_of_several_names_of_a_column_is_enough(file):
    path = file(b"School URN\n1\n")
    assert len(rows_of(path, any_of=("URN", "School URN"))) == 1
    with pytest.raises(read.FileRefusedError, match="has no column UKPRN or Number"):
        rows_of(path, any_of=("UKPRN", "Number"))
