"""A form's stored data, read or refused. Pure: the standard library alone."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from applications.form_definition.shape import (
    CHOICES,
    FLAGS,
    MORE,
    Definition,
    Kind,
    Prefill,
    Question,
    Section,
)

SECTION = "section"
MOST_ENTRIES = 60
MOST_OPTIONS, LONGEST_OPTION = 30, 200
LONGEST_KEY, LONGEST_LABEL, LONGEST_HINT = 32, 300, 2_000
MOST_WORDS = 2_000
# Posted by the page beside the answers: the token that proves that the page was ours, and which button was pressed.
RESERVED = frozenset({"csrfmiddlewaretoken", "later"})
LARGEST_NUMBER = 1_000_000_000


class UnusableForm(ValueError):  # noqa: N818 - the name says what happened
    """The data is not a form; the message says which question and what to change."""


def parse(data: Any) -> Definition:
    """The form in order. Raises UnusableForm for anything that could not be asked."""
    if not isinstance(data, list):
        raise UnusableForm("A form is a list of questions and section headings.")
    if len(data) > MOST_ENTRIES:
        raise UnusableForm(f"Use {MOST_ENTRIES} questions and headings or fewer. You have {len(data)}.")
    sections: list[Section] = []
    open_section = Section("", "", ())
    for position, entry in enumerate(data, start=1):
        where = _where(position, entry)
        if isinstance(entry, Mapping) and entry.get("kind") == SECTION:
            sections.append(open_section)
            open_section = _heading(where, entry)
        else:
            question = _question(where, entry)
            _own_keys(where, question, [*sections, open_section])
            open_section = Section(open_section.title, open_section.text, (*open_section.questions, question))
    sections.append(open_section)
    if empty := [section.title for section in sections if section.title and not section.questions]:
        raise UnusableForm(f"The section “{empty[0]}” has no questions. Add one, or take the heading out.")
    asked = tuple(section for section in sections if section.questions)
    if not asked:
        raise UnusableForm("Add at least one question.")
    return Definition(asked)


def _where(position: int, entry: Any) -> str:
    label = entry.get("label") if isinstance(entry, Mapping) else None
    told = f" (“{label.strip()[:60]}”)" if isinstance(label, str) and label.strip() else ""
    return f"Question {position}{told}"


def _heading(where: str, entry: Mapping[str, Any]) -> Section:
    if unknown := set(entry) - {"kind", "label", "hint"}:
        raise UnusableForm(f"{where}: a heading has no {', '.join(sorted(map(str, unknown)))}.")
    title, text = entry.get("label", ""), entry.get("hint", "")
    if not _is_text(title, LONGEST_LABEL) or not _is_text(text, LONGEST_HINT) or not title.strip():
        raise UnusableForm(f"{where}: write the heading, in {LONGEST_LABEL} characters or fewer.")
    return Section(title, text, ())


def _question(where: str, entry: Any) -> Question:
    if not isinstance(entry, Mapping):
        raise UnusableForm(f"{where} is not an object with a key, a kind and a label.")
    if unknown := set(entry) - {field.name for field in fields(Question)}:
        raise UnusableForm(f"{where} has parts nobody knows: {', '.join(sorted(map(str, unknown)))}.")
    options = entry.get("options", ())
    if not isinstance(options, list | tuple):
        raise UnusableForm(f"{where}: options are a list.")
    try:
        given = {**entry, "kind": Kind(entry.get("kind", "")), "options": tuple(options)}
        question = Question(**given)
    except (TypeError, ValueError):
        raise UnusableForm(
            f"{where} needs a key, a label and a kind: {SECTION}, {', '.join(Kind)}."
        ) from None
    _check_words(where, question)
    _check_flags(where, question)
    _check_parts(where, question)
    return question


def _own_keys(where: str, question: Question, before: list[Section]) -> None:
    taken = {key for section in before for asked in section.questions for key in asked.keys}
    for key in question.keys:
        if key in taken:
            raise UnusableForm(f"{where}: another question has the key {key!r}. Give each its own.")


def _is_text(value: Any, longest: int) -> bool:
    return isinstance(value, str) and len(value) <= longest and "\0" not in value


def _check_words(where: str, question: Question) -> None:
    key = question.key
    if not isinstance(key, str) or not key.isascii() or not key.replace("-", "").isalnum():
        raise UnusableForm(f"{where} needs a key of letters, digits and hyphens.")
    if len(key) > LONGEST_KEY or key.endswith(MORE):
        raise UnusableForm(
            f"{where}: the key has up to {LONGEST_KEY} characters and does not end in {MORE!r}."
        )
    if key in RESERVED:
        raise UnusableForm(f"{where}: the page itself uses the name {key!r}. Choose another key.")
    if not _is_text(question.label, LONGEST_LABEL) or not question.label.strip():
        raise UnusableForm(f"{where}: write the question, in {LONGEST_LABEL} characters or fewer.")
    if not _is_text(question.hint, LONGEST_HINT):
        raise UnusableForm(f"{where}: help text has {LONGEST_HINT:,} characters or fewer.")
    if question.kind is Kind.STATEMENT and not question.required:
        raise UnusableForm(f"{where}: a statement has to be accepted, so it is never optional.")


def _check_flags(where: str, question: Question) -> None:
    hidden = (question.hidden_from_scorers, question.reporting_only)
    if not all(isinstance(flag, bool) for flag in (question.required, question.scored, *hidden)):
        raise UnusableForm(f"{where}: {', '.join(FLAGS)} are true or false.")
    if question.scored and any(hidden):
        raise UnusableForm(f"{where} is scored and hidden from those who score. Choose one.")
    if all(hidden):
        raise UnusableForm(f"{where} is read once accepted, and counted alone. Choose one.")
    if question.reporting_only and question.kind not in CHOICES:
        raise UnusableForm(f"{where}: only a choice can be counted.")


def _check_parts(where: str, question: Question) -> None:
    """Each part belongs to some kinds alone, and fits them."""
    kind, limit, options = question.kind, question.max_words, question.options
    if limit is not None and (not _is_whole(limit, MOST_WORDS) or limit < 1 or kind is not Kind.LONG_TEXT):
        raise UnusableForm(
            f"{where}: a word limit is a whole number from 1 to {MOST_WORDS:,}, and only long text has one."
        )
    if bool(options) != (kind in CHOICES):
        raise UnusableForm(f"{where}: a choice needs options, and nothing else has them.")
    if options and not 2 <= len(options) <= MOST_OPTIONS:
        raise UnusableForm(f"{where}: give 2 to {MOST_OPTIONS} options.")
    if not all(_is_text(option, LONGEST_OPTION) and option.strip() == option != "" for option in options):
        raise UnusableForm(f"{where}: an option has 1 to {LONGEST_OPTION} characters.")
    if len(set(options)) < len(options):
        raise UnusableForm(f"{where} has the same option twice.")
    if question.alone != "" and (kind is not Kind.SEVERAL_CHOICES or question.alone not in options):
        raise UnusableForm(
            f"{where}: what goes with no other is one of the options, and only several choices have it."
        )
    bounds = [bound for bound in (question.least, question.most) if bound is not None]
    if bounds and (kind is not Kind.NUMBER or not all(_is_whole(bound, LARGEST_NUMBER) for bound in bounds)):
        raise UnusableForm(f"{where}: bounds are whole numbers, and only a number has them.")
    if len(bounds) == 2 and bounds[0] > bounds[1]:
        raise UnusableForm(f"{where}: the smallest number allowed is larger than the largest.")
    if question.follow_up != "" and (
        kind is not Kind.YES_NO or not _is_text(question.follow_up, LONGEST_LABEL)
    ):
        raise UnusableForm(
            f"{where}: only yes or no has a follow-up question, of up to {LONGEST_LABEL} characters."
        )
    if question.prefill != "" and (kind is not Kind.SHORT_TEXT or question.prefill not in tuple(Prefill)):
        raise UnusableForm(f"{where}: only short text is filled in, from one of {', '.join(Prefill)}.")


def _is_whole(value: Any, largest: int) -> bool:
    return type(value) is int and abs(value) <= largest
