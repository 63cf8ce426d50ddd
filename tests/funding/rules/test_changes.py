"""What would change a decision is true: apply the change and the outcome follows."""

import pytest
from hypothesis import given

from funding.rules.decide import decide
from tests.funding.rules.making import (
    EHCO,
    EL,
    EYL,
    LL,
    LPM,
    LTD,
    PP50,
    RISE,
    SENCO,
    H,
    authority,
    childcare,
    college,
    early_years,
    employed,
    facts,
    school,
)
from tests.funding.rules.strategies import any_facts, many

TERM = "autumn-2026"


@many
@given(any_facts)
def test_every_named_change_does_what_it_says(given_facts):
    decision = decide(given_facts)
    for change in decision.changes:
        assert change.facts
        for tried in change.facts:
            assert tried != given_facts
            assert decide(tried).outcome == change.outcome
        better = {"funded"} if decision.outcome == "review" else {"funded", "review"}
        assert change.outcome in better


def changes(given):
    return decide(given).would_change_it


def test_a_funded_decision_needs_no_change():
    assert changes(facts(TERM, H, establishment=school())) == ()


def test_a_list_only_npq_names_both_lists_and_what_is_funded_now():
    rise, pp50, now = changes(facts(TERM, LL, establishment=school()))
    assert (
        rise
        == "Funded if your workplace is on the RISE list (regional improvement for standards and excellence)"
    )
    assert pp50.startswith("Funded if your workplace is on the pupil premium list")
    assert now == (
        "These NPQs are funded for you now: Senior leadership, Headship, Early years leadership, "
        "Special educational needs co-ordinator (SENCO)"
    )


def test_what_is_funded_now_leaves_out_what_was_funded_before():
    (now,) = changes(facts(TERM, SENCO, establishment=school(), previously_funded={SENCO, H}))
    assert now == "These NPQs are funded for you now: Senior leadership, Early years leadership"


def test_an_independent_school_is_offered_no_list_of_state_funded_schools():
    assert changes(facts(TERM, H, establishment=school(type_code="11"))) == ()


def test_a_sixth_form_that_chose_the_wrong_setting():
    found = changes(facts(TERM, LPM, setting="16_to_19", establishment=school(PP50)))
    assert "Funded if the setting you work in is a school" in found


def test_a_college_is_told_of_its_own_list_alone():
    found = changes(facts(TERM, EL, setting="16_to_19", establishment=college()))
    assert found[0] == "Funded if your workplace is on the disadvantage list of 16 to 19 organisations"
    assert not any("RISE" in sentence or "pupil premium" in sentence for sentence in found)


def test_a_local_authority_leads_to_a_review():
    found = changes(facts(TERM, H, establishment=authority()))
    assert len(found) == 2
    assert all(sentence.startswith("Reviewed if you choose 'another setting'") for sentence in found)


def test_coaching_turns_on_headship():
    assert changes(facts(TERM, EHCO))[0] == "Funded if you are a headteacher in your first five years"
    assert changes(facts(TERM, EHCO, npqh_status="none", new_headteacher=True)) == (
        "Funded if you have completed, are studying or are about to start the NPQ for headship",
    )


def test_an_adviser_leads_to_a_review():
    assert changes(facts(TERM, H, setting="other")) == (
        "Reviewed if a Return to Teaching adviser referred you",
    )


def test_a_lead_mentor_needs_an_accredited_provider():
    mentor = employed(TERM, LTD, "lead_mentor_for_accredited_itt_provider")
    assert changes(mentor) == ("Funded if your initial teacher training provider is accredited",)


@pytest.mark.parametrize("workplace", [None, childcare()])
def test_a_childminder_needs_the_list(workplace):
    found = changes(early_years(TERM, EYL, "childminder", workplace))
    assert found[0] == "Funded if your workplace is on the list of funded childminders"


def test_an_unfunded_term_points_to_the_next_that_funds():
    assert changes(facts("spring-2026", H, establishment=school())) == ("Funded if you start in Autumn 2026",)
    assert changes(facts("spring-2026", LL, establishment=school(RISE))) == (
        "Funded if you start in Autumn 2026, with your workplace on the same lists",
    )


def test_outside_england():
    found = changes(facts(TERM, H, works_in_england=False, establishment=school()))
    assert found == ("Funded if you work in England",)


def test_an_unanswered_question_comes_before_any_change():
    assert changes(facts(TERM, H, setting=None)) == ()
