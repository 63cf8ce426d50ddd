"""What is searched for: what is wanted, on a day, near a place."""

from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from catalogue.finder.place import METRES_A_MILE, Place
from catalogue.finder.wanted import Wanted


@dataclass(frozen=True)
class Meant:
    """A place that may have been meant, and the address of the same search there."""

    name: str
    address: str


@dataclass(frozen=True)
class Search:
    """`wanted` on `day`, near `place` if it names one; `meant` where it names one that we do not know."""

    wanted: Wanted
    place: Place | None
    day: date
    meant: tuple[Meant, ...] = ()

    @property
    def text(self) -> str:
        """What is searched for, without an order or a page, as an address has it. Equal searches are equal text."""
        wanted = replace(self.wanted, near=self.place.name) if self.place else self.wanted
        return urlencode(wanted.pairs(leave_out=["order", "page"]))

    @property
    def metres(self) -> float | None:
        """How far away a course may be that is not online; None where that does not matter."""
        return int(self.wanted.within) * METRES_A_MILE if self.wanted.within and self.place else None

    @property
    def order(self) -> str:
        return self.wanted.order or ("distance" if self.place else "start")
