"""Reads the files in catalogue/data into entries.

A mistake in a file raises DataFileError, which names the file, the entry and what to put right.
"""

import csv
import tomllib
from collections.abc import Callable
from dataclasses import MISSING, fields
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from catalogue.loading.entries import DataFileError, must

DATA = Path(__file__).resolve().parent.parent / "data"

Entry = TypeVar("Entry")


def read_toml(file: str, table: str, kind: type[Entry], folder: Path = DATA) -> list[Entry]:
    """The entries of one table of a TOML file, in order."""
    rows = tomllib.loads((folder / file).read_text(encoding="utf-8")).get(table, [])
    return [_entry(kind, row, f"{file}, {table} {number}") for number, row in enumerate(rows, 1)]


def read_csv(file: str, kind: type[Entry], folder: Path = DATA) -> list[Entry]:
    """The rows of a CSV file; columns that the entry does not have are passed over."""
    wanted = {_column(kind, each.name) for each in fields(kind)}  # type: ignore[arg-type]
    with (folder / file).open(encoding="utf-8-sig", newline="") as lines:
        return [
            _entry(kind, {key: value for key, value in row.items() if key in wanted}, f"{file}, row {number}")
            for number, row in enumerate(csv.DictReader(lines), 2)
        ]


def _column(kind: type, name: str) -> str:
    names = getattr(kind, "names", {})
    return next((column for column, ours in names.items() if ours == name), name)


def _entry(kind: type[Entry], row: dict[str, Any], where: str) -> Entry:
    names = getattr(kind, "names", {})
    values = {names.get(key, key): value for key, value in row.items()}
    known = {each.name: each for each in fields(kind)}  # type: ignore[arg-type]
    unknown = set(values) - set(known)
    must(not unknown, f"{where}: there is no {', '.join(sorted(unknown))}")
    for name, each in known.items():
        needed = each.default is MISSING and each.default_factory is MISSING
        must(name in values or not needed, f"{where}: {_column(kind, name)} is missing")
        if name in values:
            must(_fits(values[name], each.type), f"{where}: {_column(kind, name)} is not of the right kind")
    try:
        return kind(**values)
    except DataFileError as problem:
        raise DataFileError(f"{where}: {problem}") from None


_KINDS: dict[Any, Callable[[Any], bool]] = {
    str: lambda value: isinstance(value, str),
    int: lambda value: isinstance(value, int) and not isinstance(value, bool),
    bool: lambda value: isinstance(value, bool),
    date: lambda value: isinstance(value, date),
    bool | None: lambda value: isinstance(value, bool),
    date | None: lambda value: isinstance(value, date),
    list[str]: lambda value: isinstance(value, list) and all(isinstance(item, str) for item in value),
    list[int]: lambda value: isinstance(value, list) and all(isinstance(item, int) for item in value),
    list[list[str]]: lambda value: isinstance(value, list) and all(isinstance(item, list) for item in value),
    list[dict[str, Any]]: lambda value: (
        isinstance(value, list) and all(isinstance(item, dict) for item in value)
    ),
    dict[str, int]: lambda value: isinstance(value, dict),
}


def _fits(value: Any, kind: Any) -> bool:
    return _KINDS[kind](value)
