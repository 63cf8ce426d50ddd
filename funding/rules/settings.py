"""Who is asked what in which setting. Pure.

Source: design, journeys ("The register's questions and branches"). The funding check and the registration both go
by it.
"""

from funding.rules.vocabulary import EarlyYearsKind, Employment, Setting

SCHOOL_SETTINGS = frozenset({Setting.SCHOOL, Setting.ACADEMY_TRUST, Setting.SIXTEEN_TO_NINETEEN})
# Kinds of early years setting whose staff work in a school, which GIAS numbers.
IN_A_SCHOOL = frozenset({EarlyYearsKind.MAINTAINED_NURSERY, EarlyYearsKind.PRESCHOOL_CLASS})


def names_a_school(setting: str | None, kind: str | None) -> bool:
    """Whether the workplace is looked for among schools and colleges."""
    return setting in SCHOOL_SETTINGS or (setting == Setting.EARLY_YEARS and kind in IN_A_SCHOOL)


def has_an_ofsted_number(setting: str | None, kind: str | None) -> bool:
    """Whether Ofsted registers the setting, and not GIAS."""
    return setting == Setting.EARLY_YEARS and kind is not None and kind not in IN_A_SCHOOL


def is_lead_mentor(setting: str | None, employment: str | None) -> bool:
    return setting == Setting.ANOTHER_SETTING and employment == Employment.LEAD_MENTOR
