"""Find the workplaces that somebody means: search("oakwood prim sch derby").

One query where what was typed is found as it stands. Where it is not, two more: one for the words near the mistyped
ones, one for the names that hold those.
"""

from dataclasses import dataclass, field
from typing import Any, Self

from django.db import connection

from funding.models import Establishment
from funding.search.ask import Ask, as_typed
from funding.search.correct import corrected
from funding.search.parse import Query, parse
from funding.search.vocabulary import Vocabulary, look_up
from funding.search.wording import put_right

# The first row tells how all of them were found, so it comes with every page.
FIND = """
SELECT e.*, CASE WHEN found.former THEN found.name ELSE '' END AS was,
    found.strong, found.total, found.more, found.ordinality
FROM funding_find_names(%s, %s, %s, %s, %s, %s, %s, %s, %s) WITH ORDINALITY AS found
JOIN funding_establishment e ON e.id = found.establishment_id
WHERE found.ordinality = 1 OR found.ordinality > %s ORDER BY found.ordinality"""


@dataclass(frozen=True)
class Found:
    """One page of results, and how many there are of them in all.

    Only the thousand names that fit and are shortest are put in order; `more` says that others fit too.
    `was`: primary key -> the former name that it was found by. `corrected`: the query with its spelling put
    right, where nothing held the words as they were typed. `nearest`: nothing holds every word, however it
    is spelt. `too_short`: there was no word or number of two letters to look for.
    """

    results: list[Establishment]
    total: int
    more: bool = False
    was: dict[int, str] = field(default_factory=dict)
    corrected: str = ""
    nearest: bool = False
    too_short: bool = False

    @classmethod
    def page(cls, rows: list[Any], offset: int, **how: Any) -> Self:
        shown = [row for row in rows if row.ordinality > offset]
        was = {row.pk: row.was for row in shown if row.was}
        total, more = (rows[0].total, rows[0].more) if rows else (0, False)
        return cls(shown, total, more, was, **how)


def find_workplaces(query: str, *, limit: int = 10, offset: int = 0) -> list[Establishment]:
    """See `search`; the results alone."""
    return search(query, limit=limit, offset=offset).results


def search(query: str, *, limit: int = 10, offset: int = 0, only_pickable: bool = False) -> Found:
    """Schools and post-16 institutions by name, former name, place, postcode, URN or UKPRN, the best first:

    open before closed, then by how well name and place fit, then by name. Takes any text: what is over 16
    words is ignored. One query; three where nothing is found as it was typed.
    """
    asked = parse(query)
    if max(map(len, asked.words), default=0) < 2:
        return Found([], 0, too_short=True)
    rows = _run(as_typed(asked), limit, offset, only_pickable)
    if rows and rows[0].strong:
        return Found.page(rows, offset)
    with connection.cursor() as cursor:
        vocabulary = look_up(cursor, asked)
    instead = corrected(asked, vocabulary)
    others = _run(instead, limit, offset, only_pickable) if instead else []
    if not others:
        return Found.page(rows, offset)
    right = _as_it_reads(asked, vocabulary, others[0])
    return Found.page(others, offset, corrected=right, nearest=not right)


def _run(ask: Ask, limit: int, offset: int, only_pickable: bool) -> list[Any]:
    return list(Establishment.objects.raw(FIND, [*ask.parameters(offset + limit), only_pickable, offset]))


def _as_it_reads(asked: Query, vocabulary: Vocabulary, first: Any) -> str:
    place = f"{first.town} {first.district_name} {first.la_name} {first.region} {first.postcode}"
    return put_right(asked, vocabulary, f"{first.was or first.name} {place}")
