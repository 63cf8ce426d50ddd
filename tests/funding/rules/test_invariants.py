"""What must hold for any facts whatever, tried on facts that hypothesis makes up."""

import json
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from funding.rules.changes import anonymous, sentences
from funding.rules.decide import decide
from funding.rules.facts import Facts
from funding.rules.policies import POLICIES, RULES_VERSION
from funding.rules.vocabulary import COACHING, ListKind, Npq, Outcome, Reason, Setting, Term
from tests.funding.rules.strategies import any_facts, many, workplaces

RANK = {Outcome.NOT_FUNDED: 0, Outcome.INCOMPLETE: 1, Outcome.REVIEW: 2, Outcome.FUNDED: 3}


def outcome(facts):
    return decide(facts).outcome


@many
@given(any_facts)
def test_a_term_without_scholarships_funds_nobody(facts):
    assert decide(replace(facts, term=Term.SPRING_2026)).reason == Reason.UNFUNDED_COHORT


@many
@given(any_facts)
def test_a_second_scholarship_for_the_same_npq_is_never_given(facts):
    again = replace(facts, previously_funded=facts.previously_funded | {facts.npq})
    assert outcome(again) in (Outcome.NOT_FUNDED, Outcome.INCOMPLETE)
    if facts.works_in_england is not None:
        assert outcome(again) == Outcome.NOT_FUNDED


@many
@given(any_facts, st.sampled_from(list(COACHING)))
def test_coaching_under_either_name_is_never_funded_twice(facts, name):
    again = replace(facts, npq=name, previously_funded=COACHING - {name})
    assert outcome(again) != Outcome.FUNDED


@many
@given(
    any_facts,
    workplaces,
    st.sampled_from([Setting.SCHOOL, Setting.ACADEMY_TRUST, Setting.SIXTEEN_TO_NINETEEN]),
)
def test_rise_beats_type_and_nothing_earlier(facts, workplace, setting):
    without = replace(facts, setting=setting, establishment=replace(workplace, lists=frozenset()))
    listed = replace(without, establishment=replace(workplace, lists=frozenset({ListKind.RISE})))
    earlier = {"establishment_type_eligible", "open_to_all_schools"}
    reached = earlier & {line.check for line in decide(without).trace}
    if POLICIES[facts.term].rise and reached:
        assert outcome(listed) == Outcome.FUNDED
    else:
        assert decide(listed).reason == decide(without).reason


@many
@given(any_facts, workplaces, st.sampled_from(ListKind))
def test_being_on_one_more_list_never_hurts(facts, workplace, kind):
    before = replace(facts, establishment=workplace)
    after = replace(facts, establishment=replace(workplace, lists=workplace.lists | {kind}))
    assert RANK[outcome(after)] >= RANK[outcome(before)]


@many
@given(any_facts)
def test_incomplete_and_only_incomplete_names_what_it_needs(facts):
    decision = decide(facts)
    assert (decision.outcome == Outcome.INCOMPLETE) == (decision.needs is not None)
    assert (decision.outcome == Outcome.INCOMPLETE) == (decision.reason == Reason.INCOMPLETE)
    assert (decision.outcome == Outcome.FUNDED) == (decision.reason == Reason.FUNDED)


@many
@given(any_facts)
def test_the_same_facts_always_decide_alike(facts):
    first = decide(facts)
    assert decide(Facts.from_json(facts.to_json())) == first
    assert decide(facts, rules_version=RULES_VERSION[facts.term]) == first
    assert first.rules_version == RULES_VERSION[facts.term]


@many
@given(any_facts)
def test_json_goes_there_and_back(facts):
    assert Facts.from_json(json.loads(json.dumps(facts.to_json()))) == facts
    decision = decide(facts).to_json()
    assert json.loads(json.dumps(decision)) == decision


@many
@given(any_facts)
def test_the_trace_ends_where_it_was_decided(facts):
    decision = decide(facts)
    assert decision.trace[0].check == "term_has_scholarships"
    names = [line.check for line in decision.trace]
    assert len(names) == len(set(names))
    assert all(line.because[0].isupper() and not line.because.endswith(".") for line in decision.trace)


@many
@given(any_facts, any_facts)
def test_what_a_setting_does_not_ask_cannot_change_its_decision(facts, other):
    """This is why `enumerated` need not cross every fact with every other."""
    unasked = {
        "early_years_kind": Setting.EARLY_YEARS,
        "employment": Setting.ANOTHER_SETTING,
        "itt_provider_approved": Setting.ANOTHER_SETTING,
        "referred_by_return_to_teaching_adviser": Setting.OTHER,
        "decided_on": Setting.ANOTHER_SETTING,
    }
    swapped = {name: getattr(other, name) for name, setting in unasked.items() if facts.setting != setting}
    if facts.npq != Npq.EARLY_HEADSHIP_COACHING:
        swapped["npqh_status"] = other.npqh_status
    if facts.npq not in (*COACHING, Npq.HEADSHIP):
        swapped["new_headteacher"] = other.new_headteacher
    changed, decision = decide(replace(facts, **swapped)), decide(facts)
    assert (changed.outcome, changed.reason, changed.needs) == (
        decision.outcome,
        decision.reason,
        decision.needs,
    )


@many
@given(any_facts)
def test_the_setting_says_nothing_about_coaching(facts):
    for npq in COACHING:
        coached = replace(facts, npq=npq)
        assert {outcome(replace(coached, setting=setting)) for setting in (*Setting, None)} == {
            outcome(coached)
        }


@many
@given(any_facts)
def test_no_rule_reads_what_is_blanked_before_sentences_are_remembered(facts):
    blank = anonymous(facts)
    assert decide(blank).reason == decide(facts).reason
    remembered = sentences(blank, RULES_VERSION[facts.term])
    assert remembered == tuple(change.sentence for change in decide(facts).changes)
