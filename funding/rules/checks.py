"""The engine: the ordered, named checks, and the loop that stops at the first that settles it.

Source: design, funding rules, section 3, whose order this is. The first checks
are the same for everyone; the rest follow the setting the person chose. Only
the policy differs from term to term.
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from funding.rules import checks_early_years, checks_elsewhere, checks_school
from funding.rules.facts import Facts
from funding.rules.finding import Check, Finding, Verdict, asks, funds, passes, refuses
from funding.rules.policy import Policy
from funding.rules.vocabulary import COACHING, Need, Npq, NpqhStatus, Reason, Setting
from funding.rules.words import NPQS, TERMS

CheckFunction = Callable[[Facts, Policy], Finding | None]


class Judgement(NamedTuple):
    verdict: Verdict
    trace: tuple[Check, ...]


def term_has_scholarships(facts: Facts, policy: Policy) -> Finding:
    """Section 3, 1."""
    name = TERMS[policy.term]
    if policy.has_scholarships:
        return passes("term_has_scholarships", True, f"{name} has scholarship funding")
    return refuses(
        "term_has_scholarships", False, f"{name} has no scholarship funding", Reason.UNFUNDED_COHORT
    )


def npq_offered_in_term(facts: Facts, policy: Policy) -> Finding:
    """Section 2, `npq_not_offered`; which NPQ existed when is in section 4."""
    npq, term = NPQS[facts.npq], TERMS[policy.term]
    if facts.npq in policy.offered:
        return passes("npq_offered_in_term", True, f"{npq} is offered in {term}")
    return refuses("npq_offered_in_term", False, f"{npq} is not offered in {term}", Reason.NPQ_NOT_OFFERED)


def works_in_england(facts: Facts, policy: Policy) -> Finding:
    """Section 3, 2: the person says so, and the workplace's own record does not say otherwise."""
    if facts.works_in_england is False:
        return refuses("works_in_england", False, "You do not work in England", Reason.NOT_IN_ENGLAND)
    if facts.establishment is not None and not facts.establishment.in_england:
        because = "The official record places your workplace outside England"
        return refuses("works_in_england", False, because, Reason.NOT_IN_ENGLAND)
    if facts.works_in_england is None:
        because = "You have not said whether you work in England"
        return asks("works_in_england", because, Need.WORKS_IN_ENGLAND)
    return passes("works_in_england", True, "You work in England")


def previously_funded(facts: Facts, policy: Policy) -> Finding:
    """Section 3, 3: once for each NPQ; the coaching offer counts as one under both its names."""
    had = facts.previously_funded
    if had and (facts.npq in had or (facts.npq in COACHING and not COACHING.isdisjoint(had))):
        because = "You have had scholarship funding for this NPQ before"
        return refuses("previously_funded", True, because, Reason.PREVIOUSLY_FUNDED)
    return passes("previously_funded", False, "You have not had scholarship funding for this NPQ before")


def headship_npq_done_or_coming(facts: Facts, policy: Policy) -> Finding | None:
    """Section 3, 4: an NPQ for headship of `none` stops the registration, so nothing is decided.

    Not known yet is let through, as the register asks it before it asks this.
    """
    if facts.npq is not Npq.EARLY_HEADSHIP_COACHING or facts.npqh_status is None:
        return None
    if facts.npqh_status is NpqhStatus.NONE:
        because = "You have not completed, are not studying and are not about to start the NPQ for headship"
        return asks("headship_npq_done_or_coming", because, Need.NPQH_STATUS)
    because = "You have completed, are studying or are about to start the NPQ for headship"
    return passes("headship_npq_done_or_coming", True, because)


def new_headteacher(facts: Facts, policy: Policy) -> Finding | None:
    """Section 3, 4: decides the coaching offer in any setting; its window is the term's."""
    if facts.npq not in COACHING:
        return None
    if facts.new_headteacher is None:
        because = f"You have not said whether you are a headteacher in your {policy.new_head_window}"
        return asks("new_headteacher", because, Need.NEW_HEADTEACHER)
    if facts.new_headteacher:
        because = f"You are a headteacher in your {policy.new_head_window}, which is enough in any setting"
        return funds("new_headteacher", True, because)
    because = f"You are not a headteacher in your {policy.new_head_window}"
    return refuses("new_headteacher", False, because, Reason.NOT_NEW_HEADTEACHER)


def setting_known(facts: Facts, policy: Policy) -> Finding:
    return asks("setting_known", "You have not said what kind of setting you work in", Need.SETTING)


EVERYONE: tuple[CheckFunction, ...] = (
    term_has_scholarships,
    npq_offered_in_term,
    works_in_england,
    previously_funded,
    headship_npq_done_or_coming,
    new_headteacher,
)
ORDER: Mapping[Setting | None, tuple[CheckFunction, ...]] = {
    Setting.SCHOOL: EVERYONE + checks_school.ORDER,
    Setting.ACADEMY_TRUST: EVERYONE + checks_school.ORDER,
    Setting.SIXTEEN_TO_NINETEEN: EVERYONE + checks_school.ORDER,
    Setting.EARLY_YEARS: EVERYONE + checks_early_years.ORDER,
    Setting.ANOTHER_SETTING: EVERYONE + checks_elsewhere.ANOTHER_SETTING,
    Setting.OTHER: EVERYONE + checks_elsewhere.OTHER,
    None: (*EVERYONE, setting_known),
}


def judge(facts: Facts, policy: Policy) -> Judgement:
    """Runs the checks in order. The last check of every order always settles the matter."""
    trace = []
    for check in ORDER[facts.setting]:
        finding = check(facts, policy)
        if finding is None:
            continue
        line, verdict = finding
        trace.append(line)
        if verdict is not None:
            return Judgement(verdict, tuple(trace))
    raise AssertionError(f"no check decided {facts} under {policy.version}")
