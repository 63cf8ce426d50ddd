"""The other eleven terms (design, funding rules, section 4): its table, then its paragraphs."""

from datetime import date

import pytest

from tests.funding.rules.making import (
    ALL_TEN,
    ASO,
    CHILDMINDERS,
    DISADVANTAGED,
    EHCO,
    EL,
    EYL,
    HIGH_2021,
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

REFUSED = "not_funded: "
SUITE_2021 = {LTD, LT, LBC, SL, H, EL}
FIRST, IN_2021 = "autumn-2021-first", ("autumn-2021", "spring-2022")
IN_2022_AND_2023 = ("autumn-2022", "spring-2023", "autumn-2023", "spring-2024")
CAPPED = ("autumn-2024", "spring-2025")

# A: any eligible type. L: only if listed. E: either list. -: not offered.
TERMS_OF_TABLE = (*IN_2021, *IN_2022_AND_2023, *CAPPED, "autumn-2025")
TABLE = {
    H: "AAAAAAAAA",
    SENCO: "------AAA",
    LPM: "----AAAAL",
    SL: "AAAAAALLL",
    LT: "AAAAAALLL",
    LTD: "AAAAAALLL",
    LBC: "AAAAAALLL",
    LL: "--AAAALLL",
    EL: "AAAAAALLL",
    EYL: "--AAAAEEL",
}
CELLS = [(term, npq, row[at]) for npq, row in TABLE.items() for at, term in enumerate(TERMS_OF_TABLE)]


@pytest.mark.parametrize(("term", "npq", "rule"), CELLS)
def test_the_table_for_schools(term, npq, rule):
    off, early = {
        "A": ("funded", "funded"),
        "L": (REFUSED + NOT_A_PP50, REFUSED + NOT_A_PP50),
        "E": (REFUSED + "not_entitled_ey_institution", "funded"),
        "-": (REFUSED + "npq_not_offered", REFUSED + "npq_not_offered"),
    }[rule]
    listed = REFUSED + "npq_not_offered" if rule == "-" else "funded"
    for setting in ("school", "academy_trust"):
        assert answer(facts(term, npq, setting=setting, establishment=school())) == off
        assert answer(facts(term, npq, setting=setting, establishment=school(PP50))) == listed
        assert answer(facts(term, npq, setting=setting, establishment=school(PP50_16_TO_19))) == off
        assert answer(facts(term, npq, setting=setting, establishment=school(DISADVANTAGED))) == early
    assert answer(facts(term, npq, setting="16_to_19", establishment=college(PP50_16_TO_19))) == listed
    assert answer(facts(term, npq, setting="16_to_19", establishment=college(PP50))) == off


@pytest.mark.parametrize(("term", "npq", "rule"), CELLS)
def test_types_and_rise(term, npq, rule):
    if rule == "-":
        expected = with_rise = REFUSED + "npq_not_offered"
    else:
        expected = REFUSED + TYPE
        with_rise = "funded" if term == "autumn-2025" else expected
    assert answer(facts(term, npq, establishment=school(PP50, type_code="11"))) == expected
    assert answer(facts(term, npq, establishment=school(RISE, type_code="11"))) == with_rise
    if rule != "-":
        assert answer(facts(term, npq, establishment=authority())) == REFUSED + TYPE


@pytest.mark.parametrize("npq", [*ALL_TEN, EHCO])
def test_spring_2026_funds_nothing(npq):
    best = school(RISE, PP50, type_code="15")
    given = facts("spring-2026", npq, establishment=best, new_headteacher=True, works_in_england=False)
    assert answer(given) == REFUSED + "unfunded_cohort"


@pytest.mark.parametrize("npq", sorted(SUITE_2021))
def test_autumn_2021_first(npq):
    open_to_all = npq == LTD
    refused = "funded" if open_to_all else REFUSED + NOT_A_PP50
    assert answer(facts(FIRST, npq, establishment=school(HIGH_2021))) == "funded"
    assert answer(facts(FIRST, npq, establishment=school(PP50))) == refused
    for_head = "funded" if npq == H else refused
    assert answer(facts(FIRST, npq, establishment=school(), new_headteacher=True)) == for_head
    unknown = "incomplete: new_headteacher" if npq == H else refused
    assert answer(facts(FIRST, npq, establishment=school(), new_headteacher=None)) == unknown
    assert answer(facts(FIRST, npq, establishment=school(HIGH_2021, type_code="11"))) == REFUSED + TYPE


@pytest.mark.parametrize("term", [FIRST, *IN_2021])
def test_2021_coaches_heads_in_their_first_24_months_under_the_old_name(term):
    assert answer(facts(term, ASO, new_headteacher=True, setting="other")) == "funded"
    assert answer(facts(term, ASO)) == REFUSED + "not_new_headteacher_requesting_ehco"
    assert answer(facts(term, EHCO, new_headteacher=True)) == REFUSED + "npq_not_offered"


@pytest.mark.parametrize("term", [*IN_2022_AND_2023, *CAPPED, "autumn-2025"])
def test_later_terms_coach_new_heads(term):
    assert answer(facts(term, EHCO, new_headteacher=True, setting="other")) == "funded"
    assert answer(facts(term, EHCO)) == REFUSED + "not_new_headteacher_requesting_ehco"
    assert answer(facts(term, ASO, new_headteacher=True)) == REFUSED + "npq_not_offered"


@pytest.mark.parametrize("term", [FIRST, *IN_2021])
def test_independent_special_schools_come_in_autumn_2022(term):
    special = school(HIGH_2021, type_code="10")
    assert answer(facts(term, LTD, establishment=special)) == REFUSED + TYPE
    assert answer(facts("autumn-2022", LTD, establishment=special)) == "funded"


FOUR = (
    "hospital_school",
    "young_offender_institution",
    "local_authority_virtual_school",
    "local_authority_supply_teacher",
)


@pytest.mark.parametrize("employment", FOUR)
def test_the_four_employments_term_by_term(employment):
    inside = employment in FOUR[:2]
    for term in (FIRST, *IN_2021):
        assert answer(employed(term, H, employment)) == REFUSED + TYPE
    for term in IN_2022_AND_2023:
        assert answer(employed(term, EL, employment)) == "funded"
    reviewed = "review: subject_to_review"
    for npq in (H, LPM, SENCO):
        assert answer(employed("autumn-2024", npq, employment)) == ("funded" if inside else reviewed)
        assert answer(employed("spring-2025", npq, employment)) == reviewed
    assert answer(employed("autumn-2024", SL, employment)) == REFUSED + TYPE
    for npq in (H, SENCO):
        assert answer(employed("autumn-2025", npq, employment)) == reviewed
    for npq in (LPM, SL):
        assert answer(employed("autumn-2025", npq, employment)) == REFUSED + TYPE


def test_hospital_staff_were_funded_until_2_april_2025():
    def on(day, employment="hospital_school"):
        return answer(employed("spring-2025", H, employment, decided_on=day))

    assert on(date(2025, 4, 1)) == "funded"
    assert on(date(2025, 4, 2)) == "review: subject_to_review"
    assert on(None) == "review: subject_to_review"
    assert on(date(2025, 4, 1), "local_authority_virtual_school") == "review: subject_to_review"


@pytest.mark.parametrize("term", TERMS_OF_TABLE)
def test_lead_mentors_come_in_spring_2023(term):
    mentor = "lead_mentor_for_accredited_itt_provider"
    funded = term not in (*IN_2021, "autumn-2022")
    assert answer(employed(term, LTD, mentor, itt_provider_approved=True)) == (
        "funded" if funded else REFUSED + TYPE
    )
    assert answer(employed(term, H, mentor, itt_provider_approved=True)) == (
        REFUSED + ("not_lead_mentor_course" if funded else TYPE)
    )
    assert answer(employed(term, LTD, mentor, itt_provider_approved=False)) == REFUSED + TYPE


@pytest.mark.parametrize("term", [FIRST, *TERMS_OF_TABLE])
def test_an_adviser_means_a_review(term):
    referred = facts(term, H, setting="other", referred_by_return_to_teaching_adviser=True)
    assert answer(referred) == "review: referred_by_return_to_teaching_adviser"
    assert answer(facts(term, H, setting="other")) == REFUSED + TYPE


MAINTAINED = ("local_authority_maintained_nursery", "preschool_class_as_part_of_school")
PRIVATE = ("private_nursery", "another_early_years_setting", "childminder")


@pytest.mark.parametrize("term", IN_2022_AND_2023)
def test_early_years_leadership_from_the_register(term):
    for kind in MAINTAINED:
        assert answer(early_years(term, EYL, kind)) == "funded"
    for kind in PRIVATE:
        assert answer(early_years(term, EYL, kind, childcare())) == "funded"
        # A school's URN is not Ofsted's.
        for workplace in (None, childcare(urn=None), school(CHILDMINDERS)):
            assert answer(early_years(term, EYL, kind, workplace)) == REFUSED + "not_on_early_years_register"
    assert (
        answer(early_years(term, LT, "private_nursery", childcare())) == REFUSED + "early_years_invalid_npq"
    )


@pytest.mark.parametrize("term", [FIRST, *IN_2021, *IN_2022_AND_2023])
def test_where_the_text_does_not_settle_a_state_school_people_decide(term):
    review = "review: subject_to_review"
    for kind in MAINTAINED:
        assert answer(early_years(term, LT, kind, nursery())) == review
        assert answer(early_years(term, H, kind, school())) == review
        assert answer(early_years(term, H, kind, nursery())) == (review if term == FIRST else "funded")
    assert answer(early_years(term, H, "private_nursery", childcare())) == REFUSED + "early_years_invalid_npq"
    assert answer(early_years(term, H, MAINTAINED[0], school(type_code="11"))) == (
        REFUSED + "early_years_invalid_npq"
    )


@pytest.mark.parametrize("term", [*CAPPED, "autumn-2025"])
def test_early_years_leadership_from_the_lists(term):
    for kind in (*MAINTAINED, *PRIVATE[:2]):
        workplace = school if kind in MAINTAINED else childcare
        assert answer(early_years(term, EYL, kind, workplace(DISADVANTAGED))) == "funded"
        for unlisted in (None, workplace(), workplace(PP50, CHILDMINDERS)):
            assert answer(early_years(term, EYL, kind, unlisted)) == REFUSED + "not_entitled_ey_institution"
    assert answer(early_years(term, EYL, "childminder", childcare(CHILDMINDERS))) == "funded"
    for unlisted in (None, childcare(), childcare(DISADVANTAGED)):
        assert answer(early_years(term, EYL, "childminder", unlisted)) == REFUSED + "not_entitled_childminder"
    assert answer(early_years(term, H, "private_nursery", childcare(DISADVANTAGED))) == (
        REFUSED + "early_years_invalid_npq"
    )


@pytest.mark.parametrize("npq", ALL_TEN)
def test_nursery_schools_term_by_term(npq):
    def at(term, *lists):
        return answer(early_years(term, npq, "local_authority_maintained_nursery", nursery(*lists)))

    invalid = REFUSED + "early_years_invalid_npq"
    if npq == EYL:
        assert at("autumn-2024", NURSERIES) == REFUSED + "not_entitled_ey_institution"
        assert at("spring-2025") == REFUSED + "not_entitled_ey_institution"
    else:
        in_2024 = "funded" if npq in (H, LPM, SENCO) else invalid
        assert at("autumn-2024", NURSERIES) == in_2024
        assert at("spring-2025") == in_2024
    assert at("spring-2025", NURSERIES) == "funded"
    if npq in (H, SENCO, EYL):
        assert at("autumn-2025", NURSERIES) == "funded"
        assert at("autumn-2025", DISADVANTAGED) == REFUSED + TYPE
    else:
        assert at("autumn-2025", NURSERIES, DISADVANTAGED) == invalid


def test_spring_2025_a_listed_nursery_has_every_npq_from_a_school_setting_too():
    assert answer(facts("spring-2025", LT, establishment=nursery(NURSERIES))) == "funded"
    assert answer(facts("autumn-2024", LT, establishment=nursery(NURSERIES))) == REFUSED + NOT_A_PP50


def test_spring_2025_stays_open_to_all_for_three():
    """Not only the seven that need a list, as one union's page had it."""
    open_to_all = {
        npq for npq in ALL_TEN if answer(facts("spring-2025", npq, establishment=school())) == "funded"
    }
    assert open_to_all == {H, LPM, SENCO}
