"""What somebody wants of a course, as it stands in the address of the course finder. Nothing of it is stored."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Protocol
from urllib.parse import urlencode

from django.urls import reverse

from catalogue.finder.choices import Choices
from npq_portal.text import clean

LONGEST = 80
LAST_PAGE = 100_000  # no search has as many; a larger number only names the last page
# The filters that are chosen from a list, each with what it is called where it cannot be used.
CHOSEN = {
    "npq": "NPQ",
    "within": "distance",
    "start": "start month",
    "mode": "way of teaching",
    "days": "days and times",
    "provider": "lead provider",
    "hub": "hub",
    "places": "number of places left",
    "order": "order",
}


class Query(Protocol):
    """Django's QueryDict, as far as it is read here."""

    def getlist(self, key: str, /) -> list[str] | Any: ...


@dataclass(frozen=True)
class Wanted:
    """Each field is a parameter of the address, as it stands there; empty where it was not said.

    `near` is a place as it was typed; `page` begins at 1. `not_known` are the parts of the address that could not be
    used, in the reader's words.
    """

    npq: str = ""
    near: str = ""
    within: str = ""
    start: str = ""
    mode: str = ""
    days: str = ""
    provider: str = ""
    hub: str = ""
    places: str = ""
    order: str = ""
    page: int = 1
    not_known: tuple[str, ...] = field(default=(), compare=False)

    @classmethod
    def read(cls, query: Query, choices: Choices) -> "Wanted":
        """Takes any query; what is none of the choices, or is said a second time, is told in `not_known`, and left out.
        Of what is said several times the last counts.
        """
        said: dict[str, str] = {}
        not_known = []
        for name, called in CHOSEN.items():
            last, *others = _typed(query, name)
            if name == "npq":
                last = choices.names.get(last.lower(), last)
            if last in getattr(choices, name):
                said[name] = last
            elif last:
                not_known.append(f"the {called} “{last[:40]}”")
            not_known += [
                f"the {called} “{each[:40]}”, as one {called} can be asked for at a time" for each in others
            ]
        near, *others = _typed(query, "near")
        not_known += [f"the place “{each[:40]}”, as one place can be asked for at a time" for each in others]
        page = _typed(query, "page")[0]
        number = int(page) if page.isascii() and page.isdecimal() else 0
        if page and not number:
            not_known.append(f"the page “{page[:40]}”")
        return cls(
            **said,
            near=near,
            page=max(1, min(number, LAST_PAGE)),
            not_known=tuple(not_known),
        )

    def but(self, **said: Any) -> "Wanted":
        """As this, with other answers, from the first page."""
        return replace(self, **{"page": 1, **said})

    def without(self, name: str) -> "Wanted":
        """As this without one filter, and without what hangs on it."""
        return self.but(**dict.fromkeys(["near", "within"] if name == "near" else [name], ""))

    def only(self, *names: str) -> "Wanted":
        """As this with these filters alone, in the same order, from the first page."""
        return Wanted(order=self.order, **{name: getattr(self, name) for name in names})

    def nowhere(self, why: str) -> "Wanted":
        """As this where no place can be told: what needs one is left out too, and `why` is told."""
        order = "" if self.order == "distance" else self.order
        left_out = replace(self, near="", within="", order=order)
        return replace(left_out, not_known=(*self.not_known, why) if why else self.not_known)

    @property
    def month(self) -> date:
        """The first day of the month that courses are to start in. Raises ValueError where none is said."""
        return date.fromisoformat(f"{self.start}-01")

    @property
    def filters(self) -> dict[str, str]:
        """The filters that are set, by name. The order and the page are none."""
        names = ("npq", "near", *(name for name in CHOSEN if name not in ("npq", "order")))
        return {name: value for name in names if (value := getattr(self, name))}

    def pairs(self, *, leave_out: Iterable[str] = ()) -> list[tuple[str, str]]:
        """All that was said, as parameters of an address, always in the same order."""
        said = {**self.filters, "order": self.order, "page": str(self.page) if self.page > 1 else ""}
        out = frozenset(leave_out)
        return [(name, value) for name, value in said.items() if value and name not in out]

    @property
    def address(self) -> str:
        return _address("catalogue:courses", self.pairs())

    @property
    def calendar(self) -> str:
        """The address of the same search as a calendar, which has neither pages nor an order."""
        return _address("catalogue:courses_calendar", self.pairs(leave_out=["order", "page"]))

    @property
    def alert(self) -> str:
        """Where to ask to be told when a course appears that it finds. Without a filter there is no such alert."""
        return _address("catalogue:alert", self.pairs(leave_out=["order", "page"]))


def _typed(query: Query, name: str) -> list[str]:
    """What was said of it: the last first, which counts, and once what was said twice."""
    said = [clean(each, LONGEST) for each in query.getlist(name)]
    return list(dict.fromkeys(filter(None, reversed(said)))) or [""]


def _address(name: str, pairs: list[tuple[str, str]]) -> str:
    return reverse(name) + (f"?{urlencode(pairs)}" if pairs else "")
