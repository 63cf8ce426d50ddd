"""Reads one JSON value at a time into a fact, or says exactly what is wrong.

Every function takes the value, and the name that the message should call it by.
"""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from functools import cache
from typing import TypeVar

Choice = TypeVar("Choice", bound=StrEnum)

LONGEST_QUOTE = 60
MISSING = object()


class FactsError(ValueError):
    """The JSON is not facts; the message names the fact and what it may be."""


def quoted(value: object) -> str:
    """A value as its writer would know it, short enough for one line.

    Containers are named, not printed: a message must stay small whatever was sent.
    """
    if value is MISSING:
        return "missing"
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, str):
        short = value if len(value) <= LONGEST_QUOTE else value[:LONGEST_QUOTE] + "..."
        return '"' + short.encode("unicode_escape").decode("ascii") + '"'
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list):
        return "an array"
    return "a number"


def only_known(data: dict, known: Iterable[str], where: str) -> None:
    """A misspelt fact would otherwise be read as missing, and decided upon."""
    unknown = sorted(data.keys() - set(known))
    if unknown:
        raise FactsError(f"{where} has no fact called {quoted(unknown[0])}; it has {', '.join(known)}")


@cache
def _members(kind: type[Choice]) -> dict[str, Choice]:
    # A dictionary answers several times sooner than calling the enumeration does.
    return {member.value: member for member in kind}


def choice(value: object, kind: type[Choice], name: str) -> Choice:
    if isinstance(value, str) and (member := _members(kind).get(value)) is not None:
        return member
    allowed = ", ".join(kind)
    raise FactsError(f"{name} is {quoted(value)}; it must be one of {allowed}")


def optional_choice(value: object, kind: type[Choice], name: str) -> Choice | None:
    return None if value is None else choice(value, kind, name)


def choices(value: object, kind: type[Choice], name: str) -> frozenset[Choice]:
    """An array of choices; null reads as empty, and order and repeats do not matter."""
    if value is None:
        return frozenset()
    if not isinstance(value, list):
        raise FactsError(f"{name} is {quoted(value)}; it must be an array of text")
    return frozenset(choice(item, kind, f"{name}[{at}]") for at, item in enumerate(value))


def flag(value: object, name: str) -> bool | None:
    """true, false, or null for a question not answered yet; 0 and 1 are refused."""
    if value is None or isinstance(value, bool):
        return value
    raise FactsError(f"{name} is {quoted(value)}; it must be true, false or null")


def text(value: object, name: str) -> str | None:
    """Text or null. Numbers are refused: 000 is a local authority code and 0 is not."""
    if value is None:
        return None
    if isinstance(value, str):
        return value.strip() or None
    raise FactsError(f'{name} is {quoted(value)}; it must be text in quotes, such as "201", or null')


def day(value: object, name: str) -> date | None:
    if value is None:
        return None
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise FactsError(f'{name} is {quoted(value)}; it must be a day such as "2025-04-02", or null')
