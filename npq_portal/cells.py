"""Cells of a CSV file that spreadsheet programs open as text, whatever they begin with.

A cell that begins with one of these signs is a formula to them, and a formula may fetch and send what it likes. An
apostrophe before it makes it text, and is taken off again when the file comes back.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from datetime import date

from django.http import StreamingHttpResponse

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


def csv_answer(lines: Iterable[str], name: str, day: date) -> StreamingHttpResponse:
    """A file to keep, "name-2026-11-22.csv", sent line by line."""
    return StreamingHttpResponse(
        lines,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}-{day:%Y-%m-%d}.csv"'},
    )


class _Echo:
    """A file that keeps nothing: what is written comes back."""

    def write(self, line: str) -> str:
        return line
