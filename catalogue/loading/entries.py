"""The shapes of the entries in catalogue/data."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar

MODES = ("", "face_to_face", "blended", "online")
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
    website: str = ""

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
class PartnerEntry:
    name: str
    note: str = ""
    website: str = ""


@dataclass(frozen=True)
class PartnershipEntry:
    """Who taught with whom, by the names and the hub's code in the other files; `npqs` each had a course in `term`."""

    provider: str
    period: str
    text: str
    seen_on: date
    term: str
    npqs: list[str]
    hub: str = ""
    partner: str = ""
    past: bool = False
    mode: str = ""
    apply_by: date | None = None

    def __post_init__(self) -> None:
        must(bool(self.hub or self.partner), "hub or partner must say with whom")
        must(self.mode in MODES, f"mode must be one of {', '.join(filter(None, MODES))}, or left out")
