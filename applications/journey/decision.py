"""The funding decision that a set of answers leads to. Nothing is stored here."""

from dataclasses import dataclass
from typing import Any

from applications.journey.shape import Answers, said
from applications.journey.workplace import find_workplace
from applications.models import Application
from catalogue.models import Term
from funding import gather
from funding.checker.reasons import Reasons, reasons
from funding.checker.workplace import Workplace, childcare_workplace, is_accredited, of_establishment
from funding.models import Establishment
from funding.rules.decide import Decision, decide
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
        return reasons(self.decision, self.establishment, self.evidence)

    @property
    def workplace_reference(self) -> str:
        return self.establishment.reference if self.establishment else ""


def personal(answers: Answers) -> dict[str, Any]:
    """The facts of funding-rules section 1 that the person told us themselves. Pure."""
    return {
        "works_in_england": {"yes": True, "no": False}.get(said(answers, "england")),
        "early_years_kind": said(answers, "childcare-kind"),
        "employment": said(answers, "employment"),
        "referred_by_return_to_teaching_adviser": said(answers, "adviser") == "yes",
        "new_headteacher": said(answers, "new-head") == "yes",
        "npqh_status": said(answers, "npqh"),
    }


def decide_for(answers: Answers, applicant: User) -> Funding:
    """Decide from the answers as they are, under the rules and lists of the term they name.

    At most six queries.
    """
    term = Term.objects.get(identifier=said(answers, "term"))
    workplace = _workplace(answers)
    evidence = gather.evidence_for(workplace.facts, term)
    before = Application.objects.funded_before(applicant).values_list("qualification__identifier", flat=True)
    facts = gather.facts_for(
        workplace.facts,
        term,
        said(answers, "setting"),
        npq=said(answers, "npq"),
        evidence=evidence,
        previously_funded=frozenset(before),
        itt_provider_approved=is_accredited(said(answers, "itt-provider")),
        **personal(answers),
    )
    return Funding(
        decision=decide(facts),
        term=term,
        establishment=workplace.establishment,
        workplace_name=workplace.name or said(answers, "employer", "employer") or "",
        evidence=evidence,
    )


def _workplace(answers: Answers) -> Workplace:
    """Where the person works, as far as the answers say. A workplace that is not there any more is none."""
    if ofsted := said(answers, "ofsted"):
        return childcare_workplace(ofsted)
    reference = said(answers, "workplace")
    found = find_workplace(reference) if reference else None
    return of_establishment(found) if found else Workplace()
