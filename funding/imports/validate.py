"""Cells to values. Each function takes a cell as read, or raises RowRejectedError with the reason."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from funding.rules.numbers import OFSTED_NUMBER, ofsted_number

POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?) ?([0-9][A-Z]{2})")
DAY = re.compile(r"([0-9]{1,2})-([0-9]{1,2})-([0-9]{4})")
GIAS_URN = re.compile(r"[1-9][0-9]{5}")
UKPRN = re.compile(r"[1-9][0-9]{7}")
# "<" and what begins a tag: no name of a school has it.
MARK_UP = re.compile(r"<[A-Za-z/!?]")
SETTING_URN = re.compile(r"[A-Z]{0,2}[0-9]{6,7}")
# Most names, postcodes and numbers are written like this, and read as they stand: as they are for COPY, too.
PLAIN_NAME = re.compile(r"(?=.{1,160}\Z)[^\s<\\]+(?: [^\s<\\]+)*")
PLAIN_POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]? [0-9][A-Z]{2}")
PLAIN_NUMBER = re.compile(r"[1-9][0-9]{0,8}")


class RowRejectedError(Exception):
    """One row cannot be used; the others can."""


def filled(cell: str, name: str) -> str:
    if not cell:
        raise RowRejectedError(f"{name} is empty")
    return cell


def gias_urn(cell: str) -> str:
    return _matching(GIAS_URN, cell, "a school's URN has six digits and does not begin with 0")


def ukprn(cell: str) -> str:
    return _matching(UKPRN, cell, "a UKPRN has eight digits and does not begin with 0")


def ofsted_urn(cell: str) -> str:
    """Ofsted's number, as it writes them itself: capitals, no space ("ey 123456" is EY123456)."""
    number = ofsted_number(cell)
    if number is None:
        return _matching(OFSTED_NUMBER, cell, "an Ofsted URN is five to eight digits after its letters")
    return number


def setting_urn(cell: str) -> str:
    """The number of a nursery or another setting, as in Ofsted's own table."""
    return _matching(SETTING_URN, cell, "a setting's Ofsted URN has six or seven digits after its letters")


def optional(cell: str, read: Callable[[str], str]) -> str | None:
    return read(cell) if cell else None


def whole_number(cell: str, name: str) -> int | None:
    if not cell:
        return None
    if not (cell.isascii() and cell.isdigit() and len(cell) <= 9):
        raise RowRejectedError(f'{name} is "{_short(cell)}", not a whole number')
    return int(cell)


def metres(cell: str, name: str) -> int:
    """A whole number of metres, also when written with a decimal point ("515600.0")."""
    whole, _, rest = cell.partition(".")
    if rest.strip("0") or not whole:
        raise RowRejectedError(f'{name} is "{_short(cell)}", not a number of whole metres')
    return whole_number(whole, name) or 0


def percentage(cell: str, name: str) -> Decimal | None:
    if not cell:
        return None
    try:
        if 0 <= (value := Decimal(cell)) <= 100:
            return round(value, 1)
    except InvalidOperation:
        pass  # not a number, or "NaN", which compares with nothing
    raise RowRejectedError(f'{name} is "{_short(cell)}", not a percentage')


def day(cell: str, name: str) -> date | None:
    """GIAS writes days as dd-mm-yyyy."""
    if not cell:
        return None
    try:
        if found := DAY.fullmatch(cell):
            return date(int(found[3]), int(found[2]), int(found[1]))
    except ValueError:
        pass  # there is no such day
    raise RowRejectedError(f'{name} is "{_short(cell)}", not a day written as 31-08-2026')


def postcode(cell: str) -> str:
    """One space before the last three characters. Anything else, such as REDACTED, comes back empty."""
    found = POSTCODE.fullmatch(cell.upper())
    return f"{found[1]} {found[2]}" if found else ""


def text(cell: str, longest: int, name: str) -> str:
    """A line of text. Refused when too long: cutting a name could make it another's."""
    if len(cell) > longest:
        raise RowRejectedError(f"{name} has {len(cell)} characters; it may have {longest}")
    if "<" in cell and MARK_UP.search(cell):
        raise RowRejectedError(f'{name} holds HTML: "{_short(cell)}"')
    return " ".join(cell.split())


def first_of(row: Mapping[str, str], *columns: str) -> str:
    """The cell of the first of these columns that the file has: editions name the same column differently."""
    return next((row[column] for column in columns if column in row), "")


def _matching(pattern: re.Pattern[str], cell: str, rule: str) -> str:
    if not pattern.fullmatch(cell):
        raise RowRejectedError(
            f'"{_short(cell)}" does not fit: {rule}' if cell else f"the number is empty: {rule}"
        )
    return cell


def _short(cell: str) -> str:
    return cell if len(cell) <= 40 else cell[:40] + "..."
