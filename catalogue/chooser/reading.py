"""What somebody has said so far, as it stands in a page's address. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from catalogue.chooser.questions import QUESTIONS
from catalogue.chooser.vocabulary import Answers
from npq_portal.text import clean

LONGEST = 40


@dataclass(frozen=True)
class Said:
    """`not_known` are the parts of the address that could not be used, in the reader's words."""

    answers: Answers
    not_known: tuple[str, ...] = ()


def read(get: Callable[[str, str], object], today: date) -> Said:
    """`get` is that of a query. Answers to questions that nobody with the earlier answers is asked are left out."""
    answers: dict[str, str] = {}
    not_known = []
    for question in QUESTIONS:
        typed = clean(str(get(question.param, "")), LONGEST) if question.applies(answers) else ""
        if typed and question.accepts(typed, today):
            answers[question.param] = typed
        elif typed:
            not_known.append(f"the answer “{typed}” to “{question.words}”")
    return Said(answers, tuple(not_known))


def pairs(answers: Answers, *, leave_out: str = "") -> list[tuple[str, str]]:
    """The answers as parameters of an address, always in the same order."""
    params = dict.fromkeys(question.param for question in QUESTIONS)
    return [(param, answers[param]) for param in params if param in answers and param != leave_out]
