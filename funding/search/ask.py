"""What is asked of the database for a query: which names will do, and what speaks for one of them. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from funding.search import normalise
from funding.search.parse import Query

# Beside what its words are worth (normalise.worth), a name gains a little for two words in the order that was typed,
# for a word that is its place (more for the whole of it: Derby is not Derbyshire), for an s where one was typed;
# and much for the very number or postcode.
NEXT_TO, IN_PLACE, WHOLE, PLURAL, NUMBER = 0.3, 0.9, 0.3, 0.3, 2.0


class Part(NamedTuple):
    """What a name gains if `query` (a tsquery) fits it."""

    query: str
    kind: float = 0.0  # a word of the name's kind that was asked for
    telling: float = 0.0  # a telling word of the name that was asked for
    bonus: float = 0.0  # anything else that speaks for it


@dataclass(frozen=True)
class Ask:
    """What to look for: the parameters of funding_find_names.

    must: tsqueries to try in turn; the first that finds anything is the one.
    strong: a tsquery that a good answer fits.
    first: how a name may begin, to be put before its equals.
    """

    must: list[str]
    strong: str
    first: str
    parts: list[Part]

    def parameters(self, most: int) -> list[object]:
        columns = [array(column) for column in zip(*self.parts, strict=True)] or ["{}"] * 4
        return [array(self.must), self.strong, self.first, *columns, most]


def as_typed(query: Query) -> Ask:
    """Every needed word, whole or as the beginning of one, or run together with its neighbour."""
    groups = {word: either([query.begun(word), *query.joined.get(word, ())]) for word in query.words}
    whole = {word: either([word, *query.joined.get(word, ())]) for word in query.words}
    whole[query.last] = groups[query.last]
    return Ask(
        must=[every(groups[word] for word in query.needed)],
        strong=either([every(whole[word] for word in query.needed), every(groups.values())]),
        first=query.pieces[0],
        parts=[*_words(query), *joined(query), *order(query)],
    )


def _words(query: Query) -> Iterator[Part]:
    for word in query.words:
        worth, tells = query.worth(word)
        is_last = word == query.last
        yield in_name(either([f"{word}:AB", f"{word}:*AB"]) if is_last else f"{word}:AB", worth, tells)
        if normalise.tells(word):
            yield Part(f"{word}:*C" if is_last else f"{word}:C", bonus=IN_PLACE)
            if is_last:
                yield Part(f"{word}:C", bonus=WHOLE)
            if not word.isalpha():
                yield Part(f"{word}:D", bonus=NUMBER)
    for plural in query.plurals:
        yield Part(f"{plural}:D", bonus=PLURAL)


def joined(query: Query, known: Iterable[str] | None = None) -> Iterator[Part]:
    """Two pieces run together, as one word of the name; of `known` words only, if they are given."""
    for whole in {whole for wholes in query.joined.values() for whole in wholes}:
        if known is None or whole in known:
            yield in_name(f"{whole}:AB", normalise.worth(whole), normalise.tells(whole))


def order(query: Query) -> Iterator[Part]:
    return (Part(f"{a} <-> {b}", bonus=NEXT_TO) for a, b in pairwise(query.words))


def in_name(query: str, worth: float, tells: bool) -> Part:
    return Part(query, telling=worth) if tells else Part(query, kind=worth)


def either(terms: Iterable[str]) -> str:
    return " | ".join(dict.fromkeys(terms))


def every(groups: Iterable[str]) -> str:
    return "(" + " & ".join(f"({group})" for group in groups) + ")"


def array(values: Iterable[object]) -> str:
    """An array literal of tsqueries, words or numbers: several times as fast as leaving it to the driver."""
    inside = '","'.join(map(str, values))
    return f'{{"{inside}"}}' if inside else "{}"
