"""Choosing a workplace or a childcare setting from search results: what the funding check and the application journey
both show.

Use it with templates/components/workplace_search.html (setting_search.html) and workplace_results.html.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page, Paginator

from funding import queries
from funding.models import ChildcareSetting, Establishment
from funding.search import Found, search, search_settings
from npq_portal.text import clean

PER_PAGE = 10
LONGEST_SHOWN = 100
NUMBER = re.compile(r"(EY|VC)?\d+", re.IGNORECASE)


@dataclass(frozen=True)
class Candidate:
    """A workplace or setting that was found, `was` telling the former name if that was what found it.

    A closed one cannot be chosen; open `successors` followed it.
    """

    workplace: Establishment | ChildcareSetting
    successors: list[Establishment] = field(default_factory=list)
    was: str = ""


@dataclass(frozen=True)
class Results:
    """One page. `query` is what was typed, cut short; `page` works with components/pagination.html.

    How they were found (`more`, `corrected`, `nearest`, `too_short`) is as in funding.search.Found. `noun` is what
    one of them is called: "workplace" or "setting". `as_of`, where no setting was found: how old our copy is, as newer
    ones may be missing.
    """

    query: str
    candidates: list[Candidate]
    page: "Page[Any]"
    total: int
    more: bool
    corrected: str
    nearest: bool
    too_short: bool
    noun: str
    as_of: str = ""

    @property
    def is_number(self) -> bool:
        """Whether a number was typed: others that only begin with it are found too, and the page says so."""
        return bool(NUMBER.fullmatch("".join(self.query.split())))


def results(query: str, page_number: str | None = None) -> Results:
    """The page of that number of workplaces, or the nearest. Takes any text for either. At most eight queries."""
    found, page = _page(search, query, page_number)
    closed = [each.urn for each in found.results if each.urn and not each.is_pickable]
    followed = queries.successors(closed)
    candidates = [
        Candidate(each, followed.get(each.urn or "", []), found.was.get(each.pk, ""))
        for each in found.results
    ]
    return _results(query, candidates, found, page, "workplace")


def setting_results(query: str, page_number: str | None = None) -> Results:
    """As `results`, of childcare settings (no childminders). At most seven queries.

    They have no page of their own: show them with choose="radio".
    """
    found, page = _page(search_settings, query, page_number)
    as_of = "" if found.total else queries.settings_as_of()
    return _results(query, [Candidate(each) for each in found.results], found, page, "setting", as_of)


def _page(
    find: Callable[..., Found[Any]], query: str, page_number: str | None
) -> tuple[Found[Any], "Page[Any]"]:
    wanted = int(page_number) if page_number and page_number.isascii() and page_number.isdigit() else 1
    # No query finds more pages than there are rows; a larger number only names the last page.
    wanted = max(1, min(wanted, 100_000))
    found = find(query, limit=PER_PAGE, offset=(wanted - 1) * PER_PAGE)
    page = Paginator(range(found.total), PER_PAGE).get_page(wanted)
    if page.number != wanted:
        found = find(query, limit=PER_PAGE, offset=(page.number - 1) * PER_PAGE)
    return found, page


def _results(
    query: str,
    candidates: list[Candidate],
    found: Found[Any],
    page: "Page[Any]",
    noun: str,
    as_of: str = "",
) -> Results:
    return Results(
        query=clean(query, LONGEST_SHOWN),
        candidates=candidates,
        page=page,
        total=found.total,
        more=found.more,
        corrected=found.corrected,
        nearest=found.nearest,
        too_short=found.too_short,
        noun=noun,
        as_of=as_of,
    )
