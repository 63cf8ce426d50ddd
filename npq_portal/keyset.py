"""Lists without an end, page by page from a row of one page to the first of the next.

A page is found by the place of the row beside it, not by how many rows come before: the last of many costs what the
first does, and rows that are written or moved meanwhile make none appear twice, nor leave one out that stays.
"""

from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class KeysetPage(Generic[Row]):
    """Whether there are rows after the last of these, and before the first. Never both for none."""

    rows: list[Row]
    has_next: bool
    has_previous: bool


def page_beside(
    rows: QuerySet[Row], size: int, *, before: QuerySet[Row] | None = None, after: QuerySet[Row] | None = None
) -> KeysetPage[Row]:
    """So many of `rows`, which have a total order: the last of `before`, or the first of `after`, which are those of
    them before and after a place. The first of all where neither is given, or less than a page comes before.

    One query, and a second where less than a page comes before.
    """
    if before is not None:
        found = list(before.reverse()[: size + 1])
        if len(found) > size:
            return KeysetPage(found[size - 1 :: -1], has_next=True, has_previous=True)
        after = None
    found = list((rows if after is None else after)[: size + 1])
    return KeysetPage(found[:size], has_next=len(found) > size, has_previous=after is not None)
