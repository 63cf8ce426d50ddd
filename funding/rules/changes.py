"""What would change a decision: the nearest other facts, each really decided again.

Source: design, funding rules, section 2 ("what would change it"). A sentence
here is never written from memory of the rules: each candidate differs from the
facts in one answer, goes through the same checks, and is named only when they
give a better outcome. Facts that cannot be changed, such as having been funded
before, are not candidates.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from funding.rules import types
from funding.rules.checks import judge
from funding.rules.facts import Establishment, Facts
from funding.rules.finding import Verdict
from funding.rules.policies import BY_VERSION, POLICIES
from funding.rules.policy import EarlyYearsRule, Policy
from funding.rules.vocabulary import (
    COACHING,
    EarlyYearsKind,
    Employment,
    EstablishmentKind,
    ListKind,
    Need,
    Npq,
    NpqhStatus,
    Outcome,
    Reason,
    Setting,
    Term,
)
from funding.rules.words import EMPLOYMENTS, LISTS, NPQS, SETTINGS, TERMS

_SCHOOL, _CHILDCARE = EstablishmentKind.SCHOOL, EstablishmentKind.CHILDCARE
NAMES_KINDS = {
    ListKind.RISE: {_SCHOOL},
    ListKind.PP50_SCHOOLS: {_SCHOOL},
    ListKind.PP50_16_TO_19: {_SCHOOL, EstablishmentKind.POST16},
    ListKind.CHILDMINDERS: {_CHILDCARE},
    ListKind.DISADVANTAGED_EARLY_YEARS: {_SCHOOL, _CHILDCARE},
    ListKind.LOCAL_AUTHORITY_NURSERIES: {_SCHOOL},
    ListKind.HIGH_PUPIL_PREMIUM_2021: {_SCHOOL},
}
OF_A_LOCAL_AUTHORITY = (Employment.VIRTUAL_SCHOOL, Employment.SUPPLY_TEACHER)


@dataclass(frozen=True, slots=True)
class Change:
    """A better outcome, the sentence that says how to come by it, and the facts that were tried.

    Several facts under one sentence are alternatives, each with that outcome.
    """

    outcome: Outcome
    sentence: str
    facts: tuple[Facts, ...]


def nearest_changes(facts: Facts, rules_version: str) -> tuple[Change, ...]:
    """The changes that make it funded or, where it is refused, at least reviewed; nearest first."""
    policy = BY_VERSION[rules_version]
    verdict = judge(facts, policy).verdict
    if verdict.outcome is Outcome.FUNDED:
        return ()
    if verdict.outcome is Outcome.INCOMPLETE:
        # The missing fact comes first. Only "no NPQ for headship" is an answer that can change.
        tries = _headship_npq(facts) if verdict.needs is Need.NPQH_STATUS else ()
        return tuple(_better(tries, policy, verdict))
    return (*_better(_candidates(facts, policy, verdict), policy, verdict), *_other_npqs(facts, policy))


@lru_cache(maxsize=65_536)
def remembered(facts: Facts, rules_version: str) -> tuple[Change, ...]:
    """As `nearest_changes`, worked out once. Give it `anonymous` facts, or it remembers one school each."""
    return nearest_changes(facts, rules_version)


def sentences(facts: Facts, rules_version: str) -> tuple[str, ...]:
    """The sentences of `remembered` alone."""
    return tuple(change.sentence for change in remembered(facts, rules_version))


def anonymous(facts: Facts) -> Facts:
    """The same facts with the workplace's numbers blanked, as far as no rule can tell the difference."""
    chosen = facts.establishment
    if chosen is None:
        return facts
    blank = Establishment(
        kind=chosen.kind,
        urn="0" if chosen.urn else None,
        type_code=chosen.type_code,
        la_code=None if chosen.in_england else chosen.la_code,
        lists=chosen.lists,
    )
    return replace(facts, establishment=blank)


def _better(tries: Iterable[tuple[str, Facts]], policy: Policy, verdict: Verdict) -> Iterator[Change]:
    for when, other in tries:
        their_policy = policy if other.term is policy.term else POLICIES[other.term]
        outcome = judge(other, their_policy).verdict.outcome
        if outcome is Outcome.FUNDED:
            yield Change(outcome, f"Funded if {when}", (other,))
        elif outcome is Outcome.REVIEW and verdict.outcome is Outcome.NOT_FUNDED:
            yield Change(outcome, f"Reviewed if {when}", (other,))


def _candidates(facts: Facts, policy: Policy, verdict: Verdict) -> Iterator[tuple[str, Facts]]:
    """Which answers to try for which refusal; whether one helps is for the checks to say."""
    if verdict.reason in (Reason.UNFUNDED_COHORT, Reason.NPQ_NOT_OFFERED):
        yield from _later_terms(facts)
    elif verdict.reason is Reason.NOT_IN_ENGLAND:
        yield "you work in England", replace(facts, works_in_england=True)
    elif verdict.reason is Reason.PREVIOUSLY_FUNDED:
        return
    else:
        if facts.npq not in COACHING:
            yield from _lists(facts)
        if facts.npq in COACHING | policy.new_head_opens:
            head = f"you are a headteacher in your {policy.new_head_window}"
            yield head, replace(facts, new_headteacher=True)
        yield from _answers(facts, policy)


def _lists(facts: Facts) -> Iterator[tuple[str, Facts]]:
    chosen = facts.establishment
    if chosen is None and facts.setting is Setting.EARLY_YEARS:
        chosen = Establishment(_CHILDCARE)
    # No list of state-funded schools will ever name a fee-paying one.
    if chosen is None or chosen.type_code == types.OTHER_INDEPENDENT:
        return
    for kind, names in NAMES_KINDS.items():
        if chosen.kind in names and kind not in chosen.lists:
            listed = replace(chosen, lists=chosen.lists | {kind})
            yield f"your workplace is on {LISTS[kind]}", replace(facts, establishment=listed)


def _answers(facts: Facts, policy: Policy) -> Iterator[tuple[str, Facts]]:
    chosen = facts.establishment
    if facts.setting is Setting.OTHER:
        adviser = replace(facts, referred_by_return_to_teaching_adviser=True)
        yield "a Return to Teaching adviser referred you", adviser
    if facts.employment is Employment.LEAD_MENTOR and facts.setting is Setting.ANOTHER_SETTING:
        approved = replace(facts, itt_provider_approved=True)
        yield "your initial teacher training provider is accredited", approved
    if facts.setting is Setting.EARLY_YEARS and policy.early_years_rule is EarlyYearsRule.REGISTERED:
        registered = replace(chosen or Establishment(_CHILDCARE), kind=_CHILDCARE, urn="EY000001")
        yield "your setting is on Ofsted's Early Years Register", replace(facts, establishment=registered)
    if facts.early_years_kind is EarlyYearsKind.CHILDMINDER and facts.setting is Setting.EARLY_YEARS:
        nursery = replace(facts, early_years_kind=EarlyYearsKind.PRIVATE_NURSERY)
        yield "you work in a nursery, not as a childminder", nursery
    if chosen is None:
        return
    if chosen.kind is EstablishmentKind.LOCAL_AUTHORITY and facts.setting is not Setting.ANOTHER_SETTING:
        # One answer to a person: what the local authority employs you for.
        for employment in OF_A_LOCAL_AUTHORITY:
            elsewhere = replace(facts, setting=Setting.ANOTHER_SETTING, employment=employment)
            yield f"you choose 'another setting' and are employed by {EMPLOYMENTS[employment]}", elsewhere
    for setting in _settings_that_fit(chosen):
        if setting is not facts.setting:
            yield f"the setting you work in is {SETTINGS[setting]}", replace(facts, setting=setting)


def _settings_that_fit(chosen: Establishment) -> Iterator[Setting]:
    """The settings someone who works there could honestly choose; a trust is decided as a school is."""
    if chosen.kind is _SCHOOL:
        yield Setting.SCHOOL
    if chosen.kind is EstablishmentKind.POST16 or chosen.type_code in types.TEACHES_16_TO_19:
        yield Setting.SIXTEEN_TO_NINETEEN
    if chosen.kind is _CHILDCARE or chosen.is_nursery_school:
        yield Setting.EARLY_YEARS


def _headship_npq(facts: Facts) -> Iterator[tuple[str, Facts]]:
    will_start = replace(facts, npqh_status=NpqhStatus.WILL_START)
    yield "you have completed, are studying or are about to start the NPQ for headship", will_start


def _later_terms(facts: Facts) -> Iterator[tuple[str, Facts]]:
    terms = list(Term)
    for term in terms[terms.index(facts.term) + 1 :]:
        if judge(replace(facts, term=term), POLICIES[term]).verdict.outcome is Outcome.FUNDED:
            listed = facts.establishment is not None and facts.establishment.lists
            same = ", with your workplace on the same lists" if listed else ""
            yield f"you start in {TERMS[term]}{same}", replace(facts, term=term)
            return


def _other_npqs(facts: Facts, policy: Policy) -> tuple[Change, ...]:
    """One sentence that names every other NPQ the same facts are funded for."""
    tried = (replace(facts, npq=npq) for npq in Npq if npq is not facts.npq and npq in policy.offered)
    funded = tuple(other for other in tried if judge(other, policy).verdict.outcome is Outcome.FUNDED)
    if not funded:
        return ()
    names = ", ".join(NPQS[other.npq] for other in funded)
    return (Change(Outcome.FUNDED, f"These NPQs are funded for you now: {names}", funded),)
