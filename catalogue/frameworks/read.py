"""A file of statements to its entries, as they stand: CSV (UTF-8 or Windows-1252) or TOML. Nothing is judged here.

CSV has the columns section, number, kind and text, in any order; others are passed over. TOML has a [[statement]]
with the same four for each.
"""

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from npq_portal.read import FileRefusedError, SourceFile, look_through, rows

COLUMNS = ("section", "number", "kind", "text")
# A framework has some 60 pages, which is less than a tenth of this.
MOST_BYTES = 5_000_000


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
    try:
        source = look_through(path, most_bytes=MOST_BYTES)
        return _toml(source) if path.suffix.lower() == ".toml" else list(_csv(source))
    except OSError as error:
        raise FrameworkRefusedError(f"{path} cannot be read: {error.strerror}.") from error
    except FileRefusedError as error:
        raise FrameworkRefusedError(str(error)) from error


def _csv(source: SourceFile) -> Iterator[Entry]:
    for number, row in rows(source, required=COLUMNS, any_case=True):
        yield Entry(f"Row {number}", *(row[column] for column in COLUMNS))


def _toml(source: SourceFile) -> list[Entry]:
    name = source.name
    try:
        tables = tomllib.loads(source.path.read_text(source.encoding, errors="replace"))
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
