"""What was typed, as it reads with its mistakes put right. Pure."""

from collections.abc import Iterator

from funding.search import normalise
from funding.search.parse import PREFIX_FROM, Query
from funding.search.vocabulary import Vocabulary


def put_right(query: Query, vocabulary: Vocabulary, found: str) -> str:
    """The query in the words of what it `found` (a name and its place), in small letters: "grange school" for
    "Gronge scool".

    Empty where no word was mistyped: then some of them were left out.
    """
    written: dict[str, str] = {}
    for piece in normalise.tokens(found):
        for word in normalise.forms(piece):
            written.setdefault(word, piece)
    right = list(_right(query, vocabulary, written))
    return "" if right == list(query.pieces) else " ".join(map(_shown, right))


def _right(query: Query, vocabulary: Vocabulary, written: dict[str, str]) -> Iterator[str]:
    pieces = iter(enumerate(query.pieces))
    for at, piece in pieces:
        word = normalise.forms(piece)[0]
        following = query.pieces[at + 1] if at + 1 < len(query.pieces) else ""
        whole = normalise.forms(piece + following)[0]
        if _stands(piece, word, written, is_last=not following):
            yield piece
        elif following and whole in written:
            yield written[whole]
            next(pieces)
        else:
            yield _nearest(piece, word, vocabulary, written)


def _stands(piece: str, word: str, written: dict[str, str], *, is_last: bool) -> bool:
    """Whether the piece is right as it is: filler, a kind of school, or a word of what was found or its start."""
    if piece in normalise.FILLER or not normalise.tells(word) or word in written:
        return True
    may_be_begun = is_last or len(word) >= PREFIX_FROM
    return may_be_begun and any(other.startswith(word) for other in written)


def _nearest(piece: str, word: str, vocabulary: Vocabulary, written: dict[str, str]) -> str:
    for _, other in vocabulary.near.get(word, ()):
        if other in written:
            return written[other]
        if not normalise.tells(other):
            return other
    for pair in vocabulary.two_words(piece):
        halves = [normalise.forms(half)[0] for half in pair]
        if all(half in normalise.FILLER or word in written for half, word in zip(pair, halves, strict=True)):
            return " ".join(pair)
    return piece


def _shown(piece: str) -> str:
    """Postcodes are written in capitals."""
    return piece.upper() if any(map(str.isdigit, piece)) else piece
