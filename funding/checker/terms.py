"""The same situation under every term's own rules and lists: what changed, and since when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from catalogue.models import Qualification, Term
from catalogue.queries import current_term
from funding import gather
from funding.checker.answers import Answer, answer, consulted
from funding.checker.situation import Situation
from funding.checker.workplace import Workplace, is_accredited, personal_facts
from funding.gather import Evidence
from funding.rules import vocabulary
from funding.rules.policies import POLICIES
from funding.rules.vocabulary import Outcome, Reason

# Places have been capped, and most NPQs tied to lists, since then.
FIRST_SHOWN = vocabulary.Term.AUTUMN_2024


@dataclass(frozen=True)
class Column:
    """One term. `changes` compares it with the term before it that had scholarships."""

    term: Term
    answers: tuple[Answer, ...]
    evidence: tuple[Evidence, ...]
    before: "Column | None" = None

    @property
    def has_scholarships(self) -> bool:
        return POLICIES[vocabulary.Term(self.term.identifier)].has_scholarships

    @property
    def funded(self) -> list[Answer]:
        return [each for each in self.answers if each.outcome == Outcome.FUNDED]

    @property
    def gained(self) -> list[Answer]:
        """Better than the term before: now funded, or now at least reviewed."""
        return [now for now, then in self._pairs() if _worth(now) > _worth(then)]

    @property
    def lost(self) -> list[Answer]:
        return [now for now, then in self._pairs() if _worth(now) < _worth(then)]

    @property
    def new(self) -> list[Answer]:
        """Not offered in the term before, and offered in this."""
        return [
            now
            for now, then in self._both()
            if then.decision.reason is Reason.NPQ_NOT_OFFERED is not now.decision.reason
        ]

    @property
    def consulted(self) -> tuple[Evidence, ...]:
        """The lists that any answer of the term looked at."""
        return consulted(self.answers, self.evidence)

    def _both(self) -> list[tuple[Answer, Answer]]:
        return list(zip(self.answers, self.before.answers, strict=True)) if self.before else []

    def _pairs(self) -> list[tuple[Answer, Answer]]:
        """Now and then of each NPQ that was offered both times."""
        return [(now, then) for now, then in self._both() if _offered(now) and _offered(then)]


@dataclass(frozen=True)
class Row:
    qualification: Qualification
    cells: tuple[tuple[Column, Answer], ...]


@dataclass(frozen=True)
class SideBySide:
    """`columns` oldest first."""

    columns: tuple[Column, ...]

    @property
    def rows(self) -> list[Row]:
        if not self.columns:
            return []
        return [
            Row(first.qualification, tuple((column, column.answers[place]) for column in self.columns))
            for place, first in enumerate(self.columns[0].answers)
        ]

    @property
    def newest_first(self) -> list[Column]:
        return list(reversed(self.columns))


def side_by_side(workplace: Workplace, situation: Situation, terms: Sequence[Term]) -> SideBySide:
    """`terms` oldest first, each with rules. Two queries whatever their number, three for a lead mentor."""
    evidence = gather.evidence_by_term(workplace.facts, terms)
    qualifications = list(Qualification.objects.shown())
    personal = personal_facts(situation, accredited=is_accredited(situation.itt))
    columns: list[Column] = []
    for term in terms:
        lists = evidence[term.pk]
        decided = gather.decide_all(
            workplace.facts,
            term,
            situation.setting,
            qualifications=qualifications,
            evidence=lists,
            **personal,
        )
        answers = tuple(answer(each, decision, situation, lists) for each, decision in decided)
        columns.append(Column(term, answers, lists, _last_with_scholarships(columns)))
    return SideBySide(tuple(columns))


def terms_with_rules(since: vocabulary.Term) -> list[Term]:
    """From `since` on, oldest first. One query."""
    known = list(vocabulary.Term)
    wanted = known[known.index(since) :]
    return list(Term.objects.filter(identifier__in=wanted).order_by("position"))


def term_for(situation: Situation, day: date) -> Term | None:
    """The term that was named, else the one to register for on `day`. None before any term has opened."""
    named = Term.objects.filter(identifier=situation.term).first() if situation.term else None
    return named or current_term(day)


def _last_with_scholarships(columns: Sequence[Column]) -> Column | None:
    return next((each for each in reversed(columns) if each.has_scholarships), None)


def _offered(answer: Answer) -> bool:
    return answer.decision.reason is not Reason.NPQ_NOT_OFFERED


def _worth(answer: Answer) -> int:
    """How good the outcome is. An open question is not worse than an answer: it is left where it was asked."""
    return {Outcome.FUNDED: 2, Outcome.REVIEW: 1, Outcome.INCOMPLETE: 1, Outcome.NOT_FUNDED: 0}[
        answer.decision.outcome
    ]
