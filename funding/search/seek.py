"""How every search goes about it: what was typed as it stands, then with its mistakes put right.

One query where what was typed is found as it stands. Where it is not, two more: one for the words near the mistyped
ones, one for the rows that hold those.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Generic, Self, TypeVar

from django.db import connection

from funding.search.ask import Ask, as_typed
from funding.search.correct import corrected
from funding.search.parse import Query
from funding.search.vocabulary import look_up
from funding.search.wording import put_right

Result = TypeVar("Result")


@dataclass(frozen=True)
class Found(Generic[Result]):
    """One page of results, and how many there are of them in all.

    Only the thousand names that fit and are shortest are put in order; `more` says that others fit too.
    `was`: primary key -> the former name that it was found by. `corrected`: the query with its spelling put
    right, where nothing held the words as they were typed. `nearest`: nothing holds every word, however it
    is spelt. `too_short`: there was no word or number of two letters to look for.
    """

    results: list[Result]
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


def seek(
    asked: Query, run: Callable[[Ask], list[Any]], words: str, written: Callable[[Any], str], offset: int
) -> Found[Any]:
    """The page of what `run` finds, after `offset`.

    Its rows are model instances with was, strong, total, more and ordinality; the first of all comes with every page.
    `words`: the table of the words there are. `written`: a row's name and place, to write the query as they do.
    """
    if max(map(len, asked.words), default=0) < 2:
        return Found([], 0, too_short=True)
    rows = run(as_typed(asked))
    if rows and rows[0].strong:
        return Found.page(rows, offset)
    with connection.cursor() as cursor:
        vocabulary = look_up(cursor, asked, words)
    instead = corrected(asked, vocabulary)
    others = run(instead) if instead else []
    if not others:
        return Found.page(rows, offset)
    right = put_right(asked, vocabulary, written(others[0]))
    return Found.page(others, offset, corrected=right, nearest=not right)
