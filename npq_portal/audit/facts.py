"""What changed, in words: the label of each fact, and its values as people read them.

An app says it in its `sentences` module, where the column's own name and choices are not enough: FACTS maps a name in
`old` and `new` of its rows to a Fact. CHANGES, where an app has it, maps an action to the function that tells the
whole of it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib import import_module
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.utils import timezone
from django.utils.module_loading import module_has_submodule

from npq_portal.audit.models import AuditEvent
from npq_portal.audit.presenters import said_by_apps
from npq_portal.audit.records import Named, model_of

# A phrase for each thing that changed.
ChangeWords = Callable[[AuditEvent], list[str]]
GONE = "no longer there"


@dataclass(frozen=True, slots=True)
class Fact:
    """`of` is the kind of row whose primary key the value is; `words` says any other value."""

    label: str
    words: Callable[[Any], str] | None = None
    of: str = ""


def changes(event: AuditEvent, names: Mapping[str, Named]) -> list[str]:
    """What changed: by the app's own words for the action if it has some, else fact by fact. Asks for nothing:
    `names` calls the rows that the values point at (`pointed_at`).
    """
    told: dict[str, ChangeWords] = said_by_apps("CHANGES")
    if event.action in told:
        return told[event.action](event)
    old, new = event.old or {}, event.new or {}
    phrases = []
    for name in [*new, *(name for name in old if name not in new)]:
        fact = _fact(event, name)
        was, now = (_value(fact, side.get(name), names) for side in (old, new))
        if not old or not new:
            phrases.append(f"{fact.label}: {now if new else was}")
        elif name not in old:
            phrases.append(f"{fact.label}: {now}")
        elif was != now:
            phrases.append(f"{fact.label}: {was} \u2192 {now}")
    return phrases


def pointed_at(events: Iterable[AuditEvent]) -> Iterator[str]:
    """The references of the rows that values of the events are keys of."""
    for event in events:
        for side in (event.old or {}, event.new or {}):
            for name, value in side.items():
                if value not in (None, "") and (kind := _fact(event, name).of):
                    yield f"{kind}:{value}"


def _fact(event: AuditEvent, name: str) -> Fact:
    app = event.action.partition(".")[0]
    return _facts_of(app).get(name) or _of_column(event.subject.partition(":")[0], name)


@cache
def _facts_of(app: str) -> dict[str, Fact]:
    config = apps.app_configs.get(app)
    if config is None or config.module is None or not module_has_submodule(config.module, "sentences"):
        return {}
    facts: dict[str, Fact] = getattr(import_module(f"{config.name}.sentences"), "FACTS", {})
    return facts


@cache
def _of_column(kind: str, name: str) -> Fact:
    model = model_of(kind)
    try:
        column: Any = model._meta.get_field(name) if model else None
    except FieldDoesNotExist:
        column = None
    if column is None or not column.concrete:
        return Fact(_label(name))
    label = _sentence_case(str(column.verbose_name))
    if column.is_relation:
        return Fact(label, of=column.related_model._meta.label_lower)
    choices = dict(column.flatchoices)
    return Fact(label, (lambda value: str(choices.get(value, value))) if choices else None)


def _value(fact: Fact, value: Any, names: Mapping[str, Named]) -> str:
    if value in (None, "", [], {}):
        return "none"
    if fact.of:
        return str(names.get(f"{fact.of}:{value}", f"{GONE} ({value})"))
    return fact.words(value) if fact.words and not isinstance(value, (list, dict)) else plain(value)


def plain(value: Any) -> str:
    """A value of JSON without knowing what it is: "yes", "3 November 2026", "a, b"."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return "; ".join(f"{_label(key)}: {plain(of)}" for key, of in value.items())
    if isinstance(value, list):
        return ", ".join(map(plain, value))
    return _moment(value) if isinstance(value, str) else "none" if value is None else str(value)


def _moment(text: str) -> str:
    try:
        if len(text) == len("2026-11-22"):
            return f"{date.fromisoformat(text):%-d %B %Y}"
        at = datetime.fromisoformat(text) if "T" in text else None
    except ValueError:
        return text
    return f"{timezone.localtime(at):%-d %B %Y, %H:%M}" if at and at.tzinfo else text


def _label(name: str) -> str:
    return _sentence_case(name.replace("_", " ").replace("-", " "))


def _sentence_case(words: str) -> str:
    return words[:1].upper() + words[1:]
