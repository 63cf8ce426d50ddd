"""Outward codes (the first half of a postcode): where each lies, and what stands in for one that we do not know.

We know a code by the schools in it, and the middles of cities have some without a school.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from catalogue.models import PostcodeArea, PostcodeDistrict

OUTWARD = r"[A-Z]{1,2}\d[A-Z\d]?"
POSTCODE = re.compile(rf"({OUTWARD})\d[A-Z]{{2}}")
OUTWARD_CODE = re.compile(OUTWARD)
PARTS = re.compile(r"([A-Z]+)(\d+)([A-Z]?)")

Point = tuple[int, int]


@dataclass(frozen=True)
class Outward:
    """`codes` are those whose districts count; `points` the middles to measure from, none where only districts are
    known. `stands_in` says which they are, where not of the code itself: "the M postcodes".

    `is_known` says whether anything is known of the code itself; else all of it is what stands in for it.
    """

    codes: tuple[str, ...]
    points: tuple[Point, ...]
    is_known: bool = True
    stands_in: str = ""


def read_postcode(typed: str) -> tuple[str, str] | None:
    """The outward code of a postcode or of its first half, and how to write what was typed. None for anything else."""
    kept = re.sub(r"[^A-Z0-9]", "", typed.upper())
    if whole := POSTCODE.fullmatch(kept):
        return whole[1], f"{kept[:-3]} {kept[-3:]}"
    return (kept, kept) if OUTWARD_CODE.fullmatch(kept) else None


def find_outward(code: str) -> Outward | None:
    """None where no code with its letters is known. One query where the middle of the code is known, else two.

    London's central codes have a letter more (EC1A, EC1M), which people leave out: then they mean them all. For a code
    whose own middle is not known others stand in: those of its number (EC1A: the other EC1 ones), else those of its
    districts that are next in number (M1: M2), else all that have its letters.
    """
    beginning = rf"^{_parts(code)[0]}\d"
    areas = PostcodeArea.objects.filter(outward_code__regex=beginning).order_by("outward_code")
    middles = {
        each: (east, north) for each, east, north in areas.values_list("outward_code", "easting", "northing")
    }
    if code in middles:
        return Outward((code,), (middles[code],))
    districts: dict[str, set[str]] = {}
    rows = PostcodeDistrict.objects.filter(outward_code__regex=beginning).order_by("outward_code")
    for each, district in rows.values_list("outward_code", "district_code"):
        districts.setdefault(each, set()).add(district)
    own = _meant(code, {*middles, *districts})
    if points := tuple(middles[each] for each in own if each in middles):
        return Outward(own, points)
    beside, stands_in = _beside(code, middles, districts)
    if own:
        return Outward(own, tuple(middles[each] for each in beside), stands_in=stands_in if beside else "")
    if beside := beside or tuple(middles):
        stands_in = stands_in or f"the {_parts(code)[0]} postcodes"
        return Outward(beside, tuple(middles[each] for each in beside), is_known=False, stands_in=stands_in)
    return None


def _meant(code: str, known: Iterable[str]) -> tuple[str, ...]:
    if code in known:
        return (code,)
    return tuple(sorted(each for each in known if each[:-1] == code and each[-1].isalpha()))


def _beside(
    code: str, middles: Mapping[str, Point], districts: Mapping[str, set[str]]
) -> tuple[tuple[str, ...], str]:
    letters, number, _ = _parts(code)
    same_number = tuple(each for each in middles if _parts(each)[1] == number)
    if same_number:
        return same_number, f"the other {letters}{number} postcodes"
    here = districts.get(code, set())
    in_district = [each for each in middles if here & districts.get(each, set())]
    apart = {each: abs(_parts(each)[1] - number) for each in in_district}
    nearest = tuple(each for each in in_district if apart[each] == min(apart.values()))
    return nearest, " and ".join(nearest)


def _parts(code: str) -> tuple[str, int, str]:
    """ "EC1A" -> "EC", 1, "A"."""
    letters, number, letter = PARTS.findall(code)[0]
    return letters, int(number), letter
