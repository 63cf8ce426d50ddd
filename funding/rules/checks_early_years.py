"""The checks for people in early years or childcare.

Source: design, funding rules, section 3, step 5, and section 4 for older terms.
Early years leadership has its own rules; any other NPQ is funded, if at all,
only from a local authority nursery school (type 15). With no workplace chosen,
nothing can be on a list or have a type: the answer is the one for those not
listed, and no question, as the register has it.
"""

from funding.rules.facts import Facts
from funding.rules.finding import ON_LIST, Finding, asks, funds, passes, refuses, reviews
from funding.rules.policy import EarlyYearsRule, NurseryList, Policy
from funding.rules.settings import IN_A_SCHOOL
from funding.rules.vocabulary import EarlyYearsKind, EstablishmentKind, ListKind, Need, Npq, Reason
from funding.rules.words import LISTS, NPQS, TERMS


def early_years_kind_known(facts: Facts, policy: Policy) -> Finding | None:
    """Only Early years leadership turns on the kind."""
    if not _early_years_leadership(facts) or facts.early_years_kind is not None:
        return None
    because = "You have not said what kind of early years setting you work in"
    return asks("early_years_kind_known", because, Need.EARLY_YEARS_KIND)


def not_a_childminder(facts: Facts, policy: Policy) -> Finding | None:
    """Autumn 2026: no list and no Ofsted number is needed of anyone else."""
    if not _early_years_leadership(facts) or policy.early_years_rule is not EarlyYearsRule.OPEN:
        return None
    if facts.early_years_kind is EarlyYearsKind.CHILDMINDER:
        return passes("not_a_childminder", False, "You are a childminder, so you need to be on a list")
    because = f"{NPQS[facts.npq]} is funded in every early years setting, childminders apart"
    return funds("not_a_childminder", True, because)


def on_childminders_list(facts: Facts, policy: Policy) -> Finding | None:
    if not _early_years_leadership(facts) or facts.early_years_kind is not EarlyYearsKind.CHILDMINDER:
        return None
    if policy.early_years_rule is EarlyYearsRule.REGISTERED:
        return None
    listed = ListKind.CHILDMINDERS
    if _listed(facts, listed):
        return funds(ON_LIST[listed], True, f"Your Ofsted registration is on {LISTS[listed]}")
    because = f"Your Ofsted registration is not on {LISTS[listed]}"
    if facts.establishment is None:
        because = f"No Ofsted number is given, so none was found on {LISTS[listed]}"
    return refuses(ON_LIST[listed], False, because, Reason.NOT_ENTITLED_CHILDMINDER)


def part_of_a_maintained_school(facts: Facts, policy: Policy) -> Finding | None:
    """Autumn 2022 to spring 2024: maintained nurseries and pre-school classes need no register."""
    if not _early_years_leadership(facts) or policy.early_years_rule is not EarlyYearsRule.REGISTERED:
        return None
    if facts.early_years_kind in IN_A_SCHOOL:
        because = "You work in a maintained nursery or in a school's pre-school class"
        return funds("part_of_a_maintained_school", True, because)
    because = "You do not work in a maintained nursery or in a school's pre-school class"
    return passes("part_of_a_maintained_school", False, because)


def on_early_years_register(facts: Facts, policy: Policy) -> Finding | None:
    """Autumn 2022 to spring 2024: an Ofsted URN is how a setting shows that it is registered."""
    if not _early_years_leadership(facts) or policy.early_years_rule is not EarlyYearsRule.REGISTERED:
        return None
    if facts.establishment is not None and facts.establishment.has_ofsted_urn:
        return funds("on_early_years_register", True, "Your setting has an Ofsted registration number")
    because = "No Ofsted registration number is given for your setting"
    return refuses("on_early_years_register", False, because, Reason.NOT_ON_EARLY_YEARS_REGISTER)


def on_nursery_list(facts: Facts, policy: Policy) -> Finding | None:
    """Spring 2025: funds every NPQ. Autumn 2025: a type 15 nursery needs it for the three it may have."""
    listed = ListKind.LOCAL_AUTHORITY_NURSERIES
    required = policy.nursery_list is NurseryList.REQUIRED
    if policy.nursery_list is NurseryList.UNUSED:
        return None
    if required and not (_nursery_school(facts) and facts.npq in policy.nursery_npqs):
        return None
    if _listed(facts, listed):
        return funds(ON_LIST[listed], True, f"Your nursery is on {LISTS[listed]}")
    because = f"Your workplace is not on {LISTS[listed]}"
    if required:
        return refuses(ON_LIST[listed], False, because, Reason.INELIGIBLE_TYPE)
    return passes(ON_LIST[listed], False, because)


def on_early_years_list(facts: Facts, policy: Policy) -> Finding | None:
    """Autumn 2024 to autumn 2025: the only other way to Early years leadership."""
    if not _early_years_leadership(facts):
        return None
    listed = ListKind.DISADVANTAGED_EARLY_YEARS
    if _listed(facts, listed):
        return funds(ON_LIST[listed], True, f"Your workplace is on {LISTS[listed]}")
    because = f"Your workplace is not on {LISTS[listed]}"
    if facts.establishment is None:
        because = f"No workplace is named, so none was found on {LISTS[listed]}"
    return refuses(ON_LIST[listed], False, because, Reason.NOT_ENTITLED_EARLY_YEARS)


def local_authority_nursery_school(facts: Facts, policy: Policy) -> Finding:
    if not _nursery_school(facts):
        because = "Your workplace is not a local authority nursery school"
        return passes("local_authority_nursery_school", False, because)
    npq, term = NPQS[facts.npq], TERMS[policy.term]
    if facts.npq in policy.nursery_npqs:
        because = f"{npq} is funded in {term} in local authority nursery schools"
        return funds("local_authority_nursery_school", True, because)
    because = f"Your workplace is a local authority nursery school, but {npq} is not one of the NPQs it has"
    return passes("local_authority_nursery_school", True, because)


def in_a_state_funded_school(facts: Facts, policy: Policy) -> Finding | None:
    """Until spring 2024: where the published text does not settle it, people do."""
    chosen = facts.establishment
    if not policy.state_schools_in_doubt or chosen is None:
        return None
    if chosen.kind is not EstablishmentKind.SCHOOL or chosen.type_code not in policy.eligible_types:
        return None
    because = (
        f"Your workplace is a state-funded school. The published rules of {TERMS[policy.term]} do not say"
        " whether its early years staff count as school staff for this NPQ, so a person decides"
    )
    return reviews("in_a_state_funded_school", True, because)


def npq_open_to_early_years(facts: Facts, policy: Policy) -> Finding:
    because = f"{NPQS[facts.npq]} is not funded in {TERMS[policy.term]} for your early years setting"
    return refuses("npq_open_to_early_years", False, because, Reason.EARLY_YEARS_OTHER_NPQ)


def _early_years_leadership(facts: Facts) -> bool:
    return facts.npq is Npq.EARLY_YEARS_LEADERSHIP


def _listed(facts: Facts, kind: ListKind) -> bool:
    return facts.establishment is not None and kind in facts.establishment.lists


def _nursery_school(facts: Facts) -> bool:
    return facts.establishment is not None and facts.establishment.is_nursery_school


ORDER = (
    early_years_kind_known,
    not_a_childminder,
    on_childminders_list,
    part_of_a_maintained_school,
    on_early_years_register,
    on_nursery_list,
    on_early_years_list,
    local_authority_nursery_school,
    in_a_state_funded_school,
    npq_open_to_early_years,
)
