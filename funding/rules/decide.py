"""The way in: facts in, a decision with its trace out.

Source: design, funding rules, sections 2 and 7.
"""

from dataclasses import dataclass, field
from typing import Any

from funding.rules.changes import Change, anonymous, nearest_changes, sentences
from funding.rules.checks import judge
from funding.rules.facts import Facts
from funding.rules.finding import Check
from funding.rules.policies import BY_VERSION, POLICIES
from funding.rules.vocabulary import Need, Outcome, Reason
from funding.rules.words import Words, explain

__all__ = ["Check", "Decision", "decide"]


@dataclass(frozen=True)
class Decision:
    """What was decided, why, and under which version of which term's rules.

    `trace` holds every rule looked at, in order. `needs` is set when, and only
    when, the outcome is `incomplete`. Eligible is not a promise: a decision
    gives nobody a funded place.
    """

    outcome: Outcome
    reason: Reason
    needs: Need | None
    trace: tuple[Check, ...]
    rules_version: str
    facts: Facts = field(repr=False)

    @property
    def changes(self) -> tuple[Change, ...]:
        """Worked out when asked for, as it costs some twenty decisions."""
        return nearest_changes(self.facts, self.rules_version)

    @property
    def would_change_it(self) -> tuple[str, ...]:
        """The sentences of `changes`, remembered for everyone whose facts differ in numbers only."""
        if self.outcome is Outcome.FUNDED:
            return ()
        return sentences(anonymous(self.facts), self.rules_version)

    @property
    def words(self) -> Words:
        """The title and the one sentence for the person; see `words.explain`."""
        return explain(self.reason, self.needs)

    def to_json(self) -> dict[str, Any]:
        """The object of section 7, with the version of the rules beside it."""
        data: dict[str, Any] = {"outcome": self.outcome.value, "reason": self.reason.value}
        if self.needs is not None:
            data["needs"] = self.needs.value
        data["trace"] = [line.to_json() for line in self.trace]
        data["would_change_it"] = list(self.would_change_it)
        data["rules_version"] = self.rules_version
        return data


def decide(facts: Facts, *, rules_version: str | None = None) -> Decision:
    """Decides under the facts' own term, whatever today is; the same facts always decide alike.

    `rules_version` decides again under an earlier version of that term's rules,
    as kept on a stored decision; KeyError if there never was such a version.
    Never raises for any combination of enumerated facts.
    """
    policy = POLICIES[facts.term] if rules_version is None else BY_VERSION[rules_version]
    verdict, trace = judge(facts, policy)
    return Decision(verdict.outcome, verdict.reason, verdict.needs, trace, policy.version, facts)
