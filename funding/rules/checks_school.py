"""The checks for people in a school, an academy trust or a 16 to 19 setting.

Source: design, funding rules, section 3, step 6, and section 4 for older terms.
"""

from funding.rules import types
from funding.rules.facts import Establishment, Facts
from funding.rules.finding import ON_LIST, Finding, asks, funds, passes, refuses
from funding.rules.policy import NurseryList, Policy
from funding.rules.vocabulary import EstablishmentKind, ListKind, Need, Npq, Reason
from funding.rules.words import LISTS, NPQS, TERMS


def workplace(facts: Facts) -> Establishment:
    """The chosen workplace; `establishment_known` has made sure that there is one."""
    assert facts.establishment is not None  # noqa: S101 - for the reader and the type checker
    return facts.establishment


def establishment_known(facts: Facts, policy: Policy) -> Finding | None:
    if facts.establishment is not None:
        return None
    return asks("establishment_known", "You have not chosen where you work", Need.ESTABLISHMENT)


def on_rise_list(facts: Facts, policy: Policy) -> Finding | None:
    """Funds every NPQ, whatever the establishment's type."""
    if not policy.rise:
        return None
    named = LISTS[ListKind.RISE]
    if ListKind.RISE in workplace(facts).lists:
        return funds(ON_LIST[ListKind.RISE], True, f"Your school is on {named}, which is enough")
    return passes(ON_LIST[ListKind.RISE], False, f"Your workplace is not on {named}")


def establishment_type_eligible(facts: Facts, policy: Policy) -> Finding:
    """A local authority can be chosen as a workplace, and has no type: it is told what to choose instead."""
    chosen = workplace(facts)
    if chosen.kind is EstablishmentKind.LOCAL_AUTHORITY:
        because = (
            "A local authority is not a school or a 16 to 19 organisation. If you work in a school, choose"
            " that school. If a local authority employs you in its virtual school or as a supply teacher,"
            " choose 'another setting'"
        )
        return refuses("establishment_type_eligible", False, because, Reason.INELIGIBLE_TYPE)
    named = f"({types.named(chosen.type_code)} in the official record)"
    if chosen.type_code in policy.eligible_types:
        because = f"Scholarship funding covers your type of workplace {named}"
        return passes("establishment_type_eligible", True, because)
    because = f"Scholarship funding does not cover your type of workplace {named}"
    if chosen.type_code == types.OTHER_INDEPENDENT:
        because = f"Your workplace is an independent school {named}: scholarship funding is for state-funded schools"
    return refuses("establishment_type_eligible", False, because, Reason.INELIGIBLE_TYPE)


def open_to_all_schools(facts: Facts, policy: Policy) -> Finding:
    npq, term = NPQS[facts.npq], TERMS[policy.term]
    if facts.npq in policy.open_to_all:
        because = f"{npq} is funded in {term} in every state-funded school and 16 to 19 organisation"
        return funds("open_to_all_schools", True, because)
    return passes("open_to_all_schools", False, f"{npq} is not funded in {term} for every school")


def on_nursery_list(facts: Facts, policy: Policy) -> Finding | None:
    """Spring 2025: a nursery on its list has every NPQ, whichever setting the person chose."""
    listed = ListKind.LOCAL_AUTHORITY_NURSERIES
    if policy.nursery_list is not NurseryList.FUNDS_EVERY_NPQ:
        return None
    if listed in workplace(facts).lists:
        because = f"Your nursery is on {LISTS[listed]}, which funds every NPQ"
        return funds(ON_LIST[listed], True, because)
    return passes(ON_LIST[listed], False, f"Your workplace is not on {LISTS[listed]}")


def on_the_terms_list(facts: Facts, policy: Policy) -> Finding:
    """The list follows the setting the person chose, and only that list is looked at."""
    listed = policy.list_for(facts.setting)
    if listed in workplace(facts).lists:
        return funds(ON_LIST[listed], True, f"Your workplace is on {LISTS[listed]}")
    because = f"Your workplace is not on {LISTS[listed]}"
    if _early_years_list_counts(facts, policy) or facts.npq in policy.new_head_opens:
        return passes(ON_LIST[listed], False, because)
    return refuses(ON_LIST[listed], False, because, Reason.NOT_ON_LIST)


def on_early_years_list(facts: Facts, policy: Policy) -> Finding | None:
    """Autumn 2024 and spring 2025: a school may have Early years leadership from either list."""
    if not _early_years_list_counts(facts, policy):
        return None
    listed = ListKind.DISADVANTAGED_EARLY_YEARS
    if listed in workplace(facts).lists:
        return funds(ON_LIST[listed], True, f"Your workplace is on {LISTS[listed]}")
    because = f"Your workplace is not on {LISTS[listed]} either"
    return refuses(ON_LIST[listed], False, because, Reason.NOT_ENTITLED_EARLY_YEARS)


def new_head_of_a_school(facts: Facts, policy: Policy) -> Finding:
    """Until 11 October 2021: headship for new heads, and those about to be, of schools not on the list."""
    window = policy.new_head_window
    if facts.new_headteacher is None:
        because = f"You have not said whether you are in your {window} as a headteacher, or about to start"
        return asks("new_headteacher", because, Need.NEW_HEADTEACHER)
    if facts.new_headteacher:
        because = f"You are in your {window} as a headteacher, or about to start"
        return funds("new_headteacher", True, because)
    because = f"You are not in your {window} as a headteacher, nor about to start"
    return refuses("new_headteacher", False, because, Reason.NOT_ON_LIST)


def _early_years_list_counts(facts: Facts, policy: Policy) -> bool:
    return policy.early_years_list_in_schools and facts.npq is Npq.EARLY_YEARS_LEADERSHIP


ORDER = (
    establishment_known,
    on_rise_list,
    establishment_type_eligible,
    open_to_all_schools,
    on_nursery_list,
    on_the_terms_list,
    on_early_years_list,
    new_head_of_a_school,
)
