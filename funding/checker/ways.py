"""Shortcuts into the check for whoever works in no school or college: what a link says, and what is said by it."""

import re
from dataclasses import dataclass

from funding.checker.situation import Situation
from funding.rules.vocabulary import EarlyYearsKind, Employment, Setting


def _employed(employment: Employment, authority: str = "") -> Situation:
    return Situation(setting=Setting.ANOTHER_SETTING, employment=employment, authority=authority)


@dataclass(frozen=True, slots=True)
class Way:
    """A link into the check: its words, what is said by it, and what people type who mean it."""

    words: str
    situation: Situation
    typed: tuple[str, ...] = ()


ELSEWHERE: tuple[Way, ...] = (
    Way(
        "Private or voluntary nursery",
        Situation(setting=Setting.EARLY_YEARS, kind=EarlyYearsKind.PRIVATE_NURSERY),
        ("private nursery", "day nursery", "playgroup"),
    ),
    Way(
        "Childminder",
        Situation(setting=Setting.EARLY_YEARS, kind=EarlyYearsKind.CHILDMINDER),
        ("childminder", "childminding", "child minder"),
    ),
    Way(
        "Other early years or childcare", Situation(setting=Setting.EARLY_YEARS), ("early years", "childcare")
    ),
    Way("Academy trust", Situation(setting=Setting.ACADEMY_TRUST), ("trust", "federation", "multi academy")),
    Way("Hospital school", _employed(Employment.HOSPITAL_SCHOOL), ("hospital",)),
    Way(
        "Young offender institution",
        _employed(Employment.YOUNG_OFFENDER_INSTITUTION),
        ("young offender", "yoi", "prison"),
    ),
    Way("Virtual school", _employed(Employment.VIRTUAL_SCHOOL), ("virtual school",)),
    Way(
        "Supply teacher of a local authority",
        _employed(Employment.SUPPLY_TEACHER),
        ("supply teacher", "supply teaching"),
    ),
    Way("Lead mentor", _employed(Employment.LEAD_MENTOR), ("lead mentor", "initial teacher training", "itt")),
    Way("Between jobs, or somewhere else", Situation(setting=Setting.OTHER)),
    Way("Outside England", Situation(england=False)),
)


def meant_by(typed: str) -> list[Way]:
    """The ways that somebody may mean who types this where a school is asked for."""
    words = f" {' '.join(re.findall(r'[a-z]+', typed.lower()))} "
    return [way for way in ELSEWHERE if any(f" {each}" in words for each in way.typed)]


def of_setting(ofsted_urn: str) -> Situation:
    """A nursery that was named by its number."""
    return Situation(setting=Setting.EARLY_YEARS, kind=EarlyYearsKind.PRIVATE_NURSERY, ofsted=ofsted_urn)


def for_authority(code: str) -> tuple[tuple[str, Situation], ...]:
    """What somebody may do for a local authority."""
    return (
        ("its virtual school", _employed(Employment.VIRTUAL_SCHOOL, code)),
        ("supply teaching that it employs you for", _employed(Employment.SUPPLY_TEACHER, code)),
        ("something else", Situation(setting=Setting.SCHOOL, authority=code)),
    )
