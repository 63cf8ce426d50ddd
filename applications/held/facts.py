"""What is held about a person, as facts with names: in words for a page, and as plain data for a file."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone


@dataclass(frozen=True, slots=True)
class Fact:
    """`value` is in words. Where those stand for one of the portal's own rows, `key` is what names it for a program."""

    name: str
    value: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """Some facts about one thing; what is empty is left out."""

    title: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    held: tuple[Held, ...]


def facts(*named: tuple[str, Any]) -> tuple[Fact, ...]:
    """Those of the pairs of name and value that have a value; a Fact stays as it is."""
    told = (value if isinstance(value, Fact) else Fact(name, in_words(value)) for name, value in named)
    return tuple(fact for fact in told if fact.value)


def in_words(value: Any) -> str:
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%-d %B %Y, %H:%M}"
    if isinstance(value, date):
        return f"{value:%-d %B %Y}"
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return "" if value is None else str(value)


def as_json(sections: Iterable[Section], at: datetime) -> dict[str, Any]:
    """As plain data: {"taken_at", "held": [{"section", "records": [{"about", "facts": [{"name", "value", "key"}]}]}]},
    "key" only where there is one.

    Lists, since two facts may have one name: two questions of a form may be worded alike.
    """
    return {
        "taken_at": at.isoformat(),
        "held": [
            {
                "section": section.title,
                "records": [
                    {"about": each.title, "facts": [_plain(fact) for fact in each.facts]}
                    for each in section.held
                ],
            }
            for section in sections
        ],
    }


def _plain(fact: Fact) -> dict[str, str]:
    return {"name": fact.name, "value": fact.value, **({"key": fact.key} if fact.key else {})}
