"""The area of a hub: the districts that it serves, by local authority."""

from dataclasses import dataclass, field

from django.db.models import QuerySet

from catalogue.models import HubArea, TeachingSchoolHub
from catalogue.models.hub import REGIONS


@dataclass(frozen=True)
class District:
    """`others` are the hubs that serve it too."""

    name: str
    others: list[TeachingSchoolHub]


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
    others: dict[str, dict[int, TeachingSchoolHub]] = {}
    shared = HubArea.objects.filter(is_main=True, district_code__in=[each.district_code for each in areas])
    for each in shared.exclude(hub=hub).select_related("hub").order_by("hub__name", "hub__code"):
        others.setdefault(each.district_code, {})[each.hub_id] = each.hub
    authorities: dict[str, Authority] = {}
    for each in areas:
        authority = authorities.setdefault(each.la_name, Authority(each.la_name))
        if each.district_name not in {district.name for district in authority.districts}:
            also = list(others.get(each.district_code, {}).values())
            authority.districts.append(District(each.district_name, also))
    return list(authorities.values())


def same_name(hub: TeachingSchoolHub) -> QuerySet[TeachingSchoolHub]:
    """The other areas of a hub that serves several: a row and a page each."""
    return TeachingSchoolHub.objects.filter(name=hub.name).exclude(pk=hub.pk).order_by("code")


def hubs_by_region() -> list[tuple[str, list[ListedHub]]]:
    """Every hub with the names of its districts, in the regions of England. Two queries."""
    regions: dict[str, list[ListedHub]] = {name: [] for name in sorted(REGIONS.values())}
    for hub in TeachingSchoolHub.objects.prefetch_related("areas").order_by("name", "code"):
        names = dict.fromkeys(area.district_name for area in hub.areas.all())
        regions.setdefault(hub.region or "Elsewhere", []).append(ListedHub(hub, list(names)))
    return [(name, hubs) for name, hubs in regions.items() if hubs]
