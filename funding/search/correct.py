"""What was typed, with its mistakes: words near each word, pieces run together, one piece that is two words. Pure."""

from collections.abc import Iterator

from funding.search import normalise
from funding.search.ask import IN_PLACE, PLURAL, Ask, Part, as_typed, either, every, in_name, joined, order
from funding.search.parse import Query, understand
from funding.search.vocabulary import Vocabulary


def corrected(query: Query, vocabulary: Vocabulary) -> Ask | None:
    """What to look for instead, or None where no word that was typed is like any we know.

    Tried in turn: every word with at most one mistake; with two; all words but the commonest; all but any one.
    """
    mended = [word for piece in query.pieces for word in _mended(piece, vocabulary)]
    if mended != list(query.pieces):
        query = understand(mended)
    telling = [word for word in query.words if normalise.tells(word)]
    if not telling:
        return as_typed(query)
    readings = [_Reading(word, query, vocabulary) for word in telling]
    some = [reading for reading in readings if reading.is_like_something]
    if not some:
        return None
    must = [every(reading.close for reading in some), every(reading.wide for reading in some)]
    if len(some) > 1:
        commonest = max(some, key=lambda reading: reading.rows)
        must.append(every(reading.wide for reading in some if reading is not commonest))
        must.append(either(every(other.wide for other in some if other is not reading) for reading in some))
    return Ask(
        must=list(dict.fromkeys(must)),
        strong=must[0],
        first=query.pieces[0],
        parts=[
            *(Part(f"{word}:AB", kind=normalise.worth(word)) for word in query.words if word not in telling),
            *(part for reading in readings for part in reading.parts()),
            *joined(query, vocabulary.rows),
            *order(query),
            *_plurals(query, vocabulary),
        ],
    )


def _mended(piece: str, vocabulary: Vocabulary) -> list[str]:
    """A piece that is no word we know, put right where there is little doubt.

    A mistyped kind ("primry") is that kind, so that it counts and can be part of a phrase. A piece that
    is near no word, but can be read as two, is those two.
    """
    word = normalise.forms(piece)[0]
    if piece in normalise.FILLER or word in vocabulary.rows or not normalise.tells(word):
        return [piece]
    near = vocabulary.near.get(word, [])
    if near:
        kinds = [other for mistakes, other in near if mistakes == near[0][0] and not normalise.tells(other)]
        return kinds[:1] or [piece]
    pairs = vocabulary.two_words(piece)
    return list(max(pairs, key=lambda pair: min(map(vocabulary.rows_of_half, pair)))) if pairs else [piece]


class _Reading:
    """The ways to read one telling word, as tsquery terms from the surest to the least sure."""

    def __init__(self, word: str, query: Query, vocabulary: Vocabulary) -> None:
        wholes = query.joined.get(word, ())
        self.word = word
        self.is_last = word == query.last
        self.begun = query.begun(word)
        self.exact = [word, *(whole for whole in wholes if whole in vocabulary.rows)]
        pieces = [piece for piece in query.pieces if normalise.forms(piece)[0] == word]
        split = [_both(pair) for piece in pieces for pair in vocabulary.two_words(piece)]
        near, far = vocabulary.at(word, 1), vocabulary.at(word, 2)
        self.one = [*near, *split]
        self.two = [*far, *(other for whole in wholes for other in vocabulary.at(whole, 1))]
        self.is_known = word in vocabulary.rows
        self.rows = sum(vocabulary.rows.get(other, 0) for other in (word, *near, *far))
        self.others = [term for term in (*self.one, *self.two) if term not in query.words]

    @property
    def is_like_something(self) -> bool:
        found = self.one or self.two or self.is_known or len(self.exact) > 1
        return bool(found or self.is_last or not self.word.isalpha())

    @property
    def close(self) -> str:
        surer = self.one or self.is_known or len(self.exact) > 1
        return either([self.begun, *self.exact, *self.one] if surer else [self.begun, *self.two])

    @property
    def wide(self) -> str:
        return either([self.begun, *self.exact, *self.one, *self.two])

    def parts(self) -> Iterator[Part]:
        """A word as typed is worth all, one mistake away three quarters, two mistakes away half."""
        worth = normalise.worth(self.word)
        exact = [self.begun, *self.exact] if self.is_last else self.exact
        yield Part(either(exact), bonus=worth / 4)
        yield Part(either([*exact, *self.one]), bonus=worth / 4)
        yield Part(either([*exact, *self.one, *self.two, self.begun]), bonus=worth / 2)
        yield in_name(either(_labelled(term, "AB") for term in (self.begun, *self.others)), worth, tells=True)
        yield Part(either(_labelled(term, "C") for term in exact), bonus=IN_PLACE)


def _plurals(query: Query, vocabulary: Vocabulary) -> Iterator[Part]:
    for plural in query.plurals:
        singular = plural[:-1]
        near = (singular, *vocabulary.at(singular, 1), *vocabulary.at(singular, 2))
        yield Part(either(f"{other}s:D" for other in near), bonus=PLURAL)


def _both(pair: tuple[str, str]) -> str:
    """Both halves of a piece as one tsquery term; of a half that is filler or a kind, nothing is asked."""
    words = [normalise.forms(half)[0] for half in pair if half not in normalise.FILLER]
    telling = [word for word in words if normalise.tells(word)] or words
    return every(telling) if len(telling) > 1 else telling[0]


def _labelled(term: str, where: str) -> str:
    """The term in the name ("AB") or the place ("C") alone. Two halves of a piece stay as they are."""
    if term.endswith(":*"):
        return term + where
    return f"{term}:{where}" if term.isalnum() else term
