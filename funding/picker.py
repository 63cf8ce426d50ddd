"""Choosing a workplace from search results: what the funding check and the application journey both show.

Use it with templates/components/workplace_search.html and workplace_results.html.
"""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator

from funding import queries
from funding.models import Establishment
from funding.search import search
from npq_portal.text import clean

PER_PAGE = 10
LONGEST_SHOWN = 100


@dataclass(frozen=True)
class Candidate:
    """A workplace that was found, `was` telling the former name if that was what found it.

    A closed one cannot be chosen; open `successors` followed it.
    """

    establishment: Establishment
    successors: list[Establishment]
    was: str = ""


@dataclass(frozen=True)
class Results:
    """One page. `query` is what was typed, cut short; `page` works with components/pagination.html.

    How they were found (`more`, `corrected`, `nearest`, `too_short`) is as in funding.search.Found.
    """

    query: str
    candidates: list[Candidate]
    page: "Page[Any]"
    total: int
    more: bool
    corrected: str
    nearest: bool
    too_short: bool

    @property
    def is_number(self) -> bool:
        """Whether a number was typed: others that only begin with it are found too, and the page says so."""
        return self.query.isdecimal()


def results(query: str, page_number: str | None = None) -> Results:
    """The page of that number, or the nearest there is. Takes any text for either. At most eight queries."""
    wanted = int(page_number) if page_number and page_number.isascii() and page_number.isdigit() else 1
    # No query finds more pages than there are establishments; a larger number only names the last page.
    wanted = max(1, min(wanted, 100_000))
    found = search(query, limit=PER_PAGE, offset=(wanted - 1) * PER_PAGE)
    page = Paginator(range(found.total), PER_PAGE).get_page(wanted)
    if page.number != wanted:
        found = search(query, limit=PER_PAGE, offset=(page.number - 1) * PER_PAGE)
    closed = [each.urn for each in found.results if each.urn and not each.is_pickable]
    followed = queries.successors(closed)
    candidates = [
        Candidate(each, followed.get(each.urn or "", []), found.was.get(each.pk, ""))
        for each in found.results
    ]
    return Results(
        clean(query, LONGEST_SHOWN),
        candidates,
        page,
        found.total,
        found.more,
        found.corrected,
        found.nearest,
        found.too_short,
    )
