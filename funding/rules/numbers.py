"""Whose number is meant. GIAS and Ofsted both call theirs a URN, and the two overlap. Pure.

Source: design, funding rules, section 6, and the data's notes ("Two URN namespaces").
"""

import re
from enum import StrEnum

from funding.rules.facts import Establishment
from funding.rules.vocabulary import EstablishmentKind

# Letters are those of Ofsted's own series (EY, VC) and of childminder agencies.
OFSTED_NUMBER = re.compile(r"(?=.{5,9}$)[A-Z]{0,4}[0-9]{5,8}")


class Series(StrEnum):
    GIAS_URN = "gias-urn"
    OFSTED_URN = "ofsted-urn"
    UKPRN = "ukprn"


def ofsted_number(typed: str) -> str | None:
    """As Ofsted writes it: "ey 101 465" is EY101465. None for what cannot be such a number."""
    number = "".join(typed.split()).upper()
    return number if OFSTED_NUMBER.fullmatch(number) else None


def numbers_of(workplace: Establishment | None) -> tuple[tuple[Series, str], ...]:
    """What a list may know the workplace by.

    Childcare is known by Ofsted's number only, and nobody else ever is. A local authority has none.
    """
    if workplace is None:
        return ()
    if workplace.kind is EstablishmentKind.CHILDCARE:
        return ((Series.OFSTED_URN, workplace.urn),) if workplace.urn else ()
    both = ((Series.GIAS_URN, workplace.urn), (Series.UKPRN, workplace.ukprn))
    return tuple((series, number) for series, number in both if number)
