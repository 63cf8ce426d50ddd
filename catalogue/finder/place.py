"""Where "near" is: a postcode, its first half, a district, a local authority or a hub, as a point on the map.

A school's place comes as its postcode: schools belong to funding, which the catalogue knows nothing of.
"""

import re
from dataclasses import dataclass
from statistics import fmean
from string import ascii_uppercase

from django.db.models import Q

from catalogue.models import HubArea, PostcodeArea

OUTWARD = r"[A-Z]{1,2}\d[A-Z\d]?"
POSTCODE = re.compile(rf"({OUTWARD})\d[A-Z]{{2}}")
OUTWARD_CODE = re.compile(OUTWARD)
METRES_A_MILE = 1609.344
FEWEST_LETTERS = 4


@dataclass(frozen=True)
class Place:
    """`name` is what the page calls it. British National Grid, metres, to a few miles."""

    name: str
    easting: int
    northing: int


def find_place(typed: str) -> Place | None:
    """The place of that name, or None where we know none. At most one query."""
    if postcode := read_postcode(typed):
        return _of_outward_code(*postcode)
    return _of_district_or_hub(typed)


def read_postcode(typed: str) -> tuple[str, str] | None:
    """The outward code of a postcode or of its first half, and how to write what was typed. None for anything else."""
    letters = re.sub(r"[^A-Z0-9]", "", typed.upper())
    if whole := POSTCODE.fullmatch(letters):
        return whole[1], f"{letters[:-3]} {letters[-3:]}"
    return (letters, letters) if OUTWARD_CODE.fullmatch(letters) else None


def codes_meant(code: str) -> list[str]:
    """London's central codes have a letter more (EC1A, EC1M), which people leave out: then they mean them all."""
    return [code, *(code + letter for letter in ascii_uppercase)]


def _of_outward_code(code: str, name: str) -> Place | None:
    areas = PostcodeArea.objects.filter(outward_code__in=codes_meant(code))
    points = {area.outward_code: (area.easting, area.northing) for area in areas}
    return _middle(name, [points[code]] if code in points else list(points.values()))


def _of_district_or_hub(typed: str) -> Place | None:
    """A hub by the beginning of its name. Not by its code: some are outward codes too (L6, NE1)."""
    named = Q(district_name__iexact=typed) | Q(la_name__iexact=typed)
    if len(typed) >= FEWEST_LETTERS:
        named |= Q(hub__name__istartswith=typed)
    areas = list(HubArea.objects.filter(named, easting__isnull=False).select_related("hub"))
    asked = typed.casefold()
    for name, same in (
        (lambda area: area.district_name, str.__eq__),
        (lambda area: area.la_name, str.__eq__),
        (lambda area: area.hub.name, str.startswith),
    ):
        there = [area for area in areas if same(name(area).casefold(), asked)]
        if there:
            points = {area.district_code: (area.easting, area.northing) for area in there}
            return _middle(name(there[0]), list(points.values()))
    return None


def _middle(name: str, points: list[tuple[int | None, int | None]]) -> Place | None:
    if not points:
        return None
    return Place(
        name,
        round(fmean(easting or 0 for easting, _ in points)),
        round(fmean(northing or 0 for _, northing in points)),
    )
