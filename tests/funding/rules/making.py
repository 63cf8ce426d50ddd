"""Facts for the tables: someone in England, in a community school on no list, unless said otherwise."""

from typing import Any

from funding.rules.decide import decide
from funding.rules.facts import Establishment, Facts

LTD = "npq-leading-teaching-development"
LT = "npq-leading-teaching"
LBC = "npq-leading-behaviour-culture"
LL = "npq-leading-literacy"
LPM = "npq-leading-primary-mathematics"
SL = "npq-senior-leadership"
H = "npq-headship"
EL = "npq-executive-leadership"
EYL = "npq-early-years-leadership"
SENCO = "npq-senco"
EHCO = "npq-early-headship-coaching-offer"
ASO = "npq-additional-support-offer"

ALL_TEN = (LTD, LT, LBC, LL, LPM, SL, H, EL, EYL, SENCO)
PP50 = "pp50-schools"
PP50_16_TO_19 = "pp50-16-to-19"
RISE = "rise"
CHILDMINDERS = "childminders"
DISADVANTAGED = "disadvantaged-early-years"
NURSERIES = "local-authority-nurseries"
HIGH_2021 = "high-pupil-premium-2021"

NOT_A_PP50 = "ineligible_establishment_not_a_pp50"
TYPE = "ineligible_establishment_type"


def school(*lists: str, type_code: str | None = "1", kind: str = "school", **more: Any) -> Establishment:
    return Establishment(
        kind, **{"urn": "100000", "type_code": type_code, "la_code": "201", **more}, lists=lists
    )


def nursery(*lists: str) -> Establishment:
    return school(*lists, type_code="15")


def college(*lists: str) -> Establishment:
    return school(*lists, type_code="18", kind="post16", urn=None, ukprn="10000146")


def childcare(*lists: str, urn: str | None = "EY123456") -> Establishment:
    return school(*lists, type_code=None, kind="childcare", urn=urn)


def authority(*lists: str) -> Establishment:
    return school(*lists, type_code=None, kind="local_authority", urn=None)


def facts(term: str, npq: str, **more: Any) -> Facts:
    return Facts(**{"term": term, "npq": npq, "works_in_england": True, "setting": "school", **more})


def early_years(term: str, npq: str, kind: str | None, workplace: Establishment | None = None) -> Facts:
    return facts(term, npq, setting="early_years", early_years_kind=kind, establishment=workplace)


def employed(term: str, npq: str, employment: str | None, **more: Any) -> Facts:
    return facts(term, npq, setting="another_setting", employment=employment, **more)


def answer(given: Facts) -> str:
    """`funded`, or the outcome and the reason (what is needed, when incomplete) in one string."""
    decision = decide(given)
    if decision.outcome == "funded":
        assert decision.reason == "funded"
        return "funded"
    return f"{decision.outcome}: {decision.needs or decision.reason}"
