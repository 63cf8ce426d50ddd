"""Bytes to rows, for tables as they are really published: UTF-8 with or without a byte-order mark, or cp1252;
any line ending; empty lines and stray empty columns; plain or gzipped.

A file is streamed twice and never held: once for its hash and encoding, once for its rows.
"""

import codecs
import csv
import gzip
import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path
from typing import IO

CHUNK = 1 << 18
UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

Row = dict[str, str]


class FileRefusedError(Exception):
    """The file cannot be used at all. The message says why and, where one is to blame, in which row."""


@dataclass(frozen=True)
class SourceFile:
    """A file that has been looked through once. `encoding` is what its rows are read with."""

    path: Path
    sha256: str
    encoding: str


def sha256_of(path: Path) -> str:
    """The hash of the file as it lies there, compressed or not: what says that it was loaded before."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def look_through(path: Path) -> SourceFile:
    """Finds the encoding. Raises FileRefusedError for an empty file, UTF-16, NUL bytes, a broken gzip."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    encoding, first = "utf-8-sig", True
    with _open(path) as file:
        try:
            while chunk := file.read(CHUNK):
                if first and chunk.startswith(UTF16_MARKS):
                    raise FileRefusedError(f"{path.name} is UTF-16. Save it as CSV UTF-8.")
                if b"\0" in chunk:
                    raise FileRefusedError(
                        f"{path.name} holds NUL bytes, so it is not a text table. Export it again."
                    )
                first = False
                if encoding == "utf-8-sig":
                    encoding = _still_utf8(decoder.decode, chunk)
        except (EOFError, gzip.BadGzipFile) as error:
            raise FileRefusedError(
                f"{path.name} is cut short or damaged ({error}). Fetch it again."
            ) from error
    if first:
        raise FileRefusedError(f"{path.name} is empty.")
    return SourceFile(path, sha256_of(path), encoding)


def _still_utf8(decode: Callable[[bytes], str], chunk: bytes) -> str:
    try:
        decode(chunk)
    except UnicodeDecodeError:
        # The published lists that are not UTF-8 come from Excel on Windows.
        return "cp1252"
    return "utf-8-sig"


def rows(
    source: SourceFile, *, required: tuple[str, ...] = (), any_of: tuple[str, ...] = ()
) -> Iterator[tuple[int, Row]]:
    """(row number, {column: cell}) for each row that is not blank; the header is row 1.

    The header must have every column of `required`, and one of `any_of` if it names any. Cells and column
    names come without surrounding space; columns without a name are dropped. Raises FileRefusedError for a
    missing or repeated column, a row with more or fewer cells than there are columns, or a cell of over
    131,072 characters (the limit of Python's reader).
    """
    number = 1
    try:
        with (
            _open(source.path) as file,
            TextIOWrapper(file, source.encoding, errors="replace", newline="") as text,
        ):
            reader = csv.reader(text)
            header = _header(next(reader, []), required, any_of, source.path.name)
            for number, cells in enumerate(reader, start=2):
                if any(map(str.strip, cells)):
                    yield number, _row(cells, header, number)
    except csv.Error as error:
        raise FileRefusedError(f"The row after row {number} cannot be read: {error}.") from error


def _header(cells: list[str], required: tuple[str, ...], any_of: tuple[str, ...], name: str) -> list[str]:
    header = [cell.strip() for cell in cells]
    named = [column for column in header if column]
    repeated = sorted({column for column in named if named.count(column) > 1})
    if repeated:
        raise FileRefusedError(f"{name} has the column {repeated[0]} more than once.")
    missing = [column for column in required if column not in named]
    if any_of and not set(any_of) & set(named):
        missing = [" or ".join(any_of)]
    if missing:
        raise FileRefusedError(
            f"{name} has no column {', '.join(missing)}. It has {', '.join(named) or 'no columns'}."
        )
    return header


def _row(cells: list[str], header: list[str], number: int) -> Row:
    if len(cells) != len(header):
        raise FileRefusedError(
            f"Row {number} has {len(cells)} cells for {len(header)} columns. Was the file cut short?"
        )
    row = {column: cell.strip() for column, cell in zip(header, cells, strict=True)}
    row.pop("", None)
    return row


@contextmanager
def _open(path: Path) -> Iterator[IO[bytes]]:
    if path.suffix == ".gz":
        with gzip.open(path, "rb") as unpacked:
            yield unpacked  # type: ignore[misc]
    else:
        with path.open("rb") as file:
            yield file
