"""Files of statements as operators have them, and those that are none."""

import pytest

from catalogue.frameworks import read as reading
from catalogue.frameworks.read import Entry, FrameworkRefusedError, read

HEADER = "section,number,kind,text\n"
ROW = "Teaching,1.1,learn that,Practice helps.\n"


@pytest.fixture
def file(tmp_path):
    def write(content, name="statements.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


@pytest.mark.parametrize(
    "content",
    [
        HEADER + ROW,
        "\ufeff" + HEADER + ROW,
        (HEADER + ROW).replace("\n", "\r\n"),
        " Text ,KIND,Number,Section,page\nPractice helps., learn that ,1.1,Teaching,9\n",
        HEADER + ROW.rstrip(),
    ],
    ids=["plain", "byte-order mark", "Windows", "other order", "no last line break"],
)
def test_a_table(file, content):
    assert read(file(content)) == [Entry("Row 2", "Teaching", "1.1", "learn that", "Practice helps.")]


def test_rows_are_counted_as_a_spreadsheet_counts_them(file):
    text = HEADER + ROW + ",,,\n" + 'Teaching,1.2,learn that,"One\nand, two"\n' + ROW
    assert [entry.where for entry in read(file(text))] == ["Row 2", "Row 4", "Row 5"]


def test_windows(file):
    assert read(file((HEADER + ROW).replace("helps", "“helps”").encode("cp1252")))[0].text == (
        "Practice “helps”."
    )


def test_toml(file):
    text = """
        [[statement]]
        section = "Teaching"
        number = "1.10"
        kind = "learn that"
        text = "Practice helps."

        [[statement]]
        number = 2
    """
    assert read(file(text, "statements.TOML")) == [
        Entry("Statement 1", "Teaching", "1.10", "learn that", "Practice helps."),
        Entry("Statement 2", "", "2", "", ""),
    ]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("", "statements.csv is empty."),
        (" \n", "statements.csv has no column section, number, kind, text. It has no columns."),
        (
            b"PK\x03\x04...",
            "statements.csv is an Excel workbook or another packed file. Save it as CSV UTF-8.",
        ),
        (b"%PDF-1.7", "statements.csv is a PDF."),
        ((HEADER + ROW).encode("utf-16"), "statements.csv is UTF-16. Save it as CSV UTF-8."),
        ((HEADER + ROW + "\0").encode(), "statements.csv holds NUL bytes, the first in row 3"),
        ((HEADER + ROW).encode() + b"\x81\n", "Row 3 holds a byte that is neither UTF-8 nor Windows-1252."),
        (HEADER.replace(",", ";"), "statements.csv is separated by semicolons. Save it with commas."),
        (
            "section,number,text\n",
            "statements.csv has no column kind. It has section, number, text.",
        ),
        ("section,number,kind,text,text\n", "statements.csv has the column text more than once."),
        (HEADER + ROW + "Teaching,1.2,learn that,One, two\n", "Row 3 has 5 cells for 4 columns."),
        (HEADER + ROW + "Teaching,1.2\n", "Row 3 has 2 cells for 4 columns."),
        (HEADER + ROW + 'Teaching,1.2,learn that,"One\n', 'Row 3 opens a cell with " and never closes it.'),
        ('"section', 'Row 1 opens a cell with " and never closes it.'),
    ],
)
def test_what_is_no_table(file, content, why):
    with pytest.raises(FrameworkRefusedError) as refused:
        read(file(content))
    assert str(refused.value).startswith(why)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("[[statement]\n", "statements.toml is not TOML: "),
        (f"x={'[' * 5_000}", "statements.toml is no file of statements."),
        (f"x={'9' * 5_000}", "statements.toml is no file of statements."),
        ("[statement]\n", "statements.toml has no [[statement]]."),
        ("title = 'Teaching'\n", "statements.toml has no [[statement]]."),
        (
            "[[statement]]\nnumber = '1'\n[[statement]]\nnumber = 1.10\ntext = true\n",
            "Statement 2 has a number that is no text. Put it in quotation marks.\nStatement 2 has a text that",
        ),
    ],
)
def test_what_is_no_toml(file, content, why):
    with pytest.raises(FrameworkRefusedError) as refused:
        read(file(content, "statements.toml"))
    assert str(refused.value).startswith(why)


def test_no_such_file(tmp_path):
    with pytest.raises(FrameworkRefusedError, match="cannot be read: No such file"):
        read(tmp_path / "nowhere.csv")


def test_a_folder(tmp_path):
    with pytest.raises(FrameworkRefusedError, match="cannot be read: Is a directory"):
        read(tmp_path)


def test_what_is_too_large_to_be_a_framework(file, monkeypatch):
    monkeypatch.setattr(reading, "MOST_BYTES", 40)
    with pytest.raises(FrameworkRefusedError, match="Is it the right file"):
        read(file(HEADER + ROW))
