"""Find the Ofsted-registered childcare that somebody means: search_settings("little acorns leeds"), or by number."""

import re
from typing import Any

from funding.models import ChildcareSetting, SettingWord
from funding.search.parse import parse
from funding.search.rows import columns
from funding.search.seek import Found, Search

FoundSettings = Found[ChildcareSetting]

FIND = f"""
SELECT {columns(ChildcareSetting, "c")}, '' AS was, found.strong, found.total, found.more, found.ordinality
FROM funding_find_settings(%s, %s, %s, %s, %s, %s, %s, %s) WITH ORDINALITY AS found
JOIN funding_childcaresetting c ON c.id = found.setting_id
WHERE found.ordinality = 1 OR found.ordinality > %s ORDER BY found.ordinality"""  # noqa: S608 (only our own columns are put in)
NUMBER = re.compile(r"\s*[a-z]{0,2}[0-9\s]+", re.IGNORECASE | re.ASCII)


def search_settings(
    query: str, *, limit: int = 10, offset: int = 0, few_queries: bool = False
) -> FoundSettings:
    """Childcare settings by Ofsted URN (or its beginning, or without its letters), name, town, local authority or
    postcode, the best first: the very number, then by how well name and place fit, then by name.

    Takes any text: what is over 16 words is ignored. One query; three where nothing is found as it was typed, or two
    with `few_queries`. Finds no
    childminder: they are in lists by their number alone (see ChildcareSetting).
    """

    return SETTINGS.seek(
        parse(in_one_piece(query)), [offset], offset + limit, offset, few_queries=few_queries
    )


def in_one_piece(query: str) -> str:
    """A number (or a postcode's beginning) without its spaces, as "EY 101 465"; other queries as they are."""
    return "".join(query.split()) if NUMBER.fullmatch(query) else query


def _written(found: Any) -> str:
    return f"{found.name} {found.town} {found.la_name} {found.region} {found.postcode}"


SETTINGS = Search(ChildcareSetting, FIND, SettingWord._meta.db_table, _written)
