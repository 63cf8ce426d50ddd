"""Find my hub: which teaching school hubs serve a place."""

from dataclasses import dataclass

from catalogue.models import HubArea, TeachingSchoolHub
from catalogue.organisations.areas import names_of_several
from catalogue.places import Meaning, districts_of, meaning_of


@dataclass(frozen=True)
class Serving:
    """A hub, and the districts of the place that it serves, by the names that its area gives them."""

    hub: TeachingSchoolHub
    districts: list[str]


@dataclass(frozen=True)
class HubsFound:
    """The hubs of a place, those with most of its schools first. `shared` are the districts that have several hubs,
    each of which serves a part; `divided` are the names that the published list gives to the parts of several.

    `stands_in` says whose hubs they are, where those of the place itself are not known: "the M postcodes".
    """

    place: str
    serving: list[Serving]
    shared: list[str]
    divided: frozenset[str] = frozenset()
    stands_in: str = ""

    @property
    def parts_are_named(self) -> bool:
        return not self.divided


def find_hubs(typed: str) -> HubsFound | None:
    """The hubs that serve what was typed, or None where it names no place that we know. At most six queries.

    A postcode is known by its first half, which may lie in several districts: then the hubs of all of them.
    """
    meant = meaning_of(typed)
    districts = districts_of(meant) if meant else []
    return _found(meant, districts) if meant and districts else None


def _found(meant: Meaning, areas: list[HubArea]) -> HubsFound:
    serving: dict[int, Serving] = {}
    hubs_of: dict[str, set[int]] = {}
    for area in areas:
        districts = serving.setdefault(area.hub_id, Serving(area.hub, [])).districts
        if area.district_name not in districts:
            districts.append(area.district_name)
        hubs_of.setdefault(area.known_as or area.district_name, set()).add(area.hub_id)
    shared = sorted(name for name, hubs in hubs_of.items() if len(hubs) > 1)
    # Read again: what was asked for may be one hub of several.
    there = HubArea.objects.filter(district_code__in={area.district_code for area in areas})
    divided = frozenset(name for _, name in names_of_several(there))
    stands_in = meant.stands_in if meant.outward and not meant.outward.is_known else ""
    return HubsFound(meant.name, list(serving.values()), shared, divided, stands_in)
