"""What the checker page says about one workplace in one term: the eleven decisions with their evidence."""

from collections.abc import Iterable
from dataclasses import dataclass

from catalogue.models import Qualification, Term
from funding import gather
from funding.gather import Evidence
from funding.models import Establishment
from funding.rules.changes import Change
from funding.rules.decide import Decision
from funding.rules.finding import Check
from funding.rules.vocabulary import ListKind, Need, Outcome, Setting

# The settings that a school or a post-16 institution can be looked up for, in the words of a link.
SETTINGS: dict[str, str] = {
    Setting.SCHOOL: "a school",
    Setting.ACADEMY_TRUST: "an academy trust",
    Setting.SIXTEEN_TO_NINETEEN: "a 16 to 19 setting",
}
# GIAS types that teach only 16 to 19 year olds: further education, special post-16, and the free schools
# and academies of that kind.
ONLY_16_TO_19 = frozenset({"18", "31", "32", "39", "45", "46"})
# GIAS's "Other independent school": fee-paying, so that no list of state-funded schools will ever name it.
INDEPENDENT = "11"


@dataclass(frozen=True)
class TraceLine:
    """One check that was made, what came of it in words, and the list it looked at, if any."""

    check: Check
    because: str
    evidence: Evidence | None


@dataclass(frozen=True)
class Answer:
    """One NPQ's row in the grid.

    `reason` is the sentence that settled it. `would_change_it` leaves out that other NPQs are funded: the
    grid shows those. It also leaves out that an independent school joins a list, which cannot happen.
    """

    qualification: Qualification
    decision: Decision
    trace: tuple[TraceLine, ...]
    would_change_it: tuple[str, ...]

    @property
    def outcome(self) -> str:
        return self.decision.outcome.value

    @property
    def reason(self) -> str:
        return f"{self.trace[-1].because}."

    @property
    def evidence(self) -> Evidence | None:
        """The list that settled it, if one did."""
        return self.trace[-1].evidence

    @property
    def asks_new_headteacher(self) -> bool:
        return self.decision.needs is Need.NEW_HEADTEACHER


@dataclass(frozen=True)
class Group:
    name: str
    answers: list[Answer]


@dataclass(frozen=True)
class Grid:
    """All answers. `unknown_number` names the number that the setting's list is looked up by, where we do not
    know it: then the workplace may be on that list after all.
    """

    groups: list[Group]
    evidence: tuple[Evidence, ...]
    unknown_number: str

    @property
    def answers(self) -> list[Answer]:
        return [answer for group in self.groups for answer in group.answers]

    @property
    def funded(self) -> list[Answer]:
        return [answer for answer in self.answers if answer.outcome == Outcome.FUNDED]

    @property
    def open_questions(self) -> list[Answer]:
        return [answer for answer in self.answers if answer.outcome == Outcome.INCOMPLETE]


def likely_setting(establishment: Establishment) -> str:
    """What most people who work there would say. Without a URN only the 16 to 19 list can be looked up."""
    if not establishment.urn or establishment.type_code in ONLY_16_TO_19:
        return Setting.SIXTEEN_TO_NINETEEN
    return Setting.SCHOOL


def grid(establishment: Establishment, term: Term, setting: str, *, new_headteacher: bool | None) -> Grid:
    """The answers for someone who works there, in England, and was never funded before. Two queries.

    `new_headteacher` None means that it was not said: the coaching offer's answer then asks for it.
    """
    evidence = gather.evidence_for(establishment, term)
    decided = gather.decide_all(
        establishment,
        term,
        setting,
        evidence=evidence,
        works_in_england=True,
        new_headteacher=new_headteacher,
    )
    groups: dict[str, list[Answer]] = {}
    for qualification, decision in decided:
        groups.setdefault(qualification.category, []).append(
            _answer(qualification, decision, establishment, evidence)
        )
    return Grid(
        groups=[Group(choice.label, groups[choice]) for choice in Qualification.Category if choice in groups],
        evidence=_consulted(groups, evidence),
        unknown_number=_unknown_number(establishment, setting),
    )


def _answer(
    qualification: Qualification,
    decision: Decision,
    establishment: Establishment,
    evidence: Iterable[Evidence],
) -> Answer:
    by_kind = {each.kind: each for each in evidence}
    lines = tuple(
        TraceLine(
            check,
            _because(check, establishment),
            by_kind.get(check.consulted) if check.consulted else None,
        )
        for check in decision.trace
    )
    left_out = {
        change.sentence
        for change in decision.changes
        if change.facts[0].npq != decision.facts.npq
        or (establishment.type_code == INDEPENDENT and _joins_a_list(change, decision))
    }
    changes = tuple(sentence for sentence in decision.would_change_it if sentence not in left_out)
    return Answer(qualification, decision, lines, changes)


def _because(check: Check, establishment: Establishment) -> str:
    """The rules know a type by its code; the reader is told its name."""
    if check.check != "establishment_type_eligible":
        return check.because
    named = f"({establishment.type_name} in the official record)"
    if check.held:
        return f"Scholarship funding covers your type of workplace {named}"
    if establishment.type_code == INDEPENDENT:
        return f"Your workplace is an independent school {named}: scholarship funding is for state-funded schools"
    return f"Scholarship funding does not cover your type of workplace {named}"


def _joins_a_list(change: Change, decision: Decision) -> bool:
    tried, chosen = change.facts[0].establishment, decision.facts.establishment
    return bool(tried and chosen and tried.lists != chosen.lists)


def _consulted(groups: dict[str, list[Answer]], evidence: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    looked_at = {
        line.check.consulted for answers in groups.values() for answer in answers for line in answer.trace
    }
    return tuple(each for each in evidence if ListKind(each.kind) in looked_at)


def _unknown_number(establishment: Establishment, setting: str) -> str:
    if setting == Setting.SIXTEEN_TO_NINETEEN:
        return "" if establishment.ukprn else "UKPRN"
    return "" if establishment.urn else "URN"
