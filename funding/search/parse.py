"""What somebody typed, as the words to look for. Pure."""

import re
from dataclasses import dataclass
from itertools import pairwise

from funding.search import normalise

MOST_PIECES, MOST_LETTERS = 16, 40  # nobody types more to find a school
PREFIX_FROM = 4  # a word of so many letters may be the beginning of another; the last word always may
POSTCODE_BEGUN = re.compile(r"\b([a-z]{1,2}[0-9][a-z0-9]?) ([0-9][a-z]?)$", re.IGNORECASE)


@dataclass(frozen=True)
class Query:
    pieces: tuple[str, ...]  # as typed, filler too
    words: tuple[str, ...]  # what they mean, each once
    joined: dict[
        str, tuple[str, ...]
    ]  # a word -> what it would be, run together with the piece before or after it
    plurals: tuple[str, ...]  # pieces that lost their s to become words

    @property
    def last(self) -> str:
        return self.words[-1]

    @property
    def needed(self) -> tuple[str, ...]:
        """The words that must be found: those that tell one school from another, or all if none does.

        The last word is not needed while it may be the beginning of a kind ("Oakwood sch").
        """
        telling = [word for word in self.words if normalise.tells(word)]
        if len(telling) > 1 and telling[-1] == self.last and normalise.kind_begun(self.last) is not None:
            telling.pop()
        return tuple(telling) or self.words

    def begun(self, word: str) -> str:
        """The word as a tsquery term: also as the beginning of a longer word, where it may be one."""
        return f"{word}:*" if word == self.last or len(word) >= PREFIX_FROM else word

    def worth(self, word: str) -> tuple[float, bool]:
        """What the word is worth, and whether it tells one school from another."""
        if not normalise.tells(word):
            return normalise.worth(word), False
        kind = normalise.kind_begun(word) if word == self.last else None
        return (normalise.TELLING, True) if kind is None else (kind, False)


def parse(text: str) -> Query:
    """The words of a query. A postcode is one word: "SK7 2AB" is sk72ab, and "SK7 2" is its beginning, sk72."""
    pieces = normalise.tokens(POSTCODE_BEGUN.sub(r"\1\2", text[:300].strip()))
    return understand([piece[:MOST_LETTERS] for piece in pieces[:MOST_PIECES]])


def understand(pieces: list[str]) -> Query:
    read = normalise.read(pieces)
    by_piece = {word.typed: word.text for word in read if word.typed}
    plurals = [word.typed for word in read if word.typed == f"{word.text}s"]
    joined: dict[str, tuple[str, ...]] = {}
    for pair in pairwise(pieces):
        together = "".join(pair)
        whole = normalise.forms(together)[0]
        for piece in pair:
            if (word := by_piece.get(piece)) is not None:
                joined[word] = (*joined.get(word, ()), whole)
        if together == f"{whole}s":
            plurals.append(together)
    return Query(
        pieces=tuple(pieces),
        words=tuple(dict.fromkeys(word.text for word in read)),
        joined=joined,
        plurals=tuple(plurals),
    )
