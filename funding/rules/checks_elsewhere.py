"""The checks for people in another setting, or in none of those named.

Source: design, funding rules, section 3, steps 7 and 8, and section 4 for older terms.
"""

from funding.rules.facts import Facts
from funding.rules.finding import Finding, asks, funds, passes, refuses, reviews
from funding.rules.policy import Policy
from funding.rules.vocabulary import Employment, Need, Npq, Reason
from funding.rules.words import EMPLOYMENTS, NPQS, TERMS


def employment_known(facts: Facts, policy: Policy) -> Finding | None:
    if facts.employment is not None:
        return None
    return asks("employment_known", "You have not said how you are employed", Need.EMPLOYMENT)


def lead_mentor_npq(facts: Facts, policy: Policy) -> Finding | None:
    """Lead mentors have one NPQ only. Before spring 2023 they had none."""
    if facts.employment is not Employment.LEAD_MENTOR:
        return None
    term = TERMS[policy.term]
    if not policy.lead_mentors:
        because = f"Lead mentors are not funded in {term}"
        return refuses("lead_mentor_npq", False, because, Reason.INELIGIBLE_TYPE)
    if facts.npq is not Npq.LEADING_TEACHER_DEVELOPMENT:
        because = f"As a lead mentor you are not funded for {NPQS[facts.npq]}"
        return refuses("lead_mentor_npq", False, because, Reason.NOT_LEAD_MENTOR_COURSE)
    return passes("lead_mentor_npq", True, f"{NPQS[facts.npq]} is funded in {term} for lead mentors")


def itt_provider_approved(facts: Facts, policy: Policy) -> Finding | None:
    if facts.employment is not Employment.LEAD_MENTOR:
        return None
    if facts.itt_provider_approved is None:
        because = "You have not chosen your initial teacher training provider"
        return asks("itt_provider_approved", because, Need.ITT_PROVIDER_APPROVED)
    if facts.itt_provider_approved:
        return funds("itt_provider_approved", True, "Your initial teacher training provider is accredited")
    because = "Your initial teacher training provider is not on the list of accredited providers"
    return refuses("itt_provider_approved", False, because, Reason.INELIGIBLE_TYPE)


def employment_covered(facts: Facts, policy: Policy) -> Finding:
    """Funded, reviewed or neither; from `reviewed_from` on, the funded are reviewed too.

    With no day given the term's final rule counts, so the review does.
    """
    assert facts.employment is not None  # noqa: S101 - `employment_known` has asked
    employer, npq, term = EMPLOYMENTS[facts.employment], NPQS[facts.npq], TERMS[policy.term]
    where = f"You are employed by {employer}"
    funded = facts.employment in policy.funded_employments
    if not funded and facts.employment not in policy.reviewed_employments:
        because = f"{where}, which scholarship funding does not cover in {term}"
        return refuses("employment_covered", False, because, Reason.INELIGIBLE_TYPE)
    if facts.npq not in policy.employment_npqs:
        because = f"{where}, and {npq} is not one of the NPQs funded there in {term}"
        return refuses("employment_covered", False, because, Reason.INELIGIBLE_TYPE)
    began = policy.reviewed_from
    if funded and (began is None or (facts.decided_on is not None and facts.decided_on < began)):
        return funds("employment_covered", True, f"{where}, where {npq} is funded in {term}")
    since = f" since {began.day} {began:%B %Y}" if funded and began else ""
    because = f"{where}, where{since} each case is reviewed before {npq} is funded"
    return reviews("employment_covered", True, because)


def referred_by_adviser(facts: Facts, policy: Policy) -> Finding:
    """Section 3, 8. Older terms that say nothing of advisers have the same: a review, never a yes."""
    name = "referred_by_return_to_teaching_adviser"
    if facts.referred_by_return_to_teaching_adviser is None:
        because = "You have not said whether a Return to Teaching adviser referred you"
        return asks(name, because, Need.REFERRED_BY_ADVISER)
    if facts.referred_by_return_to_teaching_adviser:
        because = "A Return to Teaching adviser referred you, and each such case is reviewed"
        return reviews(name, True, because, Reason.REFERRED_BY_ADVISER)
    because = "You do not work in a setting that is covered, and no Return to Teaching adviser referred you"
    return refuses(name, False, because, Reason.INELIGIBLE_TYPE)


ANOTHER_SETTING = (employment_known, lead_mentor_npq, itt_provider_approved, employment_covered)
OTHER = (referred_by_adviser,)
