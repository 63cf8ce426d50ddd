"""The funding decision that a set of answers leads to. Nothing is stored here."""

from dataclasses import dataclass, replace
from typing import Any

from applications.journey.shape import NOT_LISTED, Answers, said
from applications.journey.workplace import find_workplace
from applications.models import Application
from catalogue.models import Term
from funding import gather
from funding.models import ChildcareSetting, Establishment, ListEntry, Namespace
from funding.rules import facts as rules
from funding.rules.decide import Decision, decide
from funding.rules.vocabulary import EstablishmentKind, ListKind
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
    def workplace_reference(self) -> str:
        return self.establishment.reference if self.establishment else ""


def personal(answers: Answers) -> dict[str, Any]:
    """The facts of funding-rules section 1 that the person told us themselves. Pure."""
    itt = said(answers, "itt-provider")
    return {
        "works_in_england": {"yes": True, "no": False}.get(said(answers, "england")),
        "early_years_kind": said(answers, "childcare-kind"),
        "employment": said(answers, "employment"),
        "itt_provider_approved": itt is not None and itt != NOT_LISTED,
        "referred_by_return_to_teaching_adviser": said(answers, "adviser") == "yes",
        "new_headteacher": said(answers, "new-head") == "yes",
        "npqh_status": said(answers, "npqh"),
    }


def decide_for(answers: Answers, applicant: User) -> Funding:
    """Decide from the answers as they are, under the rules and lists of the term they name.

    At most six queries.
    """
    term = Term.objects.get(identifier=said(answers, "term"))
    workplace = said(answers, "workplace")
    establishment = find_workplace(workplace) if workplace else None
    evidence = gather.evidence_for(establishment, term)
    before = Application.objects.funded_before(applicant).values_list("qualification__identifier", flat=True)
    facts = gather.facts_for(
        establishment,
        term,
        said(answers, "setting"),
        npq=said(answers, "npq"),
        evidence=evidence,
        previously_funded=frozenset(before),
        **personal(answers),
    )
    name = establishment.name if establishment else said(answers, "employer", "employer") or ""
    if ofsted := said(answers, "ofsted"):
        childcare, evidence = _childcare(ofsted, term, evidence)
        facts = replace(facts, establishment=childcare)
        name = (
            ChildcareSetting.objects.filter(ofsted_urn=ofsted).values_list("name", flat=True).first()
            or f"Ofsted number {ofsted}"
        )
    return Funding(
        decision=decide(facts),
        term=term,
        establishment=establishment,
        workplace_name=name,
        evidence=tuple(evidence),
    )


def _childcare(
    ofsted_urn: str, term: Term, evidence: tuple[gather.Evidence, ...]
) -> tuple[rules.Establishment, tuple[gather.Evidence, ...]]:
    """A setting by Ofsted's number, looked up among Ofsted's numbers only and never among GIAS's."""
    entries = ListEntry.objects.filter(
        namespace=Namespace.OFSTED_URN, identifier=ofsted_urn, edition__terms__term=term
    )
    kinds = set(entries.values_list("edition__kind", flat=True))
    facts = rules.Establishment(
        kind=EstablishmentKind.CHILDCARE, urn=ofsted_urn, lists=frozenset(map(ListKind, kinds))
    )
    return facts, tuple(replace(each, names_it=each.kind in kinds) for each in evidence)
