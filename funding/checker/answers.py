"""The eleven decisions for one situation in one term, with their evidence: what the funding check's page shows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from catalogue.models import Qualification, Term
from funding import gather
from funding.checker.addresses import address
from funding.checker.options import HEADSHIP_NPQ, MASTERY
from funding.checker.reasons import Reasons, reasons
from funding.checker.situation import Situation
from funding.checker.workplace import Workplace, is_accredited, personal_facts
from funding.gather import Evidence
from funding.queries import holds_ofsted_number
from funding.rules.decide import Decision
from funding.rules.entry import Stop, headship_npq_stop, mastery_stop
from funding.rules.policies import BY_VERSION
from funding.rules.vocabulary import (
    COACHING,
    EarlyYearsKind,
    EstablishmentKind,
    ListKind,
    Need,
    Npq,
    Outcome,
    Setting,
)
from npq_portal.options import YES_NO, Option

STOPPED = "stopped"
# With another outcome nobody needs to be asked what else the registration would ask.
OPEN_TO_YOU = frozenset({Outcome.FUNDED, Outcome.REVIEW})


@dataclass(frozen=True)
class Quick:
    """A question that one NPQ's answer turns on: `choices` are (label, address of the page when it is said)."""

    words: str
    choices: list[tuple[str, str]]


@dataclass(frozen=True)
class Answer:
    """One NPQ's row in the grid.

    `asks` is the next question about the person that it turns on. `stop` says why they cannot register for it
    yet, whatever the funding.
    """

    qualification: Qualification
    decision: Decision
    reasons: Reasons
    asks: Quick | None = None
    stop: Stop | None = None

    @property
    def outcome(self) -> str:
        """The decision's, but "stopped" where the person cannot register for it yet, whatever it says."""
        return STOPPED if self.stop else self.decision.outcome.value

    @property
    def reason(self) -> str:
        return f"{self.reasons.settled.because}."

    @property
    def evidence(self) -> Evidence | None:
        """The list that settled it, if one did."""
        return self.reasons.settled.evidence


@dataclass(frozen=True)
class Group:
    name: str
    answers: list[Answer]


@dataclass(frozen=True)
class Grid:
    """All answers, by category. `evidence` is the lists that were looked at.

    `not_looked_up` says what could not be looked up, since we do not know the number that it goes by: the
    workplace may be on that list after all.
    """

    groups: list[Group]
    evidence: tuple[Evidence, ...]
    not_looked_up: str

    @property
    def answers(self) -> list[Answer]:
        return [answer for group in self.groups for answer in group.answers]

    @property
    def funded(self) -> list[Answer]:
        return self._with(Outcome.FUNDED)

    @property
    def reviewed(self) -> list[Answer]:
        return self._with(Outcome.REVIEW)

    @property
    def open_questions(self) -> list[Answer]:
        return self._with(Outcome.INCOMPLETE)

    @property
    def stopped(self) -> list[Answer]:
        return self._with(STOPPED)

    def _with(self, outcome: str) -> list[Answer]:
        return [answer for answer in self.answers if answer.outcome == outcome]


def grid(workplace: Workplace, situation: Situation, term: Term) -> Grid:
    """Two queries, three for a lead mentor."""
    evidence = gather.evidence_for(workplace.facts, term)
    decided = gather.decide_all(
        workplace.facts,
        term,
        situation.setting,
        qualifications=Qualification.objects.shown(),
        evidence=evidence,
        **personal_facts(situation, accredited=is_accredited(situation.itt)),
    )
    groups: dict[str, list[Answer]] = {}
    for qualification, decision in decided:
        found = answer(qualification, decision, situation, evidence)
        groups.setdefault(qualification.category, []).append(found)
    looked_at = consulted(chain.from_iterable(groups.values()), evidence)
    return Grid(
        groups=[Group(choice.label, groups[choice]) for choice in Qualification.Category if choice in groups],
        evidence=looked_at,
        not_looked_up=_not_looked_up(workplace, situation, looked_at),
    )


def answer(
    qualification: Qualification,
    decision: Decision,
    situation: Situation,
    evidence: Iterable[Evidence],
) -> Answer:
    """The decision in words. `evidence` is that of its term."""
    return Answer(
        qualification,
        decision,
        reasons(decision, evidence, other_npqs=False),
        asks=_asks(qualification, decision, situation),
        stop=_stop(decision.facts.npq, situation),
    )


def _asks(qualification: Qualification, decision: Decision, situation: Situation) -> Quick | None:
    """In the order in which the registration asks them."""
    npq, anchor = decision.facts.npq, qualification.slug
    if decision.needs is Need.NEW_HEADTEACHER:
        window = BY_VERSION[decision.rules_version].new_head_window
        words = (
            f"Funded if you are a headteacher in your {window}, wherever you work. Are you?"
            if npq in COACHING
            else f"Funded if you are in your {window} as a headteacher, or about to start. Are you?"
        )
        return _quick(words, "head", YES_NO, situation, anchor)
    if npq is Npq.EARLY_HEADSHIP_COACHING and situation.head and situation.npqh is None:
        return _quick("Where are you with the NPQ in Headship?", "npqh", HEADSHIP_NPQ, situation, anchor)
    if (
        npq is Npq.LEADING_PRIMARY_MATHEMATICS
        and situation.mastery is None
        and decision.outcome in OPEN_TO_YOU
    ):
        words = "You need to show that you understand teaching for mastery. How would you?"
        return _quick(words, "mastery", MASTERY, situation, anchor)
    return None


def _quick(words: str, param: str, options: Iterable[Option], situation: Situation, anchor: str) -> Quick:
    said = [(option.label, situation.answering(param, option.value)) for option in options]
    return Quick(words, [(label, address(then, anchor)) for label, then in said])


def _stop(npq: Npq, situation: Situation) -> Stop | None:
    if npq in COACHING:
        return headship_npq_stop(situation.npqh)
    return mastery_stop(situation.mastery) if npq is Npq.LEADING_PRIMARY_MATHEMATICS else None


def consulted(answers: Iterable[Answer], evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Those of the lists that any of the answers looked at."""
    looked_at = {line.check.consulted for each in answers for line in each.reasons.trace}
    return tuple(each for each in evidence if ListKind(each.kind) in looked_at)


def _not_looked_up(workplace: Workplace, situation: Situation, lists: Sequence[Evidence]) -> str:
    known, setting = workplace.facts, situation.setting
    if situation.ofsted_urn and workplace.row is None and not holds_ofsted_number(situation.ofsted_urn):
        return (
            f"No register or list that we hold has the Ofsted number {situation.ofsted_urn}. Check the number: "
            "with another, more may be funded for you."
        )
    if known is None and setting is Setting.EARLY_YEARS:
        if situation.in_a_school:
            return (
                "You have not named the school, so we could not look at its type or at any list. "
                "More may be funded for you than this page says."
            )
        return _setting_not_named(situation.kind, lists)
    if known is None or known.kind not in (EstablishmentKind.SCHOOL, EstablishmentKind.POST16):
        return ""
    by_ukprn = setting is Setting.SIXTEEN_TO_NINETEEN
    if known.ukprn if by_ukprn else known.urn:
        return ""
    number, whose = ("UKPRN", "16 to 19 institutions") if by_ukprn else ("URN", "schools")
    return (
        f"We do not know this workplace's {number}, so we could not look it up on the list of {whose}. "
        "It may be on that list after all. Ask your lead provider."
    )


def _setting_not_named(kind: EarlyYearsKind | None, lists: Sequence[Evidence]) -> str:
    if not lists:
        return ""
    number = "your Ofsted number" if kind is EarlyYearsKind.CHILDMINDER else "your setting"
    named = " or ".join(each.name for each in lists)
    return (
        f"You have not given {number}, so we could not look it up among {named}. It may be there after all."
    )
