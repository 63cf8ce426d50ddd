"""Which course runs fit what is wanted, a page at a time."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator

from catalogue.finder.fitting import Fitting
from catalogue.finder.runs import FoundRun, shown, with_venues

PER_PAGE = 10
SHOWN_AT_MOST = 300  # nobody reads on; a filter helps more than another page


@dataclass(frozen=True)
class Counted:
    """How many runs fit, and how many of them are online."""

    total: int
    online: int

    @property
    def at_venues(self) -> int:
        return self.total - self.online


@dataclass(frozen=True)
class Found:
    """One page of the runs that fit, of the first SHOWN_AT_MOST; `order` is the one they are in.

    `is_beyond` where a page was asked for that there is not: then `page` is the last, and `runs` are none.
    """

    runs: list[FoundRun]
    page: "Page[Any]"
    counted: Counted
    order: str
    is_beyond: bool

    @property
    def total(self) -> int:
        return self.counted.total

    @property
    def shown_at_most(self) -> int:
        """How many of them can be paged through, where that is not all; else 0."""
        return SHOWN_AT_MOST if self.total > SHOWN_AT_MOST else 0


def find(fitting: Fitting) -> Found:
    """The page asked for. At most two queries, whatever the rows."""
    asked, online = fitting.search.wanted.page, fitting.runs & fitting.index.online
    counted = Counted(fitting.runs.bit_count(), online.bit_count())
    page = Paginator(range(min(counted.total, SHOWN_AT_MOST)), PER_PAGE).get_page(asked)
    is_beyond = bool(counted.total) and asked > page.number
    first = (page.number - 1) * PER_PAGE
    ids = [] if is_beyond else fitting.first(slice(first, first + PER_PAGE))
    return Found(shown_near(fitting, ids), page, counted, fitting.search.order, is_beyond)


def first_of(fitting: Fitting, limit: int) -> list[FoundRun]:
    """The first in its order. At most two queries."""
    return shown_near(fitting, fitting.first(slice(0, limit)))


def shown_near(fitting: Fitting, ids: list[int]) -> list[FoundRun]:
    """What a list shows of these runs, as they stand now. At most two queries."""
    return with_venues(shown(ids, fitting.index.names), fitting.search.place) if ids else []
