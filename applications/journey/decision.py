"""The funding decision that a set of answers leads to. Nothing is stored here."""

from dataclasses import dataclass, replace
from datetime import datetime

from applications.journey.carrying import situation_of
from applications.journey.shape import Answers, said
from applications.models import Application
from catalogue.models import Offer, Term
from funding import gather
from funding.checker.reasons import Reasons, reasons
from funding.checker.situation import Situation
from funding.checker.workplace import NotFoundError, Workplace, find, is_accredited, personal_facts
from funding.models import Establishment
from funding.rules.decide import Decision, decide
from funding.rules.facts import Facts
from funding.rules.vocabulary import Npq
from funding.rules.vocabulary import Term as RuledTerm
from npq_portal.accounts.models import User


@dataclass(frozen=True)
class Funding:
    """A decision, with what was looked at to make it. `evidence` is the lists of the term."""

    decision: Decision
    term: Term
    establishment: Establishment | None = None
    workplace_name: str = ""
    evidence: tuple[gather.Evidence, ...] = ()

    @property
    def reasons(self) -> Reasons:
        return reasons(self.decision, self.evidence)

    @property
    def workplace_reference(self) -> str:
        return self.establishment.reference if self.establishment else ""


def decide_for(answers: Answers, applicant: User, now: datetime, term: Term | None = None) -> Funding:
    """Decide from the answers as they are, under the rules and lists of the term they name: `term`, where that is read.

    At most six queries.
    """
    situation = situation_of(answers)
    term = term or Term.objects.get(identifier=said(answers, "term"))
    workplace = _workplace(situation)
    evidence = gather.evidence_for(workplace.facts, term)
    earlier = Application.objects.funded_before(applicant, now)
    before = earlier.values_list("qualification__identifier", flat=True)
    personal = personal_facts(
        replace(situation, had=situation.had.union(map(Npq, before))), accredited=is_accredited(situation.itt)
    )
    facts = gather.facts_for(
        workplace.facts,
        term,
        situation.setting,
        npq=said(answers, "npq"),
        evidence=evidence,
        **personal,
    )
    return Funding(
        decision=decide(facts),
        term=term,
        establishment=workplace.establishment,
        workplace_name=workplace.name or said(answers, "employer", "employer") or "",
        evidence=evidence,
    )


def decide_again(application: Application, offer: Offer, now: datetime) -> Funding:
    """Of somebody registered, for the term and NPQ of `offer`: the facts as they were frozen, the lists as they are.

    At most two queries. A place that this application itself was given funds nothing before it. The decision may be
    `incomplete` where its rules ask what nobody was asked.
    """
    frozen = Facts.from_json(application.funding_facts)
    evidence = gather.evidence_for(frozen.establishment, offer.term)
    others = Application.objects.funded_before(application.applicant, now).exclude(pk=application.pk)
    had = map(Npq, others.values_list("qualification__identifier", flat=True))
    facts = replace(
        frozen,
        term=RuledTerm(offer.term.identifier),
        npq=Npq(offer.qualification.identifier),
        establishment=gather.listed(frozen.establishment, evidence),
        previously_funded=frozen.previously_funded.union(had),
        decided_on=None,
    )
    return Funding(decision=decide(facts), term=offer.term, evidence=evidence)


def _workplace(situation: Situation) -> Workplace:
    """Where the person works. One that is not there any more, or has closed, is none."""
    try:
        found = find(situation)
    except NotFoundError:
        return Workplace()
    closed = found.establishment is not None and not found.establishment.is_pickable
    return Workplace() if closed else found
