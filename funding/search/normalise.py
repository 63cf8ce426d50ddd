"""One way of writing names and places, for what is stored and for what people type. Pure: text in, words out.

The words that mean the same are data: words.toml.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

DATA = Path(__file__).parent / "words.toml"
TELLING = (
    4.0  # what a word that tells one school from another is worth; the kinds in words.toml are worth less
)

_DATA: dict[str, Any] = tomllib.loads(DATA.read_text(encoding="utf-8"))
FILLER = frozenset(_DATA["filler"])
KINDS: dict[str, float] = _DATA["kinds"]
ALSO: dict[str, list[str]] = _DATA["also"]
SYNONYMS = {word: meaning.split() for word, meaning in _DATA["synonyms"].items()}
PHRASES = {tuple(phrase.split()): meaning.split() for phrase, meaning in _DATA["phrases"]}
PHRASES_FROM = {
    phrase[0]: max(len(other) for other in PHRASES if other[0] == phrase[0]) for phrase in PHRASES
}

APOSTROPHES = dict.fromkeys(map(ord, "'\u2018\u2019\u02bc\u02bb`\u00b4"))
INITIALS = re.compile(r"\b(?:[a-z]\.){2,}")  # "R.C.", "L.E.A.D."
WORDS = re.compile(r"[a-z0-9]+")
DIGIT = re.compile(r"[0-9]")
POSTCODE = re.compile(r"\b([a-z]{1,2}[0-9][a-z0-9]?) *([0-9][a-z]{2})\b")


class Word(NamedTuple):
    text: str  # its one form
    typed: str  # as it was written; empty where several words made it


def words(text: str) -> list[str]:
    """The words of a name, a place or a query, in order, each in its one form; filler is left out.

    "St. Mary's C of E (Aided) Prim Sch" gives st, mary, cofe, aided, primary, school.
    """
    return [word.text for word in read(tokens(text))]


def tokens(text: str) -> list[str]:
    """The text as it was written, in small letters, in pieces. "R.C." is one piece, and so is a whole postcode."""
    if text.isascii():
        text = text.replace("'", "").replace("`", "")
    else:
        text = unicodedata.normalize("NFKD", text.translate(APOSTROPHES))
        text = "".join(c for c in text if not unicodedata.combining(c))
    text = text.replace("&", " and ").casefold()
    if "." in text:
        text = INITIALS.sub(lambda found: found[0].replace(".", "") + " ", text)
    if DIGIT.search(text):
        text = POSTCODE.sub(r"\1\2", text)
    pieces = WORDS.findall(text)
    return _letters(pieces) if min(map(len, pieces), default=0) == 1 else pieces


def read(pieces: list[str]) -> list[Word]:
    """What the pieces mean. Filler goes, unless nothing else is left."""
    if PHRASES_FROM.keys().isdisjoint(pieces):
        found = [word for piece in pieces for word in _meant(piece)]
    else:
        found = _with_phrases(pieces)
    return [word for word in found if word.text not in FILLER] or found


def _with_phrases(pieces: list[str]) -> list[Word]:
    found: list[Word] = []
    at = 0
    while at < len(pieces):
        piece = pieces[at]
        longest = min(PHRASES_FROM[piece], len(pieces) - at) if piece in PHRASES_FROM else 0
        for size in range(longest, 1, -1):
            meaning = PHRASES.get(tuple(pieces[at : at + size]))
            if meaning is not None:
                found += [Word(word, "") for word in meaning]
                at += size
                break
        else:
            found += _meant(piece)
            at += 1
    return found


@lru_cache(maxsize=20_000)
def _meant(piece: str) -> tuple[Word, ...]:
    return tuple(Word(word, piece) for word in forms(piece))


def forms(piece: str) -> list[str]:
    """What stands for one piece: primary for prim, king for kings; seldom more than one, as cofe and va for ceva."""
    meaning = SYNONYMS.get(piece)
    if meaning is not None:
        return meaning
    plural = len(piece) > 3 and piece[-1] == "s" and piece[-2] != "s"
    return [piece[:-1] if plural else piece]


def worth(word: str) -> float:
    return KINDS.get(word, TELLING)


def tells(word: str) -> bool:
    """Whether the word tells one school from another: not "primary", not "school"."""
    return word not in KINDS


@cache
def kind_begun(letters: str) -> float | None:
    """What the least kind that begins with these letters is worth, or None if no kind does."""
    return min((worth for kind, worth in KINDS.items() if kind.startswith(letters)), default=None)


def also(name_words: Iterable[str]) -> list[str]:
    """Further words that a name answers to: church and england for cofe."""
    return [other for word in name_words for other in ALSO.get(word, ())]


def counties(la_name: str) -> list[str]:
    """The words of the old or ceremonial counties that an authority lies in."""
    return _counties().get(la_name, [])


def _letters(pieces: list[str]) -> list[str]:
    """Letters that stand alone in a row are one word, as "r c" is rc; but "a" is a word by itself."""
    out: list[str] = []
    run = ""
    for piece in [*pieces, ""]:
        if len(piece) == 1 and piece.isalpha() and piece != "a":
            run += piece
            continue
        if run:
            out.append(run)
            run = ""
        if piece:
            out.append(piece)
    return out


@cache
def _counties() -> dict[str, list[str]]:
    table: dict[str, list[str]] = {}
    for county, authorities in _DATA["counties"].items():
        for authority in authorities:
            table.setdefault(authority, []).extend(words(county))
    return table
