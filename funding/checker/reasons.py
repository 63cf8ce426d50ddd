"""Why a decision is as it is, in words for the person: the trace with its lists, and what would change it."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from funding.gather import Evidence
from funding.models import Establishment
from funding.rules.changes import Change, anonymous, remembered
from funding.rules.decide import Decision
from funding.rules.facts import Facts
from funding.rules.finding import Check
from funding.rules.vocabulary import Outcome

# GIAS's "Other independent school": fee-paying, so that no list of state-funded schools will ever name it.
INDEPENDENT = "11"


@dataclass(frozen=True)
class TraceLine:
    """One check that was made, what came of it in words, and the list it looked at, if any."""

    check: Check
    because: str
    evidence: Evidence | None


@dataclass(frozen=True)
class Reasons:
    decision: Decision
    trace: tuple[TraceLine, ...]
    is_independent: bool
    tells_other_npqs: bool

    @property
    def settled(self) -> TraceLine:
        return self.trace[-1]

    @cached_property
    def would_change_it(self) -> tuple[str, ...]:
        """Worked out when asked for. Leaves out that an independent school joins a list, which cannot happen."""
        if self.decision.outcome is Outcome.FUNDED:
            return ()
        facts = anonymous(self.decision.facts)
        return tuple(
            change.sentence
            for change in remembered(facts, self.decision.rules_version)
            if (self.tells_other_npqs or change.facts[0].npq is facts.npq)
            and not (self.is_independent and _joins_a_list(change, facts))
        )


def reasons(
    decision: Decision,
    establishment: Establishment | None,
    evidence: Iterable[Evidence],
    *,
    other_npqs: bool = True,
) -> Reasons:
    """`evidence` is that of the decision's term and workplace.

    `other_npqs` False leaves out which other NPQs are funded, for a page that shows those anyway.
    """
    by_kind = {each.kind: each for each in evidence}
    lines = tuple(
        TraceLine(
            check,
            _because(check, establishment),
            by_kind.get(check.consulted) if check.consulted else None,
        )
        for check in decision.trace
    )
    independent = establishment is not None and establishment.type_code == INDEPENDENT
    return Reasons(decision, lines, is_independent=independent, tells_other_npqs=other_npqs)


def _because(check: Check, establishment: Establishment | None) -> str:
    """The rules know a type by its code; the reader is told its name."""
    if check.check != "establishment_type_eligible" or establishment is None:
        return check.because
    named = f"({establishment.type_name} in the official record)"
    if check.held:
        return f"Scholarship funding covers your type of workplace {named}"
    if establishment.type_code == INDEPENDENT:
        return f"Your workplace is an independent school {named}: scholarship funding is for state-funded schools"
    return f"Scholarship funding does not cover your type of workplace {named}"


def _joins_a_list(change: Change, facts: Facts) -> bool:
    tried, chosen = change.facts[0].establishment, facts.establishment
    return bool(tried and chosen and tried.lists != chosen.lists)
