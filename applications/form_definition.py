"""What a provider's form may ask, as plain data. Pure: the standard library alone.

A form is a JSON list of questions. A question has a `key` (its answers are stored under it), a `kind` (a line or
a box, by the values of `Kind`), a `label`, and may have a `hint`, `max_words` (long text only), `required` (true
unless said), `hidden_from_scorers` (for what must not sway a decision, such as access needs).
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    SHORT_TEXT = "short_text"
    LONG_TEXT = "long_text"


class UnusableForm(ValueError):  # noqa: N818 - the name says what happened
    """The data is not a form; the message says which question and what to change."""


@dataclass(frozen=True, slots=True)
class Question:
    key: str
    kind: Kind
    label: str
    hint: str = ""
    max_words: int | None = None
    required: bool = True
    hidden_from_scorers: bool = False


def count_words(text: str) -> int:
    """Words as a person counts them: runs of anything but white space."""
    return len(text.split())


def parse(data: Any) -> tuple[Question, ...]:
    """The questions in order. Raises UnusableForm for anything that could not be asked."""
    if not isinstance(data, list) or not data:
        raise UnusableForm("Give a list with at least one question.")
    questions = tuple(_question(position, entry) for position, entry in enumerate(data, start=1))
    keys = [question.key for question in questions]
    for key in keys:
        if keys.count(key) > 1:
            raise UnusableForm(f"Two questions have the key {key!r}. Give each its own.")
    return questions


def _question(position: int, entry: Any) -> Question:
    where = f"Question {position}"
    if not isinstance(entry, Mapping):
        raise UnusableForm(f"{where} is not an object with a key, a kind and a label.")
    unknown = set(entry) - {field.name for field in fields(Question)}
    if unknown:
        raise UnusableForm(f"{where} has parts nobody knows: {', '.join(sorted(map(str, unknown)))}.")
    try:
        question = Question(**{**entry, "kind": Kind(entry.get("kind", ""))})
    except (TypeError, ValueError):
        kinds = ", ".join(Kind)
        raise UnusableForm(f"{where} needs a key, a label and a kind: one of {kinds}.") from None
    _check(where, question)
    return question


def _check(where: str, question: Question) -> None:
    texts = (question.key, question.label, question.hint)
    flags = (question.required, question.hidden_from_scorers)
    if not all(isinstance(text, str) for text in texts) or not all(isinstance(flag, bool) for flag in flags):
        raise UnusableForm(f"{where} has a part of the wrong type.")
    if not question.key.replace("-", "").isalnum() or not question.key.isascii() or len(question.key) > 40:
        raise UnusableForm(f"{where} needs a key of up to 40 letters, digits and hyphens.")
    if question.key.startswith("sponsor-"):
        raise UnusableForm(f"{where}: every form asks for the sponsor by itself; choose another key.")
    if not question.label.strip():
        raise UnusableForm(f"{where} needs a label.")
    limit = question.max_words
    if limit is not None and (type(limit) is not int or limit < 1 or question.kind is not Kind.LONG_TEXT):
        raise UnusableForm(f"{where}: a word limit is a whole number from 1, and only long text has one.")
