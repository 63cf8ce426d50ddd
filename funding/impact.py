"""What a new list would mean for applications that are open, without knowing what an application is.

The app that holds applications registers where their facts come from; see `register`.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Set
from dataclasses import dataclass, field, replace
from typing import Any

from catalogue.models import Term
from funding.models import Namespace
from funding.rules.decide import decide
from funding.rules.facts import Facts
from funding.rules.numbers import numbers_of
from funding.rules.vocabulary import ListKind

Number = tuple[str, str]


@dataclass(frozen=True)
class StoredDecision:
    """One open application's funding, as it was frozen: its facts (funding.rules, to_json), the outcome,
    and the version of the rules.
    """

    facts: dict[str, Any]
    outcome: str
    rules_version: str


@dataclass
class Impact:
    """`outcomes` counts by (outcome now, outcome with the new list), for those that differ."""

    looked_at: int = 0
    outcomes: Counter[tuple[str, str]] = field(default_factory=Counter)

    def to_json(self) -> list[dict[str, Any]]:
        return [
            {"from": old, "to": new, "applications": count}
            for (old, new), count in sorted(self.outcomes.items())
        ]


Source = Callable[[Term], Iterable[StoredDecision]]
_sources: list[Source] = []


def register(source: Source) -> Source:
    """`source` gives the open applications of a term, one after another; they are never all held at once."""
    if source not in _sources:
        _sources.append(source)
    return source


def of_list(term: Term, kind: ListKind, entries: Set[Number]) -> Impact:
    """Decides every open application of `term` again as if its list of this kind held `entries`.

    `entries` are (whose number, number). Nothing is changed: a decision stands as it was made.
    """
    impact = Impact()
    for source in _sources:
        for stored in source(term):
            impact.looked_at += 1
            facts = _with_list(Facts.from_json(stored.facts), kind, entries)
            outcome = decide(facts, rules_version=stored.rules_version).outcome.value
            if outcome != stored.outcome:
                impact.outcomes[stored.outcome, outcome] += 1
    return impact


def _with_list(facts: Facts, kind: ListKind, entries: Set[Number]) -> Facts:
    workplace = facts.establishment
    if workplace is None:
        return facts
    named = any((Namespace(series), number) in entries for series, number in numbers_of(workplace))
    lists = workplace.lists | {kind} if named else workplace.lists - {kind}
    return replace(facts, establishment=replace(workplace, lists=lists))
