"""Find the workplaces that somebody means: search("oakwood prim sch derby")."""

from typing import Any

from funding.models import Establishment, SearchWord
from funding.search.parse import parse
from funding.search.rows import columns
from funding.search.seek import Found, Search

# The first row tells how all of them were found, so it comes with every page.
FIND = f"""
SELECT {columns(Establishment, "e")}, CASE WHEN found.former THEN found.name ELSE '' END AS was,
    found.strong, found.total, found.more, found.ordinality
FROM funding_find_names(%s, %s, %s, %s, %s, %s, %s, %s, %s) WITH ORDINALITY AS found
JOIN funding_establishment e ON e.id = found.establishment_id
WHERE found.ordinality = 1 OR found.ordinality > %s ORDER BY found.ordinality"""  # noqa: S608 (only our own columns are put in)


def find_workplaces(query: str, *, limit: int = 10, offset: int = 0) -> list[Establishment]:
    """See `search`; the results alone."""
    return search(query, limit=limit, offset=offset).results


def search(
    query: str, *, limit: int = 10, offset: int = 0, only_pickable: bool = False, few_queries: bool = False
) -> Found[Establishment]:
    """Schools and post-16 institutions by name, former name, place, postcode, URN or UKPRN, the best first:

    open before closed, then by how well name and place fit, then by name. Takes any text: what is over 16
    words is ignored. One query; three where nothing is found as it was typed, or two with
    `few_queries`, at the cost of the others (see Search.seek).
    """
    return WORKPLACES.seek(
        parse(query), [only_pickable, offset], offset + limit, offset, few_queries=few_queries
    )


def _written(found: Any) -> str:
    place = f"{found.town} {found.district_name} {found.la_name} {found.region} {found.postcode}"
    return f"{found.was or found.name} {place}"


WORKPLACES = Search(Establishment, FIND, SearchWord._meta.db_table, _written)
