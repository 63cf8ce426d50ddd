"""How every search goes about it: what was typed as it stands, then with its mistakes put right."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Generic, Self, TypeVar

from django.db import models

from funding.search.ask import as_typed
from funding.search.correct import corrected
from funding.search.parse import Query
from funding.search.rows import instances, select
from funding.search.vocabulary import NEAR, Lookup
from funding.search.wording import put_right

Result = TypeVar("Result", bound=models.Model)


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


# What `find` finds and, where that is nothing good, the words near those that were typed, which are asked of the
# table called `words`. Postgres leaves the second half alone where the first is good: its condition is looked at once.
FIND_OR_WORDS = """
WITH found AS MATERIALIZED ({find}), near AS (
    SELECT coalesce(json_agg(json_build_array(typed, word, rows)), '[]') AS words FROM ({near}) AS known
    WHERE NOT EXISTS (SELECT FROM found WHERE found.ordinality = 1 AND found.strong)
)
SELECT found.*, near.words FROM near LEFT JOIN found ON true ORDER BY found.ordinality"""


@dataclass(frozen=True)
class Search(Generic[Result]):
    """One kind of thing to search. `find` is the SELECT of `columns` and `rows.OTHERS`, its parameters those of an
    Ask and then what is given beside; `words` the table of the words there are; `written` a row's name and place, to
    write a query as they do.
    """

    model: type[Result]
    find: str
    words: str
    written: Callable[[Any], str]

    def seek(
        self, asked: Query, beside: list[object], most: int, offset: int, *, few_queries: bool
    ) -> Found[Result]:
        """The page after `offset`, of the first `most`. One query, or three where nothing was found as it was typed.

        `few_queries` makes that two at most, by one that takes half as long again for whatever is spelt right.
        """
        if max(map(len, asked.words), default=0) < 2:
            return Found([], 0, too_short=True)
        parameters = [*as_typed(asked).parameters(most), *beside]
        near = NEAR.format(words=self.words)
        if few_queries:
            both = FIND_OR_WORDS.format(find=self.find, near=near)
            answer = select(both, [*parameters, *Lookup.of(asked).parameters])
        else:
            answer = select(self.find, parameters)
        rows: list[Any] = instances(self.model, [row for row in answer if row[0] is not None])
        if rows and rows[0].strong:
            return Found.page(rows, offset)
        lookup = Lookup.of(asked)
        words = answer[0][-1] if few_queries else select(near, lookup.parameters)
        vocabulary = lookup.read(words)
        instead = corrected(asked, vocabulary)
        again = [*instead.parameters(most), *beside] if instead else None
        others = instances(self.model, select(self.find, again)) if again else []
        if not others:
            return Found.page(rows, offset)
        right = put_right(asked, vocabulary, self.written(others[0]))
        return Found.page(others, offset, corrected=right, nearest=not right)
