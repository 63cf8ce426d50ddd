"""Which question comes next. Pure: answers in, a walk out; no database, no clock, no request."""

import re
from dataclasses import dataclass, field
from typing import Any

from applications.journey.choices import Choices
from applications.journey.shape import Answer, Answers, Ask, Kind, Option, Step
from applications.journey.steps import BY_SLUG, STEPS
from funding.rules.entry import Stop

NPQ = BY_SLUG["npq"]


@dataclass(frozen=True)
class Walk:
    """The way through the questions that these answers make.

    `path` holds every step that applies, in order; `answers` those of the given answers that still hold,
    which are the only ones that count. `unanswered` is the first step on the path without an answer that
    holds, or whose answer ends the registration (then `stop` says why); None when everything is answered.
    `parked` are answers to questions that only some NPQs ask, kept until the NPQ is chosen, and those that are not
    whole yet; `dropped` names the
    steps whose given answers neither hold nor wait.
    """

    path: tuple[Step, ...]
    answers: Answers
    unanswered: Step | None
    stop: Stop | None
    parked: Answers = field(default_factory=dict, compare=False)
    dropped: tuple[str, ...] = field(default=(), compare=False)

    @property
    def kept(self) -> Answers:
        """Those that hold, and those that wait."""
        return {**self.answers, **self.parked}

    @property
    def is_complete(self) -> bool:
        return self.unanswered is None

    def reaches(self, step: Step) -> bool:
        """Whether `step` may be opened now: it applies, and everything before it is answered."""
        if step not in self.path:
            return False
        return self.unanswered is None or self.path.index(step) <= self.path.index(self.unanswered)

    def before(self, step: Step) -> Step | None:
        """The step that the back link of `step` leads to; None for the first."""
        position = self.path.index(step)
        return self.path[position - 1] if position else None

    def known_at(self, step: Step) -> Answers:
        """The answers to what comes before `step`: all that it, and what is decided there, may go by."""
        before = self.path[: self.path.index(step)]
        return {each.slug: self.answers[each.slug] for each in before if each.slug in self.answers}


def walk(given: Answers, choices: Choices) -> Walk:
    """Follow the steps in order, keeping each answer that is still asked for and still among the options.

    A later answer survives a change before it unless that change takes away its question or its option:
    changing the NPQ drops the provider only if that provider does not offer the new one.
    """
    kept: dict[str, Answer] = {}
    parked: dict[str, Answer] = {}
    path: list[Step] = []
    unanswered: Step | None = None
    stop: Stop | None = None
    for step in STEPS:
        if not _is_asked(step, kept, choices):
            if step.slug in given and NPQ in path and NPQ.slug not in kept:
                parked[step.slug] = given[step.slug]
            continue
        path.append(step)
        answer = given.get(step.slug)
        if answer is not None and _holds(step, answer, kept, choices):
            kept[step.slug] = answer
        elif answer is not None and _is_begun(step, answer, kept, choices):
            parked[step.slug] = answer
        if unanswered is None:
            stop = step.stops(kept)
            if step.slug not in kept or stop is not None:
                unanswered = step
    dropped = tuple(slug for slug in given if slug not in kept and slug not in parked)
    return Walk(tuple(path), kept, unanswered, stop, parked, dropped)


def _is_asked(step: Step, kept: Answers, choices: Choices) -> bool:
    return step.applies(kept) and not (step.needs_options and choices.options(step.asks[0], kept) == ())


def _holds(step: Step, answer: Answer, kept: Answers, choices: Choices) -> bool:
    fields = _fields(step, answer, kept, choices)
    return all(fields) and step.wrong(answer, choices.day) is None and step.holds(answer, kept)


def _is_begun(step: Step, answer: Answer, kept: Answers, choices: Choices) -> bool:
    """Whether some of its fields are answered, well, and the others not yet: as when an employer is known, not the
    role.
    """
    fields = _fields(step, answer, kept, choices)
    return True in fields and None in fields and False not in fields


def _fields(step: Step, answer: Answer, kept: Answers, choices: Choices) -> list[bool | None]:
    """For each field that is asked, whether its value holds; None where there is none."""
    asked = (
        ask
        for ask in step.asks
        if not ask.shown_under or answer.get(ask.shown_under[0]) == ask.shown_under[1]
    )
    return [_fits(ask, answer.get(ask.name), choices.options(ask, kept)) for ask in asked]


def _fits(ask: Ask, value: Any, options: tuple[Option, ...] | None) -> bool | None:
    if value in (None, "", False, []):
        return None
    if isinstance(value, list) is not (ask.kind is Kind.CHECKBOXES):
        return False
    chosen = value if isinstance(value, list) else [value]
    if options is not None and not {option.value for option in options}.issuperset(chosen):
        return False
    return not ask.pattern or bool(re.fullmatch(ask.pattern, str(value)))
