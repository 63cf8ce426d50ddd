"""What the name of a place means: the same to the course finder, to find my hub and to whoever asks next.

A postcode or its first half; a district or a local authority by any of its names; a hub; a region.
Schools belong to funding, which the catalogue knows nothing of: they come as their district or their postcode.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache

from django.db.models import QuerySet

from catalogue.models import HubArea, PostcodeDistrict
from catalogue.postcodes import Outward, find_outward, read_postcode

FEWEST_LETTERS = 4  # of the beginning of a hub's name
NAMES_OFFERED = 4
ALIKE = 0.75


def _current_name(area: HubArea) -> str:
    return area.known_as or area.district_name


def _of_district(area: HubArea) -> dict[str, str]:
    return {
        area.district_code: _current_name(area),
        area.district_name: area.district_name,
        area.known_as: area.known_as,
    }


# What a text can be the name of, from the nearest to the widest: each name, and what the page calls the place then.
# By its former name or a part of its name, a district is called what it is now: that is whose middle and hubs are told.
KINDS: tuple[Callable[[HubArea], dict[str, str]], ...] = (
    _of_district,
    lambda area: {area.la_name: area.la_name},
    lambda area: dict.fromkeys(area.other_names, _current_name(area)),
    lambda area: {area.hub.code: area.hub.code, area.hub.name: area.hub.name},
    lambda area: {area.hub.region: area.hub.region},
)


@dataclass(frozen=True)
class Meaning:
    """Either `outward`, or `areas`: districts as hubs serve them, so one with two hubs is there twice.

    `name` is what the page calls the place; typed again, it means the same.
    """

    name: str
    outward: Outward | None = None
    areas: tuple[HubArea, ...] = ()

    @property
    def stands_in(self) -> str:
        """What it is measured from, where the middle of the place itself is not known: "the M postcodes". Else ""."""
        return self.outward.stands_in if self.outward else ""


def meaning_of(typed: str) -> Meaning | None:
    """None where it names no place that we know. At most three queries.

    What can be an outward code and the code of a hub (L6, NE1) is the outward code, where we know anything of that.
    """
    postcode = read_postcode(typed)
    outward = find_outward(postcode[0]) if postcode else None
    meant = Meaning(postcode[1], outward) if postcode and outward else None
    return meant if outward and outward.is_known else _named(typed) or meant


def _named(typed: str) -> Meaning | None:
    asked = letters(typed)
    areas = list(_areas()) if asked else []
    for kind in KINDS:
        there = [
            (area, called) for area in areas for name, called in kind(area).items() if letters(name) == asked
        ]
        if there:
            return Meaning(there[0][1], areas=tuple(dict.fromkeys(area for area, _ in there)))
    if len(asked) >= FEWEST_LETTERS:
        begun = [area for area in areas if letters(area.hub.name).startswith(asked)]
        if len({area.hub_id for area in begun}) == 1:  # of several, whoever asks chooses (names_like)
            return Meaning(begun[0].hub.name, areas=tuple(begun))
    return None


def districts_of(meant: Meaning) -> list[HubArea]:
    """Those it names; of outward codes, those that have schools of theirs, most first. None or two queries."""
    if meant.outward is None:
        return list(meant.areas)
    schools: dict[str, int] = {}
    for row in PostcodeDistrict.objects.filter(outward_code__in=meant.outward.codes):
        schools[row.district_code] = schools.get(row.district_code, 0) + row.schools
    there = _areas().filter(district_code__in=schools) if schools else ()
    return sorted(there, key=lambda area: -schools[area.district_code])


def names_like(typed: str) -> list[str]:
    """Hubs, districts and authorities whose name begins with what was typed, or is spelled nearly so. One query."""
    asked = letters(typed)
    by_letters = {letters(name): name for area in _areas() for name in (area.hub.name, *_names(area)) if name}
    begun = [each for each in by_letters if len(asked) >= FEWEST_LETTERS - 1 and each.startswith(asked)]
    near = get_close_matches(asked, by_letters, n=NAMES_OFFERED, cutoff=ALIKE)
    return [by_letters[each] for each in dict.fromkeys([*sorted(begun), *near])][:NAMES_OFFERED]


@lru_cache(maxsize=4096)  # every name of a place is read for each that is asked for
def letters(name: str) -> str:
    """`name` without what people write differently: capitals, stops and dashes, Saint or St, & or and."""
    joined = name.casefold().replace("'", "").replace("\u2019", "").replace("&", " and ")
    return "".join("st" if word == "saint" else word for word in re.sub(r"\W+", " ", joined).split())


def _areas() -> QuerySet[HubArea]:
    return HubArea.objects.filter(is_main=True).select_related("hub").order_by("hub__name", "hub__code", "pk")


def _names(area: HubArea) -> list[str]:
    """Those of the district and its authority, the one that is offered last where two are written alike."""
    return [*area.other_names, area.la_name, area.known_as, area.district_name]
