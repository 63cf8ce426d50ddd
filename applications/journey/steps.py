"""Every question of the registration, in order, as data.

The order and branches are the register's (design, journeys: "The register's questions and branches"); the
words are the portal's own. Pure.
"""

from applications.journey import conditions
from applications.journey.birth import BIRTH
from applications.journey.funding_step import FUNDING
from applications.journey.shape import NONE_OF_THEM, Ask, Kind, Source, Step
from funding.checker.options import (
    EARLY_YEARS_KINDS,
    EMPLOYMENTS,
    FUNDED_BEFORE,
    HEADSHIP_NPQ,
    MASTERY_OTHERWISE,
    SETTINGS,
)
from npq_portal.options import YES_NO, Option
from npq_portal.text import A_NAME, NO_NAME, NOT_A_NAME

STEPS: tuple[Step, ...] = (
    Step(
        slug="term",
        question="When do you want to start?",
        summary="Start",
        asks=(Ask("term", Kind.RADIOS, missing="Choose when you want to start", options=Source.TERMS),),
        hint="Funding and places are decided for one term at a time.",
    ),
    Step(
        slug="england",
        question="Do you work in England?",
        summary="Works in England",
        asks=(Ask("england", Kind.RADIOS, missing="Choose yes if you work in England", options=YES_NO),),
        hint="Scholarship funding is only for people who work in England.",
    ),
    Step(
        slug="setting",
        question="What kind of setting do you work in?",
        summary="Setting",
        applies=conditions.in_england,
        asks=(
            Ask(
                "setting",
                Kind.RADIOS,
                missing="Choose the kind of setting you work in",
                options=SETTINGS,
            ),
        ),
    ),
    Step(
        slug="childcare-kind",
        question="What kind of early years setting is it?",
        summary="Early years setting",
        applies=conditions.in_early_years,
        asks=(
            Ask(
                "childcare_kind",
                Kind.RADIOS,
                missing="Choose the kind of early years setting you work in",
                options=EARLY_YEARS_KINDS,
            ),
        ),
    ),
    Step(
        slug="ofsted",
        question="Does your setting have an Ofsted number?",
        summary="Ofsted number",
        applies=conditions.registered_with_ofsted,
        asks=(
            Ask(
                "has_number",
                Kind.RADIOS,
                missing="Choose yes if your setting has an Ofsted number",
                options=YES_NO,
            ),
            Ask(
                "ofsted",
                Kind.TEXT,
                label="Ofsted unique reference number (URN)",
                hint="On your Ofsted registration certificate and reports. For example EY101465.",
                missing="Enter your setting's Ofsted number",
                shown_under=("has_number", "yes"),
                pattern=r"[A-Za-z]{0,4}[0-9]{5,8}",
                mismatch="Enter an Ofsted number like EY101465: its letters, if it has any, then 5 to 8 digits",
                squeeze=True,
            ),
        ),
    ),
    Step(
        slug="workplace",
        question="Where do you work?",
        summary="Workplace",
        applies=conditions.has_a_workplace,
        asks=(
            Ask(
                "workplace", Kind.WORKPLACE, missing="Search for where you work, then choose it from the list"
            ),
        ),
    ),
    Step(
        slug="employment",
        question="How are you employed?",
        summary="Employment",
        applies=conditions.in_another_setting,
        asks=(
            Ask(
                "employment",
                Kind.RADIOS,
                missing="Choose how you are employed",
                options=EMPLOYMENTS,
            ),
        ),
    ),
    Step(
        slug="employer",
        question="Who employs you?",
        summary="Employer",
        applies=conditions.has_an_employer,
        asks=(
            Ask(
                "employer",
                Kind.TEXT,
                missing="Enter the name of your employer",
                label="Name of your employer",
                autocomplete="organization",
            ),
            Ask(
                "role",
                Kind.TEXT,
                missing="Enter your role",
                label="Your role",
                hint="For example head of education",
                autocomplete="organization-title",
            ),
        ),
        hint="If your funding needs a review, the people who review it read this.",
    ),
    Step(
        slug="itt-provider",
        question="Which training provider are you a lead mentor for?",
        summary="Training provider",
        applies=conditions.is_lead_mentor,
        asks=(
            Ask(
                "itt_provider",
                Kind.SELECT,
                missing="Choose your training provider, or say that it is not in the list",
                label="Provider of initial teacher training",
                options=Source.ITT_PROVIDERS,
            ),
        ),
    ),
    Step(
        slug="adviser",
        question="Did a Return to Teaching adviser refer you?",
        summary="Referred by an adviser",
        applies=conditions.in_other,
        asks=(Ask("adviser", Kind.RADIOS, missing="Choose yes if an adviser referred you", options=YES_NO),),
    ),
    Step(
        slug="npq",
        question="Which NPQ do you want to take?",
        summary="NPQ",
        asks=(Ask("npq", Kind.RADIOS, missing="Choose the NPQ you want to take", options=Source.NPQS),),
        hint="These are the NPQs that at least one lead provider offers in the term you chose.",
    ),
    Step(
        slug="npqh",
        question="Have you taken the NPQ in Headship?",
        summary="NPQ in Headship",
        applies=conditions.takes_coaching,
        stops=conditions.no_headship_npq,
        asks=(
            Ask(
                "npqh",
                Kind.RADIOS,
                missing="Choose where you are with the NPQ in Headship",
                options=HEADSHIP_NPQ,
            ),
        ),
    ),
    Step(
        slug="new-head",
        question="Are you in your first 5 years as a headteacher?",
        summary="New headteacher",
        applies=conditions.takes_coaching,
        asks=(
            Ask(
                "new_head",
                Kind.RADIOS,
                missing="Choose yes if you are in your first 5 years as a headteacher",
                options=(
                    Option("yes", "Yes"),
                    Option("longer", "No, I have been a headteacher for more than 5 years"),
                    Option("no", "No, I am not a headteacher"),
                ),
            ),
        ),
    ),
    Step(
        slug="mastery",
        question="Have you taken a year of the primary teaching for mastery programme?",
        summary="Teaching for mastery",
        applies=conditions.takes_maths,
        asks=(
            Ask(
                "mastery",
                Kind.RADIOS,
                missing="Choose yes if you have taken a year of the programme",
                options=YES_NO,
            ),
        ),
        hint="You need to show that you understand mastery before you start this NPQ.",
    ),
    Step(
        slug="mastery-shown",
        question="How else can you show that you understand mastery?",
        summary="Mastery shown by",
        applies=conditions.mastery_not_taught,
        stops=conditions.cannot_show_mastery,
        asks=(
            Ask(
                "mastery_shown",
                Kind.RADIOS,
                missing="Choose how you can show that you understand mastery",
                options=MASTERY_OTHERWISE,
            ),
        ),
    ),
    Step(
        slug="senco",
        question="Are you a special educational needs co-ordinator (SENCO)?",
        summary="SENCO",
        applies=conditions.takes_senco,
        wrong=conditions.not_an_appointment,
        asks=(
            Ask(
                "senco",
                Kind.RADIOS,
                missing="Choose whether you are a SENCO",
                options=(
                    Option("yes", "Yes, I am in the role"),
                    Option("planned", "No, but I plan to become one"),
                    Option("no", "No"),
                ),
            ),
            Ask(
                "since",
                Kind.TEXT,
                label="Since when?",
                hint="Month and year, for example 9/2024.",
                missing="Enter the month and year in which you became a SENCO",
                shown_under=("senco", "yes"),
                pattern=r"(0?[1-9]|1[0-2])/(19|20)[0-9]{2}",
                mismatch="Enter a month and a year, for example 9/2024",
                squeeze=True,
            ),
        ),
        hint=(
            "In a mainstream school, a SENCO appointed from 1 September 2024 must complete this NPQ within "
            "3 years of taking the role."
        ),
    ),
    Step(
        slug="had",
        question="Which NPQs have you had scholarship funding for?",
        summary="Funded before",
        applies=conditions.in_england,
        wrong=conditions.some_and_none,
        asks=(
            Ask(
                "had",
                Kind.CHECKBOXES,
                missing="Choose the NPQs that you had funding for, or “None of them”",
                options=(*FUNDED_BEFORE, Option(NONE_OF_THEM, "None of them")),
            ),
        ),
        hint="Each is funded once, also one that you withdrew from or did not pass.",
    ),
    FUNDING,
    Step(
        slug="who-pays",
        question="Who will pay for the NPQ?",
        summary="Who pays",
        applies=conditions.is_not_funded,
        asks=(
            Ask("who_pays", Kind.RADIOS, missing="Choose who will pay for the NPQ", options=Source.PAYERS),
        ),
        hint="You can still take this NPQ without scholarship funding. Nothing is charged here.",
    ),
    Step(
        slug="provider",
        question="Which lead provider do you want to study with?",
        summary="Lead provider",
        asks=(Ask("provider", Kind.RADIOS, missing="Choose a lead provider", options=Source.PROVIDERS),),
        hint="All of them teach the same framework. They differ in where and when they teach.",
    ),
    Step(
        slug="course",
        question="Which course do you want to join?",
        summary="Course",
        needs_options=True,
        asks=(
            Ask(
                "course",
                Kind.RADIOS,
                missing="Choose a course, or say that you do not know yet",
                options=Source.COURSES,
            ),
        ),
        hint="You can change it until the provider has decided. The provider gives the places.",
    ),
    Step(
        slug="name",
        question="What is your full name?",
        summary="Full name",
        asks=(
            Ask(
                "name",
                Kind.TEXT,
                missing=NO_NAME,
                autocomplete="name",
                pattern=A_NAME,
                mismatch=NOT_A_NAME,
            ),
        ),
        hint="As it is on your teaching record, if you have one.",
    ),
    BIRTH,
    Step(
        slug="trn",
        question="Do you have a teacher reference number (TRN)?",
        summary="Teacher reference number",
        asks=(
            Ask(
                "has_trn",
                Kind.RADIOS,
                missing="Choose yes if you have a teacher reference number",
                options=(
                    Option("yes", "Yes"),
                    Option(
                        "no", "No, I do not have one", "You can register without one and ask for one later"
                    ),
                ),
            ),
            Ask(
                "trn",
                Kind.TEXT,
                label="Teacher reference number",
                hint="7 digits. It is on your payslip and your teacher pension documents.",
                missing="Enter your teacher reference number",
                shown_under=("has_trn", "yes"),
                pattern=r"(?!0000000)[0-9]{7}",
                mismatch="Enter 7 digits, for example 1234567",
                squeeze=True,
            ),
        ),
    ),
    Step(
        slug="consent",
        question="Sharing your answers",
        summary="Agreed to share",
        asks=(
            Ask(
                "consent",
                Kind.CHECKBOX,
                missing="Tick the box to agree: without it your provider cannot hear of you",
                label="I agree that my lead provider and the staff who run this portal read my answers",
            ),
        ),
        hint="Your lead provider needs them to decide. Portal staff need them where funding has to be reviewed.",
    ),
)

BY_SLUG: dict[str, Step] = {step.slug: step for step in STEPS}
