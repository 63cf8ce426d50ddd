"""The area of a hub: the districts that it serves, by local authority."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import QuerySet

from catalogue.models import HubArea, TeachingSchoolHub
from catalogue.models.hub import REGIONS


@dataclass(frozen=True)
class Part:
    """What another hub serves of the same district, by the name that the published list gives it."""

    hub: TeachingSchoolHub
    name: str


@dataclass(frozen=True)
class District:
    """Hubs that share a district each serve a part of it, never the same schools: `others` are the other parts."""

    name: str
    others: list[Part]

    @property
    def has_named_parts(self) -> bool:
        """Whether the list says which part is whose (Birmingham North, Birmingham South)."""
        return all(other.name != self.name for other in self.others)


@dataclass(frozen=True)
class Authority:
    name: str
    districts: list[District] = field(default_factory=list)


@dataclass(frozen=True)
class ListedHub:
    hub: TeachingSchoolHub
    districts: list[str]


def area_of(hub: TeachingSchoolHub) -> list[Authority]:
    """Local authorities by name, each with its districts. Two queries."""
    areas = list(hub.areas.filter(is_main=True).order_by("la_name", "district_name", "district_code"))
    others: dict[str, dict[int, Part]] = {}
    shared = HubArea.objects.filter(is_main=True, district_code__in=[each.district_code for each in areas])
    for each in shared.exclude(hub=hub).select_related("hub").order_by("hub__name", "hub__code"):
        others.setdefault(each.district_code, {})[each.hub_id] = Part(each.hub, each.district_name)
    authorities: dict[str, Authority] = {}
    for each in areas:
        authority = authorities.setdefault(each.la_name, Authority(each.la_name))
        if each.district_name not in {district.name for district in authority.districts}:
            also = list(others.get(each.district_code, {}).values())
            authority.districts.append(District(each.district_name, also))
    return list(authorities.values())


def names_of_several(areas: Iterable[HubArea]) -> set[tuple[str, str]]:
    """Codes of districts, with the names by which the published list gives each to several hubs: both serve Cornwall,
    but neither all of it.
    """
    hubs: dict[tuple[str, str], set[int]] = {}
    for area in areas:
        if area.is_main:
            hubs.setdefault((area.district_code, area.district_name), set()).add(area.hub_id)
    return {named for named, serving in hubs.items() if len(serving) > 1}


def same_name(hub: TeachingSchoolHub) -> QuerySet[TeachingSchoolHub]:
    """The other areas of a hub that serves several: a row and a page each."""
    return TeachingSchoolHub.objects.filter(name=hub.name).exclude(pk=hub.pk).order_by("code")


def hubs_by_region() -> list[tuple[str, list[ListedHub]]]:
    """Every hub with the names of its districts, in the regions of England. Two queries."""
    regions: dict[str, list[ListedHub]] = {name: [] for name in sorted(REGIONS.values())}
    every = list(TeachingSchoolHub.objects.prefetch_related("areas").order_by("name", "code"))
    of_several = names_of_several(area for hub in every for area in hub.areas.all())
    for hub in every:
        names = dict.fromkeys(
            f"part of {area.district_name}"
            if (area.district_code, area.district_name) in of_several
            else area.district_name
            for area in hub.areas.all()
        )
        regions.setdefault(hub.region or "Elsewhere", []).append(ListedHub(hub, list(names)))
    return [(name, hubs) for name, hubs in regions.items() if hubs]
