"""The workplace search: whole and begun words first; mistyped ones only where too little was found."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self

from django.contrib.postgres.search import SearchQuery, SearchRank, TrigramWordDistance
from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, When, Window
from django.db.models.functions import Length

from funding.models import Establishment
from funding.models.establishment import PICKABLE
from funding.searchtext import query_words, tidy
from npq_portal.text import clean

LONGEST_QUERY = 100
MOST_WORDS = 12
# With fewer than this, the nearest by spelling are shown as well.
TOO_FEW = 5
NEAREST = 20
# 0 is the same text, 1 has no three letters in common with it. Above this, it is seldom what was meant.
TOO_FAR = 0.6

Candidates = QuerySet[Establishment]
_CLOSED = Case(When(status_code__in=PICKABLE, then=0), default=1, output_field=IntegerField())


@dataclass(frozen=True)
class Found:
    """One page of results. `total` counts all of them; `exact` those that hold every word of the query."""

    results: list[Establishment]
    total: int
    exact: int

    @classmethod
    def nothing(cls) -> Self:
        return cls([], 0, 0)


def find_workplaces(query: str, *, limit: int = 10, offset: int = 0) -> list[Establishment]:
    """See `search`; the results alone."""
    return search(query, limit=limit, offset=offset).results


def search(query: str, *, limit: int = 10, offset: int = 0, only_pickable: bool = False) -> Found:
    """Schools and post-16 institutions by name, town, district, authority, postcode, URN or UKPRN.

    Every word of the query must be there, or begin a word that is; then come those of nearest spelling, if
    there are fewer than five. Open ones come before closed ones, and the order is the same each time. Takes
    any text: what is over 100 characters is ignored. One query, two where spelling is looked at, one more for
    a page after the first.
    """
    words = query_words(clean(query, LONGEST_QUERY))[:MOST_WORDS]
    if not words:
        return Found.nothing()
    candidates = Establishment.objects.for_pages()
    if only_pickable:
        candidates = candidates.pickable()
    exact = _holding(words, tidy(clean(query, LONGEST_QUERY)), candidates)
    page: list[Any] = list(exact.annotate(matches=Window(Count("*")))[offset : offset + limit])
    total = page[0].matches if page else (exact.count() if offset else 0)
    if total >= TOO_FEW or all(map(str.isdigit, words)):
        return Found(page, total, total)
    held: list[Any] = list(exact) if offset else page
    every = held + _nearest(" ".join(words), held, candidates)
    return Found(every[offset : offset + limit], len(every), len(held))


def _holding(words: list[str], typed: str, candidates: Candidates) -> Candidates:
    match = SearchQuery(" & ".join(f"{word}:*" for word in words), search_type="raw", config="simple")
    return (
        candidates.filter(search_vector=match)
        .annotate(
            closed=_CLOSED,
            # The number or the name itself, then names that begin so.
            nearness=Case(
                When(Q(urn=typed) | Q(ukprn=typed), then=0),
                When(search_text__startswith=typed, then=1),
                default=2,
                output_field=IntegerField(),
            ),
            rank=SearchRank(F("search_vector"), match),
        )
        .order_by("closed", "nearness", "-rank", Length("name"), "name", "id")
    )


def _nearest(typed: str, held: list[Establishment], candidates: Candidates) -> list[Establishment]:
    """Those whose text has the run of words most like what was typed. The index gives them in that order."""
    nearest: Iterable[Any] = (
        candidates.exclude(pk__in=[each.pk for each in held])
        .annotate(closed=_CLOSED, distance=TrigramWordDistance(typed, "search_text"))
        .order_by("distance")[:NEAREST]
    )
    near = [each for each in nearest if each.distance <= TOO_FAR]
    return sorted(near, key=lambda each: (each.closed, round(each.distance, 2), each.name, each.pk))
