"""Find my hub: which teaching school hubs serve a district, a postcode or a part of one, an authority or a region."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from catalogue.finder.place import codes_meant, read_postcode
from catalogue.models import HubArea, PostcodeDistrict, TeachingSchoolHub

FEWEST_LETTERS = 4  # of the beginning of a hub's name
NAMES_OFFERED = 4
ALIKE = 0.75

# What a name can be the name of, from the nearest to the widest.
KINDS: tuple[Callable[[HubArea], Iterable[str]], ...] = (
    lambda area: (area.district_name, area.known_as, area.district_code),
    lambda area: (area.la_name,),
    lambda area: (area.hub.code, area.hub.name),
    lambda area: (area.hub.region,),
)


@dataclass(frozen=True)
class Serving:
    """A hub, and the districts of the place that it serves, by the names that its area gives them."""

    hub: TeachingSchoolHub
    districts: list[str]


@dataclass(frozen=True)
class HubsFound:
    """The hubs of a place, those with most of its schools first. `shared` are the districts that have several hubs."""

    place: str
    serving: list[Serving]
    shared: list[str]


def find_hubs(typed: str) -> HubsFound | None:
    """The hubs that serve what was typed, or None where it names no place that we know. At most three queries.

    A postcode is known by its first half, which may lie in several districts: then the hubs of all of them.
    """
    if postcode := read_postcode(typed):
        code, name = postcode
        if found := _of_outward_code(code):
            return _found(name, found)
    asked = letters(typed)
    areas = list(_areas()) if asked else []
    for names in KINDS:
        there = [(area, name) for area in areas for name in names(area) if letters(name) == asked]
        if there:
            area, name = there[0]
            called = area.known_as or area.district_name if name == area.district_code else name
            return _found(called, [area for area, _ in there])
    if len(asked) >= FEWEST_LETTERS:
        begun = [area for area in areas if letters(area.hub.name).startswith(asked)]
        if begun:
            return _found(begun[0].hub.name, begun)
    return None


def names_like(typed: str) -> list[str]:
    """Districts and authorities whose name begins with what was typed, or is spelled nearly so. One query."""
    asked = letters(typed)
    by_letters = {
        letters(name): name
        for area in _areas()
        for name in (area.la_name, area.known_as, area.district_name)
        if name
    }
    begun = [each for each in by_letters if len(asked) >= FEWEST_LETTERS - 1 and each.startswith(asked)]
    near = get_close_matches(asked, by_letters, n=NAMES_OFFERED, cutoff=ALIKE)
    return [by_letters[each] for each in dict.fromkeys([*sorted(begun), *near])][:NAMES_OFFERED]


def letters(name: str) -> str:
    """`name` without what people write differently: capitals, stops and dashes, Saint or St, & or and."""
    words = re.sub(r"[^\w&]+", " ", name.casefold().replace("'", "").replace("\u2019", "")).split()
    return "".join({"saint": "st", "&": "and"}.get(word, word) for word in words)


def _areas() -> Iterable[HubArea]:
    return HubArea.objects.filter(is_main=True).select_related("hub").order_by("hub__name", "hub__code", "pk")


def _of_outward_code(code: str) -> list[HubArea]:
    rows = list(PostcodeDistrict.objects.filter(outward_code__in=codes_meant(code)))
    exact = [row for row in rows if row.outward_code == code] or rows
    schools: dict[str, int] = {}
    for row in exact:
        schools[row.district_code] = schools.get(row.district_code, 0) + row.schools
    areas = _areas() if schools else []
    there = [area for area in areas if area.district_code in schools]
    return sorted(there, key=lambda area: -schools[area.district_code])


def _found(place: str, areas: list[HubArea]) -> HubsFound:
    serving: dict[int, Serving] = {}
    hubs_of: dict[str, set[int]] = {}
    for area in areas:
        districts = serving.setdefault(area.hub_id, Serving(area.hub, [])).districts
        if area.district_name not in districts:
            districts.append(area.district_name)
        hubs_of.setdefault(area.known_as or area.district_name, set()).add(area.hub_id)
    shared = sorted(name for name, hubs in hubs_of.items() if len(hubs) > 1)
    return HubsFound(place, list(serving.values()), shared)
