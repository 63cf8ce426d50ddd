"""Bytes to rows, for tables as they are really published: UTF-8 with or without a byte-order mark, or cp1252;
any line ending; empty lines and stray empty columns; plain, gzipped, or alone in a zip.

A file is streamed twice and never held: once for its hash and encoding, once for its rows.
"""

import codecs
import csv
import gzip
import hashlib
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path
from typing import IO
from zipfile import BadZipFile, ZipFile

CHUNK = 1 << 18
GZIP = b"\x1f\x8b"
ZIP = b"PK\x03\x04"
# How files that are no text at all begin, and what they are.
UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
OTHER_FORMATS = {
    ZIP: "an Excel workbook or another packed file",
    b"\xd0\xcf\x11\xe0": "an Excel workbook",
    b"%PDF": "a PDF",
}
OTHER_SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "upright bars"}
# What is longer is no row of a table; without this limit a file of one line, or of one row that is a thousand
# quoted lines, would be held whole.
LONGEST_ROW = 1 << 20
TOO_LONG = "too long"
# The register's extract has about 140.
MOST_COLUMNS = 500
# Of the rows that do not fit their columns.
MISFITS_TOLD = 20
# After these a file has ended as it should; after anything else its last cell may have been cut.
ENDS = (b"\n", b"\r", b'"')
# Stands where a byte is neither UTF-8 nor cp1252.
UNREADABLE = "\N{REPLACEMENT CHARACTER}"

Row = dict[str, str]


class FileRefusedError(Exception):
    """The file cannot be used at all. The message says why and, where one is to blame, in which row."""


@dataclass(frozen=True)
class SourceFile:
    """A file that has been looked through once. `encoding` is what its rows are read with; `name` is what
    the person calls it, which for an upload is not the name of `path`; `lines` is about the number of rows.
    `ended` says that there is a line break, or a closing quotation mark, at the end.
    """

    path: Path
    sha256: str
    encoding: str
    name: str
    lines: int
    ended: bool = True


@dataclass(frozen=True)
class Sheet:
    """A table being read: its column names as they stand ("" for one without a name), and (row number, cells)
    for each row that is not blank. Row 1 is the header. Cells are as they stand, spaces and all.
    """

    columns: list[str]
    rows: Iterator[tuple[int, list[str]]]


def sha256_of(path: Path) -> str:
    """The hash of the file as it lies there, compressed or not: what says that it was loaded before."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def look_through(path: Path, *, name: str = "", most_bytes: int | None = None) -> SourceFile:
    """Finds the encoding. Raises FileRefusedError for an empty file, UTF-16, NUL bytes, a broken gzip,
    another format, and for a file that holds more than `most_bytes` once unpacked.
    """
    name = name or path.name
    decoder = codecs.getincrementaldecoder("utf-8")()
    encoding, start, end, size = "utf-8-sig", b"", b"", 0
    lines, unended = 1, 0
    with _open(path) as file:
        try:
            while chunk := file.read(CHUNK):
                start, end = start or chunk[:4], chunk[-1:]
                _refuse_binary(name, start, chunk, row=lines)
                size += len(chunk)
                ends = _line_ends(chunk)
                lines += ends
                unended = (
                    len(chunk) - max(chunk.rfind(b"\n"), chunk.rfind(b"\r")) - 1
                    if ends
                    else unended + len(chunk)
                )
                if unended > LONGEST_ROW:
                    raise FileRefusedError(_cannot_read(lines, csv.Error(TOO_LONG)))
                if most_bytes is not None and size > most_bytes:
                    raise FileRefusedError(
                        f"{name} holds over {most_bytes // 1_000_000} MB. Is it the right file?"
                    )
                if encoding == "utf-8-sig":
                    encoding = _still_utf8(decoder.decode, chunk)
        except (EOFError, gzip.BadGzipFile, BadZipFile, zlib.error) as error:
            raise FileRefusedError(f"{name} is cut short or damaged ({error}). Fetch it again.") from error
    if not start:
        raise FileRefusedError(f"{name} is empty.")
    if encoding == "cp1252" and start.startswith(codecs.BOM_UTF8):
        raise FileRefusedError(f"{name} begins as UTF-8 and goes on as something else. Export it again.")
    return SourceFile(path, sha256_of(path), encoding, name, lines, end in ENDS)


def _line_ends(text: bytes) -> int:
    return text.count(b"\n") + text.count(b"\r") - text.count(b"\r\n")


def _refuse_binary(name: str, start: bytes, chunk: bytes, *, row: int) -> None:
    """`row` is that which `chunk` begins in."""
    if start.startswith(UTF16_MARKS):
        raise FileRefusedError(f"{name} is UTF-16. Save it as CSV UTF-8.")
    for mark, what in OTHER_FORMATS.items():
        if start.startswith(mark):
            raise FileRefusedError(f"{name} is {what}. Save it as CSV UTF-8.")
    if b"\0" in chunk:
        row += _line_ends(chunk[: chunk.index(b"\0")])
        raise FileRefusedError(
            f"{name} holds NUL bytes, the first in row {row}, so it is not a text table. Export it again."
        )


def _still_utf8(decode: Callable[[bytes], str], chunk: bytes) -> str:
    try:
        decode(chunk)
    except UnicodeDecodeError:
        # The published lists that are not UTF-8 come from Excel on Windows.
        return "cp1252"
    return "utf-8-sig"


@contextmanager
def opened(
    source: SourceFile,
    *,
    required: tuple[str, ...] = (),
    any_of: tuple[str, ...] = (),
    any_case: bool = False,
) -> Iterator[Sheet]:
    """The file's table, to be read within the block; with `any_case` its columns are in small letters.

    The header must have every column of `required`, and one of `any_of` if it names any; it may have others,
    in any order. Raises FileRefusedError, here or as the rows go by: for a missing or repeated column, cells
    not separated by commas, over 500 columns, a row with more or fewer cells than there are columns, a row of
    over a million characters, a cell of over 131,072 (the limit of Python's reader), a quotation mark that is
    never closed, a byte of no known encoding.
    """
    with (
        _open(source.path) as file,
        TextIOWrapper(file, source.encoding, errors="replace", newline="") as text,
    ):
        lines = _Lines(text, source.encoding)
        reader = csv.reader(lines, strict=True)
        try:
            first = next(reader, [])
        except csv.Error as error:
            raise FileRefusedError(_cannot_read(1, error)) from error
        first = [cell.lower() for cell in first] if any_case else first
        columns = _header(first, required, any_of, source.name)
        yield Sheet(columns, _numbered(reader, lines, len(columns)))


def rows(
    source: SourceFile,
    *,
    required: tuple[str, ...] = (),
    any_of: tuple[str, ...] = (),
    any_case: bool = False,
) -> Iterator[tuple[int, Row]]:
    """(row number, {column: cell}) for each row; see `opened`. Cells come without surrounding space, and
    columns without a name are left out.
    """
    with opened(source, required=required, any_of=any_of, any_case=any_case) as sheet:
        for number, cells in sheet.rows:
            yield number, as_row(sheet.columns, cells)


def as_row(columns: Sequence[str], cells: Sequence[str]) -> Row:
    row = {column: cell.strip() for column, cell in zip(columns, cells, strict=True)}
    row.pop("", None)
    return row


class _Lines:
    """The lines that make up the rows. A csv.Error, which is said with the number of its row, where a row grows
    too long, and for a byte that means nothing in cp1252. Who takes a row sets `length` back.
    """

    def __init__(self, lines: Iterable[str], encoding: str) -> None:
        self.lines = lines
        self.may_be_unreadable = encoding != "utf-8-sig"
        self.length = 0

    def __iter__(self) -> Iterator[str]:
        for line in self.lines:
            self.length += len(line)
            if self.length > LONGEST_ROW:
                raise csv.Error(TOO_LONG)
            if self.may_be_unreadable and UNREADABLE in line:
                raise csv.Error(UNREADABLE)
            yield line


def _numbered(reader: Iterator[list[str]], lines: _Lines, width: int) -> Iterator[tuple[int, list[str]]]:
    """Once a row does not fit, no more are given: the others are only looked through, so that all are told at once."""
    number, lines.length = 1, 0
    misfits: list[tuple[int, int]] = []
    try:
        for number, cells in enumerate(reader, start=2):
            lines.length = 0
            if not any(map(str.strip, cells)):
                continue
            if len(cells) != width:
                misfits.append((number, len(cells)))
            elif not misfits:
                yield number, cells
    except csv.Error as error:
        raise FileRefusedError(_cannot_read(number + 1, error)) from error
    if misfits:
        raise FileRefusedError(_misfit(misfits, width))


def _misfit(rows: Sequence[tuple[int, int]], width: int) -> str:
    (number, cells), *others = rows
    told = [f"row {each} has {many}" for each, many in others[:MISFITS_TOLD]]
    told += [f"and {len(others) - MISFITS_TOLD:,} more rows do not fit"] if len(others) > MISFITS_TOLD else []
    also = f" {', '.join(told).capitalize()}." if told else ""
    return f"Row {number} has {cells} cells for {width} columns.{also} Was the file cut short?"


def _cannot_read(number: int, error: csv.Error) -> str:
    """Python's reader has words of its own for two things that really happen."""
    words = str(error)
    if words == TOO_LONG:
        return f"Row {number} has over {LONGEST_ROW:,} characters. Is a quotation mark missing?"
    if "field limit" in words or "field larger" in words:
        return f"Row {number} has a cell of over {csv.field_size_limit():,} characters. Is a quotation mark missing?"
    if "end of data" in words:
        return f'Row {number} opens a cell with " and never closes it. Was the file cut short?'
    if words == UNREADABLE:
        return f"Row {number} holds a byte that is neither UTF-8 nor Windows-1252. Save it as CSV UTF-8."
    return f"Row {number} cannot be read: {words}."


def _header(cells: list[str], required: tuple[str, ...], any_of: tuple[str, ...], name: str) -> list[str]:
    if len(cells) > MOST_COLUMNS:
        raise FileRefusedError(
            f"Row 1 of {name} has {len(cells):,} columns, and no table here has over {MOST_COLUMNS}."
            " Is it the right file?"
        )
    header = [cell.strip() for cell in cells]
    named = [column for column in header if column]
    repeated = sorted(column for column, times in Counter(named).items() if times > 1)
    if repeated:
        raise FileRefusedError(f"{name} has the column {repeated[0][:80]} more than once.")
    missing = [column for column in required if column not in named]
    if any_of and not set(any_of) & set(named):
        missing = [" or ".join(any_of)]
    if not missing:
        return header
    if len(named) == 1:
        for separator, what in OTHER_SEPARATORS.items():
            if separator in named[0]:
                raise FileRefusedError(f"{name} is separated by {what}. Save it with commas.")
    has = ", ".join(column[:80] for column in named[:20]) or "no columns"
    raise FileRefusedError(f"{name} has no column {', '.join(missing)}. It has {has}.")


@contextmanager
def _open(path: Path) -> Iterator[IO[bytes]]:
    """Unpacks gzip and zip, which are known by their first bytes whatever the name."""
    with path.open("rb") as file:
        start = file.read(len(ZIP))
        file.seek(0)
        if start.startswith(GZIP):
            with gzip.open(file, "rb") as unpacked:
                yield unpacked  # type: ignore[misc]
        elif start == ZIP and (table := _only_table(file)):
            with table:
                yield table
        else:
            yield file


def _only_table(file: IO[bytes]) -> IO[bytes] | None:
    """The CSV in a zip, as the register sends its extract; None where it holds none or several, or cannot be opened. A
    workbook is a zip too.
    """
    # Broken, packed in a way that nobody uses, or with a password: read as it is, and refused for what it is.
    with suppress(BadZipFile, NotImplementedError, RuntimeError):
        archive = ZipFile(file)
        names = [name for name in archive.namelist() if name.lower().endswith(".csv")]
        if len(names) == 1:
            return archive.open(names[0])
    file.seek(0)
    return None
