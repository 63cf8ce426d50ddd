"""Hubs, the districts that they serve, and the outward codes in those."""

from django.utils.text import slugify

from catalogue.loading.files import CatalogueData
from catalogue.loading.rows import bring, keep_only
from catalogue.models import HubArea, PostcodeDistrict, TeachingSchoolHub

CONTACT = ("website", "email", "telephone", "contact_as_of")


def hubs(data: CatalogueData) -> None:
    """How a hub is reached is the operators' word: the published list has none of it."""
    rows = [
        TeachingSchoolHub(
            code=each.code,
            name=each.name,
            slug=slugify(f"{each.name} {each.code}"),
            lead_school_urn=each.lead_school_urn,
            lead_school_name=each.lead_school_name,
        )
        for each in data.hubs
    ]
    bring(TeachingSchoolHub, ("code",), rows, leave=CONTACT)


def areas(data: CatalogueData) -> None:
    ids = dict(TeachingSchoolHub.objects.values_list("code", "id"))
    districts = {each.district_code: each for each in data.districts}
    other_names: dict[str, list[str]] = {}
    for other in data.other_names:
        other_names.setdefault(other.district_code, []).append(other.name)
    rows = []
    for each in data.areas:
        district = districts.get(each.district_code)
        rows.append(
            HubArea(
                hub_id=ids[each.hub],
                district_code=each.district_code,
                district_name=each.district_name,
                la_code=each.la_code,
                la_name=each.la_name,
                is_main=district is None or district.la_code == each.la_code,
                known_as=district.name if district else "",
                other_names=other_names.get(each.district_code, []),
                easting=int(district.easting) if district else None,
                northing=int(district.northing) if district else None,
            )
        )
    key = ("hub_id", "district_code", "la_code")
    keep_only(HubArea, key, rows)
    bring(HubArea, key, rows)


def postcode_districts(data: CatalogueData) -> None:
    rows = [
        PostcodeDistrict(
            outward_code=each.outward_code, district_code=each.district_code, schools=int(each.schools)
        )
        for each in data.postcode_districts
    ]
    key = ("outward_code", "district_code")
    keep_only(PostcodeDistrict, key, rows)
    bring(PostcodeDistrict, key, rows)
