"""Where "near" is: the middle of the place that was named, as a point on the map."""

from dataclasses import dataclass
from statistics import fmean

from catalogue.places import Meaning, districts_of, meaning_of
from catalogue.postcodes import Point

METRES_A_MILE = 1609.344


@dataclass(frozen=True)
class Place:
    """`name` is what the page calls it. British National Grid, metres, to a few miles.

    `stands_in` says what it is the middle of, where that of the place itself is not known: "the M postcodes".
    """

    name: str
    easting: int
    northing: int
    stands_in: str = ""


def find_place(typed: str) -> Place | None:
    """The place of that name, or None where we know none. At most four queries, for a postcode one as a rule."""
    meant = meaning_of(typed)
    points = _points(meant) if meant else []
    if meant is None or not points:
        return None
    eastings, northings = zip(*points, strict=True)
    return Place(meant.name, round(fmean(eastings)), round(fmean(northings)), meant.stands_in)


def _points(meant: Meaning) -> list[Point]:
    """Of an outward code whose middle we do not know, those of the districts that it lies in."""
    if meant.outward and meant.outward.points:
        return list(meant.outward.points)
    middles: dict[str, Point] = {
        each.district_code: (each.easting, each.northing)
        for each in districts_of(meant)
        if each.easting is not None and each.northing is not None
    }
    return list(middles.values())
