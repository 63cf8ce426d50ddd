"""The closed sets of values that facts and decisions are made of.

Source: design, funding rules, sections 1, 2, 6 and 7. Every value is the
register's own identifier, odd spellings included, so that files and staff who
know the register need no translation.
"""

from enum import StrEnum


class Term(StrEnum):
    """A start term, oldest first; its position here is its place in time."""

    AUTUMN_2021_FIRST = "autumn-2021-first"
    AUTUMN_2021 = "autumn-2021"
    SPRING_2022 = "spring-2022"
    AUTUMN_2022 = "autumn-2022"
    SPRING_2023 = "spring-2023"
    AUTUMN_2023 = "autumn-2023"
    SPRING_2024 = "spring-2024"
    AUTUMN_2024 = "autumn-2024"
    SPRING_2025 = "spring-2025"
    AUTUMN_2025 = "autumn-2025"
    SPRING_2026 = "spring-2026"
    AUTUMN_2026 = "autumn-2026"


class Npq(StrEnum):
    LEADING_TEACHER_DEVELOPMENT = "npq-leading-teaching-development"
    LEADING_TEACHING = "npq-leading-teaching"
    LEADING_BEHAVIOUR_CULTURE = "npq-leading-behaviour-culture"
    LEADING_LITERACY = "npq-leading-literacy"
    LEADING_PRIMARY_MATHEMATICS = "npq-leading-primary-mathematics"
    SENIOR_LEADERSHIP = "npq-senior-leadership"
    HEADSHIP = "npq-headship"
    EXECUTIVE_LEADERSHIP = "npq-executive-leadership"
    EARLY_YEARS_LEADERSHIP = "npq-early-years-leadership"
    SENCO = "npq-senco"
    EARLY_HEADSHIP_COACHING = "npq-early-headship-coaching-offer"
    ADDITIONAL_SUPPORT = "npq-additional-support-offer"


# The 2021 additional support offer became the early headship coaching offer:
# one offer under two names, so having had either counts as having had both.
COACHING = frozenset({Npq.EARLY_HEADSHIP_COACHING, Npq.ADDITIONAL_SUPPORT})


class Setting(StrEnum):
    SCHOOL = "school"
    ACADEMY_TRUST = "academy_trust"
    SIXTEEN_TO_NINETEEN = "16_to_19"
    EARLY_YEARS = "early_years"
    ANOTHER_SETTING = "another_setting"
    OTHER = "other"


class EarlyYearsKind(StrEnum):
    MAINTAINED_NURSERY = "local_authority_maintained_nursery"
    PRESCHOOL_CLASS = "preschool_class_as_part_of_school"
    PRIVATE_NURSERY = "private_nursery"
    CHILDMINDER = "childminder"
    ANOTHER = "another_early_years_setting"


class Employment(StrEnum):
    HOSPITAL_SCHOOL = "hospital_school"
    YOUNG_OFFENDER_INSTITUTION = "young_offender_institution"
    VIRTUAL_SCHOOL = "local_authority_virtual_school"
    SUPPLY_TEACHER = "local_authority_supply_teacher"
    LEAD_MENTOR = "lead_mentor_for_accredited_itt_provider"
    OTHER = "other"


class NpqhStatus(StrEnum):
    COMPLETED = "completed"
    STUDYING = "studying"
    WILL_START = "will_start"
    NONE = "none"


class EstablishmentKind(StrEnum):
    SCHOOL = "school"
    CHILDCARE = "childcare"
    LOCAL_AUTHORITY = "local_authority"
    POST16 = "post16"


class ListKind(StrEnum):
    """The published lists, each with the number it looks establishments up by."""

    PP50_SCHOOLS = "pp50-schools"  # URN
    PP50_16_TO_19 = "pp50-16-to-19"  # UKPRN
    RISE = "rise"  # URN
    CHILDMINDERS = "childminders"  # Ofsted URN
    DISADVANTAGED_EARLY_YEARS = "disadvantaged-early-years"  # Ofsted URN, else school URN
    LOCAL_AUTHORITY_NURSERIES = "local-authority-nurseries"  # URN
    HIGH_PUPIL_PREMIUM_2021 = "high-pupil-premium-2021"  # URN


class Outcome(StrEnum):
    FUNDED = "funded"
    NOT_FUNDED = "not_funded"
    REVIEW = "review"
    INCOMPLETE = "incomplete"


class Reason(StrEnum):
    """The register's reason codes; `incomplete` alone is the portal's own."""

    FUNDED = "funded"
    UNFUNDED_COHORT = "unfunded_cohort"
    NPQ_NOT_OFFERED = "npq_not_offered"
    NOT_IN_ENGLAND = "not_in_england"
    PREVIOUSLY_FUNDED = "previously_funded"
    NOT_NEW_HEADTEACHER = "not_new_headteacher_requesting_ehco"
    NOT_ENTITLED_CHILDMINDER = "not_entitled_childminder"
    NOT_ENTITLED_EARLY_YEARS = "not_entitled_ey_institution"
    NOT_ON_EARLY_YEARS_REGISTER = "not_on_early_years_register"
    EARLY_YEARS_OTHER_NPQ = "early_years_invalid_npq"
    INELIGIBLE_TYPE = "ineligible_establishment_type"
    NOT_ON_LIST = "ineligible_establishment_not_a_pp50"
    NOT_LEAD_MENTOR_COURSE = "not_lead_mentor_course"
    SUBJECT_TO_REVIEW = "subject_to_review"
    REFERRED_BY_ADVISER = "referred_by_return_to_teaching_adviser"
    INCOMPLETE = "incomplete"
    # Set only by staff, on the record; no rule ever gives these two.
    MARKED_FUNDED = "marked_funded_by_policy"
    MARKED_INELIGIBLE = "marked_ineligible_by_policy"


class Need(StrEnum):
    """The fact an incomplete decision still waits for."""

    WORKS_IN_ENGLAND = "works_in_england"
    SETTING = "setting"
    ESTABLISHMENT = "establishment"
    EARLY_YEARS_KIND = "early_years_kind"
    EMPLOYMENT = "employment"
    ITT_PROVIDER_APPROVED = "itt_provider_approved"
    REFERRED_BY_ADVISER = "referred_by_return_to_teaching_adviser"
    NEW_HEADTEACHER = "new_headteacher"
    NPQH_STATUS = "npqh_status"
