"""Where somebody works, from what the address says."""

from dataclasses import dataclass
from typing import Any

from funding import gather
from funding.checker.situation import Situation
from funding.models import ChildcareSetting, Establishment, IttProvider, LocalAuthority
from funding.rules import facts as rules
from funding.rules.vocabulary import EarlyYearsKind, Employment, Setting


class NotFoundError(Exception):
    """A part of the address names nothing that we know. `param` is that part."""

    def __init__(self, param: str, words: str) -> None:
        self.param = param
        super().__init__(words)


@dataclass(frozen=True)
class Workplace:
    """`facts` is what the rules look at, no list looked up yet; None where no workplace was named.

    `name` is empty then, too. `row` is where the name is from: None for an Ofsted number that only lists know.
    """

    facts: rules.Establishment | None = None
    name: str = ""
    row: gather.WorkplaceRow | None = None

    @property
    def establishment(self) -> Establishment | None:
        return self.row if isinstance(self.row, Establishment) else None


def find(situation: Situation) -> Workplace:
    """At most one query. Raises NotFoundError."""
    if situation.reference:
        try:
            found = Establishment.objects.by_reference(situation.reference)
        except Establishment.DoesNotExist:
            raise NotFoundError("workplace", f"the workplace “{situation.reference[:40]}”") from None
        return of_establishment(found)
    if situation.ofsted_urn:
        return childcare_workplace(situation.ofsted_urn)
    if situation.authority:
        authority = LocalAuthority.objects.filter(code=situation.authority).first()
        if authority is None:
            raise NotFoundError("authority", f"the local authority “{situation.authority[:40]}”")
        return Workplace(gather.workplace_of(authority), authority.name, authority)
    return Workplace()


def of_establishment(establishment: Establishment) -> Workplace:
    return Workplace(gather.workplace_of(establishment), establishment.name, establishment)


def childcare_workplace(ofsted_urn: str) -> Workplace:
    """A setting by Ofsted's number, or a childminder, of whom only the number is known. One query."""
    row = ChildcareSetting.objects.filter(ofsted_urn=ofsted_urn).first()
    name = row.name if row else f"Ofsted number {ofsted_urn}"
    return Workplace(gather.childcare(ofsted_urn), name, row)


def is_accredited(itt_provider: str | None) -> bool:
    """Whether a training provider of this legal name is on the accredited list. One query, none without a name."""
    if not itt_provider:
        return False
    return IttProvider.objects.filter(approved=True, legal_name=itt_provider).exists()


def personal_facts(situation: Situation, *, accredited: bool) -> dict[str, Any]:
    """The fields of rules.Facts that somebody told us themselves.

    `accredited` says whether the training provider is on the list; see `is_accredited`.

    Whoever does not say otherwise is taken to work in England, and not to have been funded before.
    """
    return {
        "works_in_england": situation.england is not False,
        "early_years_kind": situation.kind,
        "employment": situation.employment,
        "itt_provider_approved": accredited,
        "referred_by_return_to_teaching_adviser": situation.adviser,
        "new_headteacher": situation.head,
        "npqh_status": situation.npqh,
        "previously_funded": situation.had,
    }


def described(situation: Situation, workplace: Workplace) -> str:
    """The end of "Is my NPQ funded ...": "at Oakwood School", "as a childminder"."""
    if situation.england is False:
        return "outside England"
    if workplace.row and situation.setting is not Setting.ANOTHER_SETTING:
        return f"at {workplace.name}"
    if situation.setting is Setting.EARLY_YEARS and situation.kind:
        return KINDS[situation.kind]
    if situation.setting is Setting.ANOTHER_SETTING and situation.employment:
        whose = f", {workplace.name}" if workplace.name else ""
        return EMPLOYED[situation.employment] + whose
    return "in a setting of another kind"


KINDS = {
    EarlyYearsKind.MAINTAINED_NURSERY: "in a nursery school run by a local authority",
    EarlyYearsKind.PRESCHOOL_CLASS: "in a school's nursery class",
    EarlyYearsKind.PRIVATE_NURSERY: "in a private nursery",
    EarlyYearsKind.CHILDMINDER: "as a childminder",
    EarlyYearsKind.ANOTHER: "in an early years setting",
}
EMPLOYED = {
    Employment.HOSPITAL_SCHOOL: "in a hospital school",
    Employment.YOUNG_OFFENDER_INSTITUTION: "in a young offender institution",
    Employment.VIRTUAL_SCHOOL: "in a virtual school",
    Employment.SUPPLY_TEACHER: "as a local authority's supply teacher",
    Employment.LEAD_MENTOR: "as a lead mentor",
    Employment.OTHER: "with another employer",
}
