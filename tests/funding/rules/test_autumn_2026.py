"""Autumn 2026, line by line (design, funding rules, section 3)."""

import pytest

from funding.rules.decide import decide
from tests.funding.rules.making import (
    ALL_TEN,
    ASO,
    CHILDMINDERS,
    DISADVANTAGED,
    EHCO,
    EL,
    EYL,
    LBC,
    LL,
    LPM,
    LT,
    LTD,
    NOT_A_PP50,
    NURSERIES,
    PP50,
    PP50_16_TO_19,
    RISE,
    SENCO,
    SL,
    TYPE,
    H,
    answer,
    authority,
    childcare,
    college,
    early_years,
    employed,
    facts,
    nursery,
    school,
)

TERM = "autumn-2026"
LIST_ONLY = (LPM, LBC, LL, LT, LTD, EL)
THREE = (H, SENCO, SL)
REFUSED = "not_funded: "
ELIGIBLE = "1 2 3 5 6 7 8 10 12 14 15 18 24 26 28 31 32 33 34 35 36 38 39 40 41 42 43 44 45 46".split()  # noqa: SIM905
GIAS_TYPES = [*ELIGIBLE, "11", "25", "27", "29", "37", "49", "56", "57"]


def at(npq, **more):
    return answer(facts(TERM, npq, **more))


@pytest.mark.parametrize("npq", ALL_TEN)
def test_2_no_npq_for_people_outside_england(npq):
    assert at(npq, works_in_england=False, establishment=school(RISE)) == REFUSED + "not_in_england"


@pytest.mark.parametrize(
    "workplace",
    [
        school(RISE, type_code="30"),
        school(RISE, type_code="030"),
        *(school(RISE, la_code=code) for code in ("673", "702", "000", "704", "708")),
    ],
)
def test_2_an_establishment_can_be_outside_england(workplace):
    assert at(H, establishment=workplace) == REFUSED + "not_in_england"
    # Even when nobody has asked yet.
    assert at(H, works_in_england=None, establishment=workplace) == REFUSED + "not_in_england"


def test_2_asks_where_you_work():
    assert at(H, works_in_england=None, establishment=school()) == "incomplete: works_in_england"


@pytest.mark.parametrize("npq", [*ALL_TEN, EHCO])
def test_3_once_for_each_npq(npq):
    had = REFUSED + "previously_funded"
    assert at(npq, previously_funded={npq}, new_headteacher=True, establishment=school(RISE)) == had


def test_3_another_npq_is_no_bar():
    assert at(H, previously_funded={SENCO, SL}, establishment=school()) == "funded"


@pytest.mark.parametrize("before", [EHCO, ASO])
def test_3_the_coaching_offer_counts_as_one_under_both_names(before):
    assert at(EHCO, previously_funded={before}, new_headteacher=True) == REFUSED + "previously_funded"


@pytest.mark.parametrize(
    "setting", [None, "school", "academy_trust", "16_to_19", "early_years", "another_setting", "other"]
)
def test_4_a_new_headteacher_has_coaching_in_any_setting(setting):
    assert at(EHCO, setting=setting, new_headteacher=True) == "funded"
    refused = REFUSED + "not_new_headteacher_requesting_ehco"
    assert at(EHCO, setting=setting, new_headteacher=False, establishment=school(RISE)) == refused


def test_4_no_npq_for_headship_stops_the_registration_before_any_decision():
    assert at(EHCO, npqh_status="none", new_headteacher=True) == "incomplete: npqh_status"
    for status in (None, "completed", "studying", "will_start"):
        assert at(EHCO, npqh_status=status, new_headteacher=True) == "funded"


def test_4_asks_whether_you_are_a_new_headteacher():
    assert at(EHCO, new_headteacher=None) == "incomplete: new_headteacher"


@pytest.mark.parametrize(
    "kind",
    [
        "local_authority_maintained_nursery",
        "preschool_class_as_part_of_school",
        "private_nursery",
        "another_early_years_setting",
    ],
)
def test_5_early_years_leadership_needs_no_list_and_no_urn(kind):
    for workplace in (None, school(), nursery(), childcare(urn=None)):
        assert answer(early_years(TERM, EYL, kind, workplace)) == "funded"


def test_5_childminders_need_their_list():
    refused = REFUSED + "not_entitled_childminder"
    assert answer(early_years(TERM, EYL, "childminder", childcare(CHILDMINDERS))) == "funded"
    assert answer(early_years(TERM, EYL, "childminder", childcare(DISADVANTAGED))) == refused
    assert answer(early_years(TERM, EYL, "childminder", None)) == refused


def test_5_asks_the_kind_for_early_years_leadership_alone():
    assert answer(early_years(TERM, EYL, None)) == "incomplete: early_years_kind"
    assert answer(early_years(TERM, H, None, nursery())) == "funded"


@pytest.mark.parametrize("npq", [npq for npq in ALL_TEN if npq != EYL])
def test_5_other_npqs_are_for_three_in_a_nursery_school(npq):
    refused = REFUSED + "early_years_invalid_npq"
    kind = "local_authority_maintained_nursery"
    assert answer(early_years(TERM, npq, kind, nursery())) == ("funded" if npq in THREE else refused)
    for workplace in (None, school(RISE, PP50, NURSERIES), childcare(DISADVANTAGED)):
        assert answer(early_years(TERM, npq, kind, workplace)) == refused


@pytest.mark.parametrize("setting", ["school", "academy_trust", "16_to_19"])
@pytest.mark.parametrize("npq", ALL_TEN)
class TestSchools:
    """Step 6."""

    def test_asks_for_the_workplace(self, npq, setting):
        assert at(npq, setting=setting) == "incomplete: establishment"

    def test_rise_beats_type_and_list(self, npq, setting):
        assert at(npq, setting=setting, establishment=school(RISE, type_code="11")) == "funded"

    def test_type_comes_before_the_list(self, npq, setting):
        listed = school(PP50, PP50_16_TO_19, type_code="11")
        assert at(npq, setting=setting, establishment=listed) == REFUSED + TYPE

    def test_off_every_list(self, npq, setting):
        expected = REFUSED + NOT_A_PP50 if npq in LIST_ONLY else "funded"
        assert at(npq, setting=setting, establishment=school()) == expected

    def test_the_list_follows_the_setting_and_never_the_other(self, npq, setting):
        its_own, other = (PP50_16_TO_19, PP50) if setting == "16_to_19" else (PP50, PP50_16_TO_19)
        not_on_its_own = REFUSED + NOT_A_PP50 if npq in LIST_ONLY else "funded"
        for workplace in (school, college):
            assert at(npq, setting=setting, establishment=workplace(its_own)) == "funded"
            assert at(npq, setting=setting, establishment=workplace(other)) == not_on_its_own

    def test_a_local_authority_is_told_what_to_choose_instead(self, npq, setting):
        decision = decide(facts(TERM, npq, setting=setting, establishment=authority()))
        assert (decision.outcome, decision.reason) == ("not_funded", TYPE)
        assert "choose that school" in decision.trace[-1].because
        assert "another setting" in decision.trace[-1].because


@pytest.mark.parametrize("type_code", GIAS_TYPES)
def test_6_thirty_types_are_eligible(type_code):
    assert len(ELIGIBLE) == 30
    expected = "funded" if type_code in ELIGIBLE else REFUSED + TYPE
    assert at(H, establishment=school(type_code=type_code)) == expected
    assert at(H, establishment=school(type_code=type_code.zfill(2))) == expected


@pytest.mark.parametrize("status", ["1", "2", "3", "4", None])
def test_6_status_plays_no_part(status):
    assert at(H, establishment=school(status_code=status)) == "funded"


@pytest.mark.parametrize("npq", ALL_TEN)
def test_7_lead_mentors_have_one_npq_with_an_accredited_provider(npq):
    mentor = "lead_mentor_for_accredited_itt_provider"
    if npq != LTD:
        assert answer(employed(TERM, npq, mentor, itt_provider_approved=True)) == (
            REFUSED + "not_lead_mentor_course"
        )
        return
    assert answer(employed(TERM, npq, mentor, itt_provider_approved=True)) == "funded"
    assert answer(employed(TERM, npq, mentor, itt_provider_approved=False)) == REFUSED + TYPE
    assert answer(employed(TERM, npq, mentor, itt_provider_approved=None)) == (
        "incomplete: itt_provider_approved"
    )


@pytest.mark.parametrize("npq", ALL_TEN)
@pytest.mark.parametrize(
    "employment",
    [
        "hospital_school",
        "young_offender_institution",
        "local_authority_virtual_school",
        "local_authority_supply_teacher",
    ],
)
def test_7_four_employments_are_reviewed_for_three_npqs(npq, employment):
    expected = "review: subject_to_review" if npq in THREE else REFUSED + TYPE
    assert answer(employed(TERM, npq, employment, establishment=school(RISE, PP50))) == expected


def test_7_any_other_employment_is_not_covered():
    assert answer(employed(TERM, H, "other")) == REFUSED + TYPE
    assert answer(employed(TERM, H, None)) == "incomplete: employment"


@pytest.mark.parametrize("npq", ALL_TEN)
def test_8_other_settings_turn_on_the_adviser(npq):
    def referred(by):
        return at(npq, setting="other", referred_by_return_to_teaching_adviser=by)

    assert referred(True) == "review: referred_by_return_to_teaching_adviser"
    assert referred(False) == REFUSED + TYPE
    assert referred(None) == "incomplete: referred_by_return_to_teaching_adviser"


def test_asks_for_the_setting():
    assert at(H, setting=None, establishment=school(RISE)) == "incomplete: setting"


def test_the_2021_support_offer_is_offered_no_more():
    assert at(ASO, new_headteacher=True) == REFUSED + "npq_not_offered"


def test_the_trace_names_every_check_in_order():
    trace = decide(facts(TERM, LL, establishment=school())).trace
    assert [(line.check, line.held) for line in trace] == [
        ("term_has_scholarships", True),
        ("npq_offered_in_term", True),
        ("works_in_england", True),
        ("previously_funded", False),
        ("on_rise_list", False),
        ("establishment_type_eligible", True),
        ("open_to_all_schools", False),
        ("on_pp50_schools_list", False),
    ]
    assert trace[0].because == "Autumn 2026 has scholarship funding"
    assert trace[-1].consulted == PP50
    assert trace[0].consulted is None
