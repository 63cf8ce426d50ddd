"""The files that come with the portal, as data/sources.toml describes them."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class BundledTable:
    """`name` is the ImportRun's source; `as_of` says in words how old the facts are."""

    name: str
    file: str
    title: str
    publisher: str
    as_of: str
    rows: int

    @property
    def path(self) -> Path:
        return DATA / self.file


@dataclass(frozen=True)
class BundledList:
    """An edition of an eligibility list. `used_by` are the terms that decide with it until told otherwise."""

    kind: str
    published_for: str
    file: str
    used_by: tuple[str, ...]
    rows: int

    @property
    def name(self) -> str:
        return f"list {self.kind} {self.published_for}"

    @property
    def path(self) -> Path:
        return DATA / self.file


def tables() -> list[BundledTable]:
    """In the order in which they must be loaded."""
    return [BundledTable(**each) for each in _sources()["tables"]]


def lists() -> list[BundledList]:
    return [BundledList(**{**each, "used_by": tuple(each["used_by"])}) for each in _sources()["lists"]]


def _sources() -> dict[str, Any]:
    return tomllib.loads((DATA / "sources.toml").read_text(encoding="utf-8"))
