"""Answers as a person reads them back, on the check page and in the admin."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from applications.journey.choices import Choices
from applications.journey.courses import course_told
from applications.journey.shape import Answers, Ask, Kind, Source, Step
from applications.journey.steps import BY_SLUG, STEPS
from applications.journey.workplace import find_workplace

# The options that are the same on every day: what was chosen from others is told as it stands.
FIXED = Choices({}, day=date.min)


@dataclass(frozen=True, slots=True)
class Line:
    step: Step
    value: str


def lines(answers: Answers, choices: Choices | None = None) -> Iterator[Line]:
    """Every answered step in order. Without `choices`, a choice among rows is told by its identifier."""
    for step in STEPS:
        if step.slug in answers:
            yield Line(BY_SLUG[step.slug], "\n".join(_told(step, answers, choices)))


def _told(step: Step, answers: Answers, choices: Choices | None) -> Iterator[str]:
    answer = answers[step.slug]
    if step.told is not None:
        yield step.told(answer)
        return
    revealed = [ask.shown_under for ask in step.asks if answer.get(ask.name)]
    for ask in step.asks:
        value = answer.get(ask.name)
        if value in (None, "") or (ask.name, value) in revealed:
            continue  # "Yes" is not said where the thing itself follows.
        for each in value if isinstance(value, list) else [value]:
            yield _words(ask, each, answers, choices)


def _words(ask: Ask, value: object, answers: Answers, choices: Choices | None) -> str:
    if ask.kind is Kind.CHECKBOX:
        return "Yes" if value else "No"
    if ask.kind is Kind.WORKPLACE:
        workplace = find_workplace(str(value))
        return workplace.label if workplace else str(value)
    if ask.options is Source.COURSES:
        return course_told(str(value))
    options = (choices or FIXED).options(ask, answers)
    labels = {option.value: option.label for option in options or ()}
    return labels.get(str(value), str(value))
