"""The shapes of the entries in catalogue/data, and their reader.

A mistake in a file raises DataFileError, which names the file, the entry and what to put right.
"""

import csv
import tomllib
from collections.abc import Callable
from dataclasses import MISSING, dataclass, field, fields
from datetime import date
from pathlib import Path
from typing import Any, ClassVar, TypeVar

DATA = Path(__file__).resolve().parent.parent / "data"
CATEGORIES = ("specialist", "leadership", "coaching")
FACT_KINDS = ("since", "length", "study", "assessment", "entry", "history", "statutory", "framework")


class DataFileError(ValueError):
    """A data file cannot be used. The message names the file and the entry."""


def must(condition: bool, otherwise: str) -> None:
    if not condition:
        raise DataFileError(otherwise)


@dataclass(frozen=True)
class QualificationEntry:
    """Months are whole months; `total_months` is the shortest and the longest with assessment."""

    identifier: str
    code: str
    name: str
    category: str
    summary: str
    audience: str
    taught_months: int
    total_months: list[int]
    hidden: bool = False
    first_term: str = ""

    def __post_init__(self) -> None:
        must(self.identifier.startswith("npq-"), "identifier must start with npq-")
        must(self.category in CATEGORIES, f"category must be one of {', '.join(CATEGORIES)}")
        must(len(self.total_months) == 2, "total_months must be [shortest, longest]")
        low, high = self.total_months
        must(self.taught_months <= low <= high, "taught_months and total_months must be in order")


@dataclass(frozen=True)
class FactEntry:
    """One statement about each NPQ that `about` names, by identifier or by category."""

    kind: str
    about: list[str]
    text: str
    as_of: date
    certain: bool = True

    names: ClassVar[dict[str, str]] = {"for": "about"}

    def __post_init__(self) -> None:
        must(self.kind in FACT_KINDS, f"kind must be one of {', '.join(FACT_KINDS)}")
        must(bool(self.text.strip()), "text must say something")


@dataclass(frozen=True)
class FrameworkEntry:
    npq: str
    sections: list[list[str]]
    editions: list[dict[str, Any]] = field(default_factory=list)
    reference: str = ""
    certain: bool = True

    def __post_init__(self) -> None:
        must(all(len(section) == 2 for section in self.sections), "each section must be [heading, summary]")
        for edition in self.editions:
            must(isinstance(edition.get("published_on"), date), "each edition needs its published_on")
            unknown = set(edition) - {"published_on", "size_kb", "pages"}
            must(not unknown, f"an edition does not have {', '.join(sorted(unknown))}")


@dataclass(frozen=True)
class PriceEntry:
    """Pounds by NPQ, all asked for in one term. plus_vat is None where the source does not say."""

    seen_in: str
    pounds: dict[str, int]
    plus_vat: bool | None = None

    def __post_init__(self) -> None:
        must(
            all(isinstance(price, int) and price > 0 for price in self.pounds.values()),
            "prices are whole pounds",
        )


@dataclass(frozen=True)
class TermEntry:
    identifier: str
    name: str
    funding: str
    starts_on: date | None = None
    registration_opens: date | None = None
    registration_closes: date | None = None
    note: str = ""

    def __post_init__(self) -> None:
        must(self.funding in ("none", "capped", "full"), "funding must be none, capped or full")


@dataclass(frozen=True)
class ProviderEntry:
    name: str
    note: str = ""
    left_on: str = ""
    ofsted_grade: str = ""
    ofsted_on: date | None = None

    def __post_init__(self) -> None:
        must(
            bool(self.ofsted_grade) == bool(self.ofsted_on),
            "an Ofsted grade needs ofsted_on, and the other way round",
        )


@dataclass(frozen=True)
class OfferEntry:
    term: str
    npq: str
    provider: str


@dataclass(frozen=True)
class HubEntry:
    code: str
    name: str
    lead_school_urn: str
    lead_school_name: str

    names: ClassVar[dict[str, str]] = {"region_code": "code", "hub_name": "name"}

    def __post_init__(self) -> None:
        must(self.lead_school_urn.isdigit(), "lead_school_urn must be digits")


@dataclass(frozen=True)
class AreaEntry:
    hub: str
    district_code: str
    district_name: str
    la_code: str
    la_name: str

    names: ClassVar[dict[str, str]] = {"region_code": "hub"}


@dataclass(frozen=True)
class MiddleEntry:
    """The middle of the schools of a district, in metres of the British National Grid."""

    district_code: str
    easting: str
    northing: str

    def __post_init__(self) -> None:
        must(self.easting.isdigit() and self.northing.isdigit(), "easting and northing must be whole metres")


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
