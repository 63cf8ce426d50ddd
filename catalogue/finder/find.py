"""Which course runs fit what is wanted, a page at a time."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import F, QuerySet

from catalogue.finder.kept import kept
from catalogue.finder.nearest import by_distance
from catalogue.finder.runs import FoundRun, shown, with_venues
from catalogue.finder.search import Search
from catalogue.models import CourseRun

PER_PAGE = 10
SHOWN_AT_MOST = 300  # nobody reads on; a filter helps more than another page
COUNTED = "SELECT count(*), count(*) FILTER (WHERE is_online) FROM ({fitting}) run"


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


def find(search: Search, version: str) -> Found:
    """The page asked for. At most five queries, whatever the rows."""
    counted = count(search, version)
    page = Paginator(range(min(counted.total, SHOWN_AT_MOST)), PER_PAGE).get_page(search.wanted.page)
    is_beyond = bool(counted.total) and search.wanted.page > page.number
    first = (page.number - 1) * PER_PAGE
    few = counted.total and not is_beyond
    runs = first_of(search, counted, slice(first, first + PER_PAGE), version) if few else []
    return Found(runs, page, counted, search.order, is_beyond)


def first_of(search: Search, counted: Counted, some: slice, version: str) -> list[FoundRun]:
    """`some` of the runs that it finds, in its order. At most four queries."""
    if search.order == "distance" and search.place:
        ids = by_distance(search, search.place, counted.total, counted.at_venues, some)
    else:
        ids = list(_ordered(search).values_list("pk", flat=True)[some])
    return with_venues(shown(ids, version), search.place)


def count(search: Search, version: str) -> Counted:
    """One query, once for a version of the catalogue."""
    return kept(version, search.counted_by, lambda: Counted(*search.fitting.rows(COUNTED)[0]))


def _ordered(search: Search) -> QuerySet[CourseRun]:
    first = [F("apply_by").asc(nulls_last=True)] if search.order == "closing" else []
    return search.runs.order_by(*first, F("starts_on").asc(nulls_last=True), "pk")
