"""Which entries of a file are statements of one NPQ, and in a sentence each why the others are not."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from catalogue.frameworks.read import Entry, FrameworkRefusedError
from catalogue.models.framework import STATEMENT_NUMBER, FrameworkStatement
from npq_portal.text import clean

LONGEST_TEXT = 2_000
MOST_TOLD = 20
KINDS = {
    "learn that": FrameworkStatement.Kind.LEARN_THAT,
    "learn how to": FrameworkStatement.Kind.LEARN_HOW_TO,
}


@dataclass(frozen=True)
class Statement:
    """`section` is a heading as the framework has it."""

    section: str
    kind: str
    number: str
    text: str


def check(entries: Iterable[Entry], headings: Iterable[str]) -> list[Statement]:
    """The statements in the order of the file.

    A heading and a kind are known whatever their capitals, hyphens and spaces. Raises FrameworkRefusedError with every
    problem of the file, the first twenty of them told one by one; also for a file without any statement.
    """
    known = {_folded(heading): heading for heading in headings}
    seen: dict[tuple[str, str, str], str] = {}
    statements, problems = [], []
    for entry in entries:
        wrong = [*_problems(entry, known)]
        if not wrong:
            statement = _statement(entry, known)
            key = (statement.section, statement.kind, statement.number)
            if key in seen:
                wrong = [
                    f"has {entry.kind} {entry.number} of {statement.section} again, after {seen[key].lower()}."
                    " Did a spreadsheet drop a nought, as in 1.10?"
                ]
            seen.setdefault(key, entry.where)
            statements.append(statement)
        problems += [f"{entry.where} {each}" for each in wrong]
    if problems:
        more = [f"And {len(problems) - MOST_TOLD:,} more."] if len(problems) > MOST_TOLD else []
        raise FrameworkRefusedError(*problems[:MOST_TOLD], *more)
    if not statements:
        raise FrameworkRefusedError("The file has no statement.")
    return statements


def _problems(entry: Entry, known: Mapping[str, str]) -> Iterator[str]:
    if not entry.section:
        yield "has no section."
    elif _folded(entry.section) not in known:
        yield f"has the section “{entry.section[:80]}”. This framework has {', '.join(known.values())}."
    if _folded(entry.kind) not in KINDS:
        said = f"has the kind “{entry.kind[:80]}”" if entry.kind else "has no kind"
        yield f"{said}. Write learn that or learn how to."
    if not re.fullmatch(STATEMENT_NUMBER, entry.number, re.ASCII):
        said = f"has the number “{entry.number[:80]}”" if entry.number else "has no number"
        yield f"{said}. Write one such as 7, 2.14 or 4b."
    text = _one_line(entry.text)
    if not text:
        yield "has no text."
    elif len(text) > LONGEST_TEXT:
        yield f"has a text of {len(text):,} characters; {LONGEST_TEXT:,} are the most. Is a quotation mark missing?"


def _statement(entry: Entry, known: Mapping[str, str]) -> Statement:
    return Statement(
        known[_folded(entry.section)], KINDS[_folded(entry.kind)], entry.number, _one_line(entry.text)
    )


def _one_line(text: str) -> str:
    return clean(text, len(text))


def _folded(text: str) -> str:
    return " ".join(re.sub(r"[-_\N{EN DASH}]", " ", text).casefold().split())
