"""The answers that can be chosen, in the words of both the funding check and the registration. Pure."""

from funding.rules.entry import Mastery
from funding.rules.vocabulary import EarlyYearsKind, Employment, Npq, NpqhStatus, Setting
from funding.rules.words import NPQS
from npq_portal.options import Option

SETTINGS = (
    Option(Setting.SCHOOL, "A school", "Any school, including an academy or a free school"),
    Option(Setting.ACADEMY_TRUST, "An academy trust", "You work for the trust or across its schools"),
    Option(Setting.SIXTEEN_TO_NINETEEN, "A 16 to 19 setting", "For example a sixth-form college"),
    Option(Setting.EARLY_YEARS, "Early years or childcare", "For example a nursery or as a childminder"),
    Option(Setting.ANOTHER_SETTING, "Another setting", "For example a hospital school or a virtual school"),
    Option(Setting.OTHER, "None of these"),
)
EARLY_YEARS_KINDS = (
    Option(EarlyYearsKind.MAINTAINED_NURSERY, "A nursery school run by a local authority"),
    Option(EarlyYearsKind.PRESCHOOL_CLASS, "A nursery or pre-school class in a school"),
    Option(EarlyYearsKind.PRIVATE_NURSERY, "A private or voluntary nursery"),
    Option(EarlyYearsKind.CHILDMINDER, "I am a childminder"),
    Option(EarlyYearsKind.ANOTHER, "Another early years setting"),
)
EMPLOYMENTS = (
    Option(Employment.HOSPITAL_SCHOOL, "In a hospital school"),
    Option(
        Employment.LEAD_MENTOR, "As a lead mentor", "For an accredited provider of initial teacher training"
    ),
    Option(Employment.SUPPLY_TEACHER, "As a supply teacher employed by a local authority"),
    Option(Employment.VIRTUAL_SCHOOL, "In a local authority virtual school"),
    Option(Employment.YOUNG_OFFENDER_INSTITUTION, "In a young offender institution"),
    Option(Employment.OTHER, "In another way"),
)
HEADSHIP_NPQ = (
    Option(NpqhStatus.COMPLETED, "I have completed it"),
    Option(NpqhStatus.STUDYING, "I am studying for it now"),
    Option(NpqhStatus.WILL_START, "I have a place and will start it"),
    Option(NpqhStatus.NONE, "None of these"),
)
# How mastery is shown by someone who has not taken a year of the programme.
MASTERY_OTHERWISE = (
    Option(Mastery.SIMILAR_COURSE, "By a similar course"),
    Option(Mastery.ANOTHER_WAY, "In another way that I can explain to the provider"),
    Option(Mastery.CANNOT_SHOW, "I cannot show it yet"),
)
# Which NPQs were paid for by a scholarship before.
FUNDED_BEFORE = tuple(Option(npq, NPQS[npq]) for npq in Npq if npq is not Npq.ADDITIONAL_SUPPORT)
MASTERY = (Option(Mastery.PROGRAMME, "A year of the primary programme"), *MASTERY_OTHERWISE)
