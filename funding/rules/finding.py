"""What one check finds: a line for the trace, and a verdict when it settles the matter.

A check is a function of (facts, policy). It returns None when it does not
concern these facts, and otherwise a Finding. `held` says whether the statement
in the check's name is true of the facts, not whether that is good news.
"""

from typing import NamedTuple

from funding.rules.vocabulary import ListKind, Need, Outcome, Reason


class Verdict(NamedTuple):
    outcome: Outcome
    reason: Reason
    needs: Need | None = None


FUNDED = Verdict(Outcome.FUNDED, Reason.FUNDED)


class Check(NamedTuple):
    """One line of a trace, in words a teacher can follow.

    A named tuple, as half the time of a decision goes into making these.
    """

    check: str
    held: bool
    because: str

    @property
    def consulted(self) -> ListKind | None:
        """The list this line looked at, so that a page can name its edition and date."""
        return _LIST_OF_CHECK.get(self.check)

    def to_json(self) -> dict[str, str | bool]:
        return {"check": self.check, "held": self.held, "because": self.because}


Finding = tuple[Check, Verdict | None]


def passes(check: str, held: bool, because: str) -> Finding:
    """The check leaves the question open; the next one looks."""
    return Check(check, held, because), None


def funds(check: str, held: bool, because: str) -> Finding:
    return Check(check, held, because), FUNDED


def refuses(check: str, held: bool, because: str, reason: Reason) -> Finding:
    return Check(check, held, because), Verdict(Outcome.NOT_FUNDED, reason)


def reviews(check: str, held: bool, because: str, reason: Reason = Reason.SUBJECT_TO_REVIEW) -> Finding:
    """People decide: the rule says so, or the published text does not settle it."""
    return Check(check, held, because), Verdict(Outcome.REVIEW, reason)


def asks(check: str, because: str, need: Need) -> Finding:
    """No decision yet: this fact is needed first."""
    return Check(check, False, because), Verdict(Outcome.INCOMPLETE, Reason.INCOMPLETE, need)


ON_LIST = {kind: f"on_{kind.replace('-', '_')}_list" for kind in ListKind}
_LIST_OF_CHECK = {name: kind for kind, name in ON_LIST.items()}
