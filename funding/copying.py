"""Rows in the text that COPY reads, sent in blocks rather than one by one, which saves the driver's own work."""

from collections.abc import Iterable
from itertools import islice
from typing import Any

from psycopg import sql

NULL = r"\N"
BLOCK = 500  # rows


def cell(value: object) -> str:
    """One value as COPY writes it. Not for lists."""
    if value is None:
        return NULL
    if isinstance(value, bool):
        return "t" if value else "f"
    text = str(value)
    if "\\" in text:
        text = text.replace("\\", "\\\\")
    if not text.isprintable():  # nor are many others, which stand for themselves
        text = text.replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")
    return text


def copy_lines(cursor: Any, into: str | sql.Composed, lines: Iterable[str]) -> None:
    """Sends lines of cells with tabs between them, without their ends. `into`: COPY ... FROM STDIN."""
    lines = iter(lines)
    with cursor.copy(into) as copy:
        while block := list(islice(lines, BLOCK)):
            copy.write("\n".join(block) + "\n")
