"""What can be chosen, as values: terms open for registering, and what is offered in them by whom. Pure.

`offered` reads them from the rows.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from applications.journey.shape import NO_COURSE, Answers, Ask, Option, Source, said
from applications.vocabulary import Payer
from funding.rules.vocabulary import Setting


@dataclass(frozen=True, slots=True)
class Choices:
    """Identifiers and names only, so that the walker needs no database. Providers are named by their slug.

    `courses` are the keys of the runs that can be applied for, by term, NPQ and provider; `courses.py` has words for
    them.

    `day` is that on which they can be chosen.

    `not_ready` names the terms that are open and cannot be chosen, since their funding rules are not there yet.
    """

    terms: Mapping[str, str]
    npqs: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    providers: Mapping[tuple[str, str], Mapping[str, str]] = field(default_factory=dict)
    courses: Mapping[tuple[str, str, str], tuple[str, ...]] = field(default_factory=dict)
    not_ready: tuple[str, ...] = ()
    day: date = field(kw_only=True)

    def options(self, ask: Ask, answers: Answers) -> tuple[Option, ...] | None:
        """What may be answered to `ask` after `answers`; None where anything may, as far as is known here."""
        if isinstance(ask.options, tuple):
            return ask.options or None
        term, npq = said(answers, "term"), said(answers, "npq")
        match ask.options:
            case Source.TERMS:
                return _options(self.terms)
            case Source.NPQS:
                return _options(self.npqs.get(term, {}))
            case Source.PROVIDERS:
                return _options(self.providers.get((term, npq), {}))
            case Source.COURSES:
                return _courses(self.courses.get((term, npq, said(answers, "provider")), ()))
            case Source.PAYERS:
                return _payers(answers)
            case Source.ITT_PROVIDERS:
                return None


def _options(names: Mapping[str, str]) -> tuple[Option, ...]:
    return tuple(Option(value, label) for value, label in names.items())


def _courses(keys: Sequence[str]) -> tuple[Option, ...]:
    none = Option(NO_COURSE, "No particular course, or I do not know yet")
    return (*(Option(key, key) for key in keys), none) if keys else ()


def _payers(answers: Answers) -> tuple[Option, ...]:
    """Only someone in a school or a trust has a trust that could pay."""
    with_trust = said(answers, "setting") in (Setting.SCHOOL, Setting.ACADEMY_TRUST)
    return tuple(
        Option(payer.value, payer.label) for payer in Payer if payer is not Payer.TRUST or with_trust
    )
