"""The words we know that matter to a query: those near what was typed, and those that halves of it are."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from funding.search import normalise, spelling
from funding.search.ask import array
from funding.search.parse import Query

# {words}: the table of SearchWord, or of SettingWord.
# near @> one form at a time: for near && all of them the planner reads the whole table.
NEAR = """
SELECT typed, w.word, w.rows
FROM unnest(%s::text[], %s::text[]) AS form (typed, text) JOIN {words} w ON w.near @> ARRAY[form.text]
WHERE abs(length(w.word) - length(typed)) <= 2
UNION SELECT '', word, rows FROM {words} WHERE word = ANY(%s::text[])"""
MOST_NEAR = 12
COMMON = 10_000  # stands for the rows of filler and of kinds of school
SHORT = 30  # a half of one or two letters is a word only if so many names hold it


@dataclass(frozen=True)
class Vocabulary:
    rows: dict[str, int]  # how many names hold the word
    near: dict[
        str, list[tuple[int, str]]
    ]  # typed -> (mistakes, word), the nearest and then the commonest first

    def at(self, word: str, mistakes: int) -> list[str]:
        return [other for count, other in self.near.get(word, ()) if count == mistakes]

    def two_words(self, piece: str) -> list[tuple[str, str]]:
        """Each way to read the piece as two words we know."""
        pairs = [pair for pair in halves(piece) if all(map(self.rows_of_half, pair))]
        return [pair for pair in pairs if not normalise.FILLER.issuperset(pair)]

    def rows_of_half(self, half: str) -> int:
        """How many names hold the half of a piece; 0 if it is too short and too rare to be a word."""
        word = normalise.forms(half)[0]
        if half in normalise.FILLER or not normalise.tells(word):
            return COMMON
        rows = self.rows.get(word, 0)
        return rows if len(word) > 2 or rows >= SHORT else 0


@dataclass(frozen=True)
class Lookup:
    """What to ask of the table of words for a query: the parameters of NEAR, and how to read its answer."""

    typed: dict[str, int]  # word -> mistakes allowed
    parts: set[str]

    @classmethod
    def of(cls, query: Query) -> "Lookup":
        typed: dict[str, int] = {}
        parts: set[str] = set()
        for piece in query.pieces:
            word = normalise.forms(piece)[0]
            if piece in normalise.FILLER or not normalise.tells(word):
                continue
            if word.isalpha():
                typed[word] = spelling.mistakes_allowed(word)
            parts |= {word, *(normalise.forms(half)[0] for pair in halves(piece) for half in pair)}
        for pair in pairwise(query.pieces):
            whole = normalise.forms("".join(pair))[0]
            if whole.isalpha() and len(whole) > 4:
                typed.setdefault(whole, 1)
        return cls(typed, parts)

    @property
    def parameters(self) -> list[str]:
        forms = [
            (word, form)
            for word, most in self.typed.items()
            for form in sorted(spelling.shortened(word, most))
        ]
        return [array(word for word, _ in forms), array(form for _, form in forms), array(sorted(self.parts))]

    def read(self, answer: Iterable[tuple[str, str, int]]) -> Vocabulary:
        """`answer` is NEAR's rows."""
        rows: dict[str, int] = {}
        near: dict[str, list[tuple[int, str]]] = {}
        for word, other, count in answer:
            rows[other] = count
            if not word or other == word:
                continue
            mistakes = spelling.mistakes(word, other, self.typed[word])
            if mistakes <= self.typed[word]:
                near.setdefault(word, []).append((mistakes, other))
        for found in near.values():
            found.sort(key=lambda each: (each[0], -rows[each[1]], each[1]))
            del found[MOST_NEAR:]
        return Vocabulary(rows, near)


def halves(piece: str) -> Iterator[tuple[str, str]]:
    if len(piece) > 4:
        yield from ((piece[:at], piece[at:]) for at in range(1, len(piece)))
