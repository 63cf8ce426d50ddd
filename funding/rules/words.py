"""The words a teacher reads: a title and one sentence for every reason code.

Source of the codes: design, funding rules, section 2. The sentence says what
the code means for the reader; the trace beside it says which fact decided.
"""

from collections.abc import Mapping
from typing import NamedTuple

from funding.rules.vocabulary import Employment, ListKind, Need, Npq, Outcome, Reason, Setting, Term

TERMS: Mapping[Term, str] = {term: term.replace("-", " ").capitalize() for term in Term} | {
    Term.AUTUMN_2021_FIRST: "Autumn 2021 (to 11 October 2021)",
    Term.AUTUMN_2021: "Autumn 2021 (from 12 October 2021)",
}

NPQS: Mapping[Npq, str] = {
    Npq.LEADING_TEACHER_DEVELOPMENT: "Leading teacher development",
    Npq.LEADING_TEACHING: "Leading teaching",
    Npq.LEADING_BEHAVIOUR_CULTURE: "Leading behaviour and culture",
    Npq.LEADING_LITERACY: "Leading literacy",
    Npq.LEADING_PRIMARY_MATHEMATICS: "Leading primary mathematics",
    Npq.SENIOR_LEADERSHIP: "Senior leadership",
    Npq.HEADSHIP: "Headship",
    Npq.EXECUTIVE_LEADERSHIP: "Executive leadership",
    Npq.EARLY_YEARS_LEADERSHIP: "Early years leadership",
    Npq.SENCO: "Special educational needs co-ordinator (SENCO)",
    Npq.EARLY_HEADSHIP_COACHING: "The early headship coaching offer",
    Npq.ADDITIONAL_SUPPORT: "The additional support offer for new headteachers",
}

SETTINGS: Mapping[Setting, str] = {
    Setting.SCHOOL: "a school",
    Setting.ACADEMY_TRUST: "an academy trust",
    Setting.SIXTEEN_TO_NINETEEN: "a 16 to 19 setting",
    Setting.EARLY_YEARS: "early years or childcare",
    Setting.ANOTHER_SETTING: "another setting",
    Setting.OTHER: "other",
}

EMPLOYMENTS: Mapping[Employment, str] = {
    Employment.HOSPITAL_SCHOOL: "a hospital school",
    Employment.YOUNG_OFFENDER_INSTITUTION: "a young offender institution",
    Employment.VIRTUAL_SCHOOL: "a local authority virtual school",
    Employment.SUPPLY_TEACHER: "a local authority, as a supply teacher",
    Employment.LEAD_MENTOR: "an accredited initial teacher training provider, as a lead mentor",
    Employment.OTHER: "another employer",
}

LISTS: Mapping[ListKind, str] = {
    ListKind.PP50_SCHOOLS: "the pupil premium list (the half of schools with most disadvantaged pupils)",
    ListKind.PP50_16_TO_19: "the disadvantage list of 16 to 19 organisations",
    ListKind.RISE: "the RISE list (regional improvement for standards and excellence)",
    ListKind.CHILDMINDERS: "the list of funded childminders",
    ListKind.DISADVANTAGED_EARLY_YEARS: "the list of early years settings in disadvantaged areas",
    ListKind.LOCAL_AUTHORITY_NURSERIES: "the list of disadvantaged local authority nursery schools",
    ListKind.HIGH_PUPIL_PREMIUM_2021: "the 2021 list of schools in the top 30% by pupil premium",
}


class Words(NamedTuple):
    title: str
    sentence: str


# The titles are as short as on a tag; templates/components/outcome.html draws a shape beside each.
OUTCOMES: Mapping[Outcome, Words] = {
    Outcome.FUNDED: Words("Funded", "You are eligible for scholarship funding."),
    Outcome.NOT_FUNDED: Words("Not funded", "You are not eligible for scholarship funding."),
    Outcome.REVIEW: Words(
        "Needs review", "Whether you are eligible for scholarship funding needed a review."
    ),
    Outcome.INCOMPLETE: Words(
        "One more answer needed", "Whether you are eligible for scholarship funding was not decided."
    ),
}

REASONS: Mapping[Reason, Words] = {
    Reason.FUNDED: Words(
        "Scholarship funding is available",
        "You are eligible for scholarship funding; your lead provider decides who gets a funded place.",
    ),
    Reason.UNFUNDED_COHORT: Words(
        "No scholarships this term",
        "There is no scholarship funding for any NPQ that starts in this term.",
    ),
    Reason.NPQ_NOT_OFFERED: Words(
        "Not offered this term",
        "This NPQ is not offered in this term, so there is nothing to fund.",
    ),
    Reason.NOT_IN_ENGLAND: Words(
        "Outside England",
        "Scholarship funding is only for people who work in England.",
    ),
    Reason.PREVIOUSLY_FUNDED: Words(
        "You have had funding for this NPQ",
        "You can have scholarship funding once for each NPQ, and you have already had it for this one.",
    ),
    Reason.NOT_NEW_HEADTEACHER: Words(
        "Only for new headteachers",
        "This offer is funded only for headteachers who are new to headship.",
    ),
    Reason.NOT_ENTITLED_CHILDMINDER: Words(
        "Childminder not on the list",
        "Childminders are funded only when their Ofsted registration is on the list of funded childminders.",
    ),
    Reason.NOT_ENTITLED_EARLY_YEARS: Words(
        "Early years setting not on the list",
        "Early years leadership is funded this term only for listed workplaces, and yours is not listed.",
    ),
    Reason.NOT_ON_EARLY_YEARS_REGISTER: Words(
        "Not on the Early Years Register",
        "Your setting had to be on Ofsted's Early Years Register, and no Ofsted number is given for it.",
    ),
    Reason.EARLY_YEARS_OTHER_NPQ: Words(
        "Not funded from early years",
        "This NPQ is not funded from your kind of early years setting; Early years leadership may be.",
    ),
    Reason.INELIGIBLE_TYPE: Words(
        "Workplace not covered",
        "Scholarship funding for this NPQ does not cover your kind of workplace.",
    ),
    Reason.NOT_ON_LIST: Words(
        "Workplace not on the list",
        "This NPQ is funded only for workplaces on a list, and yours is not on it.",
    ),
    Reason.NOT_LEAD_MENTOR_COURSE: Words(
        "Lead mentors: one NPQ only",
        "Lead mentors are funded for one NPQ only, Leading teacher development.",
    ),
    Reason.SUBJECT_TO_REVIEW: Words(
        "Needs a review",
        "The rules leave your case to a person: when you have registered, this portal's staff review it.",
    ),
    Reason.REFERRED_BY_ADVISER: Words(
        "Needs a review",
        "A Return to Teaching adviser referred you: when you have registered, this portal's staff review it.",
    ),
    Reason.INCOMPLETE: Words(
        "One more question",
        "We need one more answer from you before we can say whether you are funded.",
    ),
    Reason.MARKED_FUNDED: Words(
        "Scholarship funding is available",
        "This portal's staff looked at your case and decided that you are eligible for scholarship funding.",
    ),
    Reason.MARKED_INELIGIBLE: Words(
        "Not funded after a review",
        "This portal's staff looked at your case and decided that you are not eligible for scholarship funding.",
    ),
}

NEEDS: Mapping[Need, str] = {
    Need.WORKS_IN_ENGLAND: "Say whether you work in England.",
    Need.SETTING: "Say what kind of setting you work in.",
    Need.ESTABLISHMENT: "Choose the school or organisation where you work.",
    Need.EARLY_YEARS_KIND: "Say what kind of early years setting you work in.",
    Need.EMPLOYMENT: "Say how you are employed.",
    Need.ITT_PROVIDER_APPROVED: "Choose the initial teacher training provider you are a lead mentor for.",
    Need.REFERRED_BY_ADVISER: "Say whether a Return to Teaching adviser referred you.",
    Need.NEW_HEADTEACHER: "Say whether you are a headteacher who is new to headship.",
    Need.NPQH_STATUS: "Complete, be studying or be about to start the NPQ for headship first.",
}


def explain(reason: Reason | str, needs: Need | str | None = None) -> Words:
    """The title and the one sentence for a reason code; for `incomplete`, the question to answer.

    Takes stored codes as plain text too. Raises ValueError on a code nobody ever gave.
    """
    words = REASONS[Reason(reason)]
    return words if needs is None else Words(words.title, NEEDS[Need(needs)])
