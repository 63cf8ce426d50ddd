"""One way of writing names and places, used both for what is stored and for what people type.

Stored text is widened by the synonyms of data/synonyms.toml, so a query needs no more than the same tidying.
Pure: text in, text out.
"""

import re
import tomllib
import unicodedata
from functools import cache
from pathlib import Path

SYNONYMS = Path(__file__).parent / "data" / "synonyms.toml"
APOSTROPHES = re.compile(r"['\u2018\u2019\u02bc`\u00b4]")
NOT_A_WORD = re.compile(r"[^a-z0-9]+")
OUTWARD_AND_INWARD = re.compile(r"\b([a-z]{1,2}[0-9][a-z0-9]?) ([0-9][a-z]{2})\b")


def tidy(text: str) -> str:
    """Small letters, digits and single spaces; no accents ("St. Mary's & X" is "st marys and x")."""
    plain = unicodedata.normalize("NFKD", APOSTROPHES.sub("", text).replace("&", " and "))
    unaccented = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return NOT_A_WORD.sub(" ", unaccented.casefold()).strip()


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
    padded = f" {text} "
    others = [
        other
        for group in _groups()
        if any(f" {form} " in padded for form in group)
        for other in group
        if f" {other} " not in padded
    ]
    return " ".join([text, *others])


def _joined_phrases(text: str) -> str:
    """Forms of single letters ("c of e", "r c") as their group's one-word form: the letters alone would match
    anything.
    """
    padded = f" {text} "
    for group in _groups():
        for form in group:
            if len(form.split()[0]) == 1 and " " in form:
                padded = padded.replace(
                    f" {form} ", f" {next(other for other in group if ' ' not in other)} "
                )
    return padded.strip()


@cache
def _data() -> dict[str, list[list[str]]]:
    return tomllib.loads(SYNONYMS.read_text(encoding="utf-8"))


@cache
def _groups() -> tuple[tuple[str, ...], ...]:
    return tuple(map(tuple, _data()["groups"]))


@cache
def _filler() -> frozenset[str]:
    return frozenset(map(str, _data()["filler"]))
