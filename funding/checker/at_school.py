"""What a school or a college can be to somebody who works there."""

from dataclasses import replace

from funding.checker.situation import Situation
from funding.models import Establishment
from funding.rules import types
from funding.rules.settings import IN_A_SCHOOL, SCHOOL_SETTINGS
from funding.rules.vocabulary import EarlyYearsKind, Setting

# The settings that a school or a college can be looked up for, in the words of a sentence.
SETTINGS = {
    Setting.SCHOOL: "a school",
    Setting.ACADEMY_TRUST: "an academy trust",
    Setting.SIXTEEN_TO_NINETEEN: "a 16 to 19 setting",
    Setting.EARLY_YEARS: "early years",
}
TEACHES_EARLY_YEARS = frozenset({"Nursery", "Primary", "All-through", "Middle deemed primary"})


def situation_at(found: Establishment, said: Situation) -> Situation:
    """What was said, made to fit this workplace: a setting that it cannot be, or none, is the likely one."""
    situation = replace(said, workplace=found.reference)
    if situation.setting is Setting.EARLY_YEARS and situation.kind not in IN_A_SCHOOL:
        not_known = situation.not_known
        if situation.kind:
            not_known = (*not_known, f"the kind of early years setting “{situation.kind}” here")
        situation = replace(situation, kind=early_years_kind(found), not_known=not_known)
    elif situation.setting not in SETTINGS:
        asked = f"the setting “{situation.setting}” here"
        not_known = (*situation.not_known, asked) if situation.setting else situation.not_known
        situation = replace(situation, setting=likely_setting(found), not_known=not_known)
    return situation.tidy()


def likely_setting(found: Establishment) -> Setting:
    """What most people who work there would say. Without a URN only the 16 to 19 list can be looked up."""
    if not found.urn or found.type_code in types.TEACHES_16_TO_19:
        return Setting.SIXTEEN_TO_NINETEEN
    return Setting.SCHOOL


def early_years_kind(found: Establishment) -> EarlyYearsKind:
    nursery = found.type_code == types.NURSERY_SCHOOL
    return EarlyYearsKind.MAINTAINED_NURSERY if nursery else EarlyYearsKind.PRESCHOOL_CLASS


def other_settings(found: Establishment, situation: Situation) -> list[tuple[str, Situation]]:
    """(Words, situation) of the same workplace as another setting."""
    others = [
        setting for setting in SETTINGS if setting in SCHOOL_SETTINGS and setting is not situation.setting
    ]
    as_others = [(SETTINGS[setting], situation.but(setting=setting)) for setting in others]
    if found.urn and found.phase in TEACHES_EARLY_YEARS and situation.setting is not Setting.EARLY_YEARS:
        early = situation.but(setting=Setting.EARLY_YEARS, kind=early_years_kind(found))
        as_others.append(("its nursery or pre-school class", early))
    return as_others
