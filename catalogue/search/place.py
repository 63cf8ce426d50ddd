"""Whether what was typed names a place: of that other pages know more than a search of words does."""

from dataclasses import dataclass

from catalogue.models import SearchEntry
from catalogue.places import meaning_of
from catalogue.postcodes import read_postcode
from catalogue.search.find import Found


@dataclass(frozen=True)
class Place:
    """`around` is where to look for workplaces."""

    name: str
    around: str


def place_in(typed: str, found: Found) -> Place | None:
    """The place: a postcode, its first half, a district, an authority or a region; else None.

    None or three queries. Every name of a place is read for it, so it is not looked for where it cannot be one: hubs
    are found by the names of their districts. A hub is no place here, it is found itself.
    """
    hubs_found = any(group.kind == SearchEntry.Kind.HUB for group in found.groups)
    if found.groups and not (found.some_words or hubs_found or read_postcode(typed)):
        return None
    meant = meaning_of(typed)
    if meant is None or any(meant.name in (area.hub.name, area.hub.code) for area in meant.areas):
        return None
    # At most postcodes there is no school: the first half has some.
    around = meant.name.partition(" ")[0] if meant.outward else meant.name
    return Place(meant.name, around)
