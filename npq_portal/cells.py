"""Cells of a CSV file that spreadsheet programs open as text, whatever they begin with.

A cell that begins with one of these signs is a formula to them, and a formula may fetch and send what it likes. An
apostrophe before it makes it text, and is taken off again when the file comes back.
"""

import csv
import re
from collections.abc import Iterable, Iterator

# What needs its apostrophe, also where a text has some of its own: so that one can always be taken off.
RISKY = re.compile(r"'*[=+\-@\t\r\n]")


def guarded(text: str) -> str:
    return f"'{text}" if RISKY.match(text) else text


def unguarded(text: str) -> str:
    """What `guarded` was given."""
    return text[1:] if text.startswith("'") and RISKY.match(text) else text


def csv_lines(rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """The lines of a CSV file, every cell guarded. A byte-order mark tells Excel that it is UTF-8."""
    writer = csv.writer(_Echo())
    yield "\ufeff"
    for row in rows:
        yield writer.writerow([guarded(cell) for cell in row])


class _Echo:
    """A file that keeps nothing: what is written comes back."""

    def write(self, line: str) -> str:
        return line
