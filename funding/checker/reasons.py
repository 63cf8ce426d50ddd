"""Why a decision is as it is, in words for the person: the trace with its lists, and what would change it."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from funding.gather import Evidence
from funding.rules.changes import anonymous, remembered
from funding.rules.decide import Decision
from funding.rules.finding import Check
from funding.rules.vocabulary import Outcome


@dataclass(frozen=True)
class TraceLine:
    """One check that was made, and the list it looked at, if any."""

    check: Check
    evidence: Evidence | None

    @property
    def because(self) -> str:
        return self.check.because


@dataclass(frozen=True)
class Reasons:
    decision: Decision
    trace: tuple[TraceLine, ...]
    tells_other_npqs: bool

    @property
    def settled(self) -> TraceLine:
        return self.trace[-1]

    @cached_property
    def would_change_it(self) -> tuple[str, ...]:
        """Worked out when asked for."""
        if self.tells_other_npqs or self.decision.outcome is Outcome.FUNDED:
            return self.decision.would_change_it
        facts = anonymous(self.decision.facts)
        changes = remembered(facts, self.decision.rules_version)
        return tuple(change.sentence for change in changes if change.facts[0].npq is facts.npq)


def reasons(decision: Decision, evidence: Iterable[Evidence], *, other_npqs: bool = True) -> Reasons:
    """`evidence` is that of the decision's term and workplace.

    `other_npqs` False leaves out which other NPQs are funded, for a page that shows those anyway.
    """
    by_kind = {each.kind: each for each in evidence}
    lines = tuple(
        TraceLine(check, by_kind.get(check.consulted) if check.consulted else None)
        for check in decision.trace
    )
    return Reasons(decision, lines, tells_other_npqs=other_npqs)
