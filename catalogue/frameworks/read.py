"""A file of statements to its entries, as they stand: CSV (UTF-8 or Windows-1252) or TOML. Nothing is judged here.

CSV has the columns section, number, kind and text, in any order; others are passed over. TOML has a [[statement]]
with the same four for each.
"""

import csv
import tomllib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

COLUMNS = ("section", "number", "kind", "text")
# A framework has some 60 pages, which is less than a tenth of this.
MOST_BYTES = 5_000_000
# How files that are no text begin, and what to do instead of loading them.
OTHER_FORMATS = {
    b"PK\x03\x04": "an Excel workbook or another packed file. Save it as CSV UTF-8",
    b"\xd0\xcf\x11\xe0": "an Excel workbook. Save it as CSV UTF-8",
    b"%PDF": "a PDF. Copy its statements into a table and save that as CSV UTF-8",
    b"\x1f\x8b": "packed. Unpack it first",
    b"\xff\xfe": "UTF-16. Save it as CSV UTF-8",
    b"\xfe\xff": "UTF-16. Save it as CSV UTF-8",
}


class FrameworkRefusedError(Exception):
    """Nothing was loaded. Each problem is a sentence, with its row where one is to blame."""

    def __init__(self, *problems: str) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class Entry:
    """`where` is how its maker finds it again: "Row 12" of a CSV file (row 1 is the header), "Statement 12" of TOML.

    The rest is the text of the file without surrounding space; empty where it has none.
    """

    where: str
    section: str
    number: str
    kind: str
    text: str


def read(path: Path) -> list[Entry]:
    """The entries in the order of the file. Raises FrameworkRefusedError for a file that is no such table."""
    text = _decoded(_bytes(path), path.name)
    return _toml(text, path.name) if path.suffix.lower() == ".toml" else _csv(text, path.name)


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise FrameworkRefusedError(f"{path} cannot be read: {error.strerror}.") from error
    if len(content) > MOST_BYTES:
        raise FrameworkRefusedError(
            f"{path.name} holds over {MOST_BYTES // 1_000_000} MB. Is it the right file?"
        )
    if not content.strip():
        raise FrameworkRefusedError(f"{path.name} is empty.")
    return content


def _decoded(content: bytes, name: str) -> str:
    for mark, what in OTHER_FORMATS.items():
        if content.startswith(mark):
            raise FrameworkRefusedError(f"{name} is {what}.")
    if b"\0" in content:
        raise FrameworkRefusedError(
            f"{_line_of(content, content.index(0))} holds a NUL byte. Export it again."
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as found:
        try:
            # What Excel on Windows saves as plain CSV.
            return content.decode("cp1252")
        except UnicodeDecodeError:
            raise FrameworkRefusedError(
                f"{_line_of(content, found.start)} holds a byte that is neither UTF-8 nor Windows-1252."
                " Save it as CSV UTF-8."
            ) from None


def _line_of(content: bytes, place: int) -> str:
    before = content[:place]
    ends = before.count(b"\n") or before.count(b"\r")
    return f"Line {ends + 1}"


def _csv(text: str, name: str) -> list[Entry]:
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    number, entries = 0, []
    try:
        header = [cell.strip().lower() for cell in next(reader)]
        number = 1
        _check_header(header, name)
        for number, cells in enumerate(reader, 2):
            if not any(map(str.strip, cells)):
                continue
            if len(cells) != len(header):
                raise FrameworkRefusedError(
                    f"Row {number} has {len(cells)} cells for {len(header)} columns."
                    " A text with a comma needs quotation marks."
                )
            row = dict(zip(header, map(str.strip, cells), strict=True))
            entries.append(Entry(f"Row {number}", *(row[column] for column in COLUMNS)))
    except csv.Error as error:
        raise FrameworkRefusedError(_cannot_read(number + 1, error)) from error
    return entries


def _cannot_read(number: int, error: csv.Error) -> str:
    """Python's reader has words of its own for what really happens: a quotation mark that is never closed."""
    if "end of data" in str(error) or "field l" in str(error):
        return f'Row {number} opens a cell with " and never closes it.'
    return f"Row {number} cannot be read: {error}."


def _check_header(header: list[str], name: str) -> None:
    repeated = [column for column, times in Counter(header).items() if column and times > 1]
    if repeated:
        raise FrameworkRefusedError(f"{name} has the column {repeated[0][:80]} more than once.")
    missing = [column for column in COLUMNS if column not in header]
    if not missing:
        return
    if len(header) == 1 and (separator := next((each for each in ";\t|" if each in header[0]), "")):
        what = {";": "semicolons", "\t": "tabs", "|": "upright bars"}[separator]
        raise FrameworkRefusedError(f"{name} is separated by {what}. Save it with commas.")
    has = ", ".join(column[:80] for column in header[:20] if column) or "no columns"
    raise FrameworkRefusedError(f"Row 1 of {name} has no column {', '.join(missing)}. It has {has}.")


def _toml(text: str, name: str) -> list[Entry]:
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise FrameworkRefusedError(f"{name} is not TOML: {error}.") from error
    except (RecursionError, ValueError) as error:  # thousands of brackets in one another, or of digits
        raise FrameworkRefusedError(f"{name} is no file of statements. Is it the right one?") from error
    statements = tables.get("statement")
    if not isinstance(statements, list) or not all(isinstance(each, dict) for each in statements):
        raise FrameworkRefusedError(f"{name} has no [[statement]].")
    problems = [
        problem
        for place, each in enumerate(statements, 1)
        for problem in _not_text(each, f"Statement {place}")
    ]
    if problems:
        raise FrameworkRefusedError(*problems)
    return [_entry(each, f"Statement {place}") for place, each in enumerate(statements, 1)]


def _not_text(statement: dict[str, Any], where: str) -> Iterable[str]:
    """A number without quotation marks would lose its last nought: 1.10 is read as 1.1."""
    for column in COLUMNS:
        value = statement.get(column, "")
        whole = column == "number" and isinstance(value, int) and not isinstance(value, bool)
        if not isinstance(value, str) and not whole:
            yield f"{where} has a {column} that is no text. Put it in quotation marks."


def _entry(statement: dict[str, Any], where: str) -> Entry:
    return Entry(where, *(str(statement.get(column, "")).strip() for column in COLUMNS))
