"""One way of writing names and places, used both for what is stored and for what people type.

Stored text is widened by the synonyms of data/synonyms.toml, so a query needs no more than the same tidying.
Pure: text in, text out.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

SYNONYMS = Path(__file__).parent / "data" / "synonyms.toml"
APOSTROPHES = re.compile(r"['\u2018\u2019\u02bc`\u00b4]")
NOT_A_WORD = re.compile(r"[^a-z0-9]+")
OUTWARD_AND_INWARD = re.compile(r"\b([a-z]{1,2}[0-9][a-z0-9]?) ([0-9][a-z]{2})\b")

# The forms of one thing: ("saint", "st").
Group = tuple[str, ...]


def tidy(text: str) -> str:
    """Small letters, digits and single spaces; no accents ("St. Mary's & X" is "st marys and x")."""
    plain = APOSTROPHES.sub("", text).replace("&", " and ")
    if not plain.isascii():
        letters = unicodedata.normalize("NFKD", plain)
        plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return NOT_A_WORD.sub(" ", plain.casefold()).strip()


def stored_name(name: str) -> str:
    """The words of a name, then the other ways of writing them."""
    return _widened(tidy(name))


def stored_place(*parts: str) -> str:
    """The words of places, postcodes and numbers, each once; a postcode also without its space."""
    text = tidy(" ".join(parts))
    joined = " ".join("".join(match.groups()) for match in OUTWARD_AND_INWARD.finditer(text))
    return " ".join(dict.fromkeys(_widened(f"{text} {joined}".strip()).split()))


def stored_text(name: str, *parts: str) -> str:
    """Name and places without synonyms: what a mistyped query is measured against."""
    return f"{tidy(name)} {' '.join(dict.fromkeys(tidy(' '.join(parts)).split()))}"


def query_words(query: str) -> list[str]:
    """The words to look for. Filler ("the", "near") goes, unless nothing else is left."""
    words = _joined_phrases(tidy(query)).split()
    telling = [word for word in words if word not in _filler()]
    return telling or words


def _widened(text: str) -> str:
    """The text, then the other forms of each group that it holds a form of."""
    padded = f" {text} "
    others = [
        other
        for group in dict.fromkeys(_groups_in(text.split()))
        for other in group
        if f" {other} " not in padded
    ]
    return " ".join([text, *others])


def _groups_in(words: list[str]) -> Iterator[Group]:
    begins = _forms_by_first_word()
    for at, word in enumerate(words):
        for form, group in begins.get(word, ()):
            if words[at : at + len(form)] == form:
                yield group


def _joined_phrases(text: str) -> str:
    """Forms of single letters ("c of e") as their group's one word: letters alone would match anything."""
    padded = f" {text} "
    for group in _groups():
        for form in group:
            if len(form.split()[0]) == 1 and " " in form:
                one_word = next(other for other in group if " " not in other)
                padded = padded.replace(f" {form} ", f" {one_word} ")
    return padded.strip()


@cache
def _data() -> dict[str, list[list[str]]]:
    return tomllib.loads(SYNONYMS.read_text(encoding="utf-8"))


@cache
def _groups() -> tuple[Group, ...]:
    return tuple(map(tuple, _data()["groups"]))


@cache
def _forms_by_first_word() -> dict[str, list[tuple[list[str], Group]]]:
    found: dict[str, list[tuple[list[str], Group]]] = {}
    for group in _groups():
        for form in group:
            found.setdefault(form.split()[0], []).append((form.split(), group))
    return found


@cache
def _filler() -> frozenset[str]:
    return frozenset(map(str, _data()["filler"]))
