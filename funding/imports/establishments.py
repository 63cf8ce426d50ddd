"""Schools and post-16 institutions, in the columns of GIAS's extract of all establishments."""

from typing import Any

from django.db import connection

from funding import searchtext
from funding.imports import validate
from funding.imports.read import Row
from funding.imports.tables import Key, Table
from funding.models import Establishment

ESTABLISHMENT_COLUMNS = (
    "urn",
    "ukprn",
    "name",
    "type_code",
    "type_name",
    "group_code",
    "status_code",
    "status_name",
    "phase",
    "la_code",
    "la_name",
    "district_code",
    "district_name",
    "region",
    "town",
    "postcode",
    "pupils",
    "fsm",
    "trust",
    "easting",
    "northing",
    "opened_on",
    "closed_on",
)


def establishment_table(towns: dict[str, str]) -> Table:
    """GIAS's extract, or any part of its columns that holds the required ones.

    `towns` gives a town by postcode sector ("ls8 5"), searched for where the file itself names none: people
    look for a school by its town, and a district's name is often another.
    """

    def read(row: Row) -> tuple[Any, ...]:
        values = _establishment(row)
        return (*values, *_search_columns(values, towns))

    return Table(
        model=Establishment,
        columns=(*ESTABLISHMENT_COLUMNS, "search_name", "search_place", "search_text"),
        required=(
            "URN",
            "EstablishmentName",
            "TypeOfEstablishment (code)",
            "TypeOfEstablishment (name)",
            "EstablishmentStatus (code)",
            "EstablishmentStatus (name)",
            "Postcode",
        ),
        read=read,
        keys=(Key(("urn",), "urn IS NOT NULL"), Key(("ukprn",), "urn IS NULL")),
    )


def _establishment(row: Row) -> tuple[Any, ...]:
    urn = validate.optional(row["URN"], validate.gias_urn)
    ukprn = validate.optional(row.get("UKPRN", ""), validate.ukprn)
    if not (urn or ukprn):
        raise validate.RowRejectedError("it has neither a URN nor a UKPRN")
    easting = validate.whole_number(row.get("Easting", ""), "Easting") or None
    northing = validate.whole_number(row.get("Northing", ""), "Northing") or None
    return (
        urn,
        ukprn,
        validate.text(
            validate.filled(row["EstablishmentName"], "EstablishmentName"), 160, "EstablishmentName"
        ),
        validate.text(
            validate.filled(row["TypeOfEstablishment (code)"], "the type's code"), 3, "the type's code"
        ),
        validate.text(row["TypeOfEstablishment (name)"], 80, "the type's name"),
        validate.text(row.get("EstablishmentTypeGroup (code)", ""), 3, "the group's code"),
        validate.text(validate.filled(row["EstablishmentStatus (code)"], "the status"), 2, "the status"),
        validate.text(row["EstablishmentStatus (name)"], 40, "the status's name"),
        validate.text(row.get("PhaseOfEducation (name)", ""), 40, "the phase"),
        validate.text(row.get("LA (code)", ""), 3, "the local authority's code"),
        validate.text(row.get("LA (name)", ""), 80, "the local authority's name"),
        validate.text(row.get("DistrictAdministrative (code)", ""), 9, "the district's code"),
        validate.text(row.get("DistrictAdministrative (name)", ""), 80, "the district's name"),
        validate.text(row.get("GOR (name)", ""), 40, "the region"),
        validate.text(row.get("Town", ""), 80, "the town"),
        validate.postcode(row["Postcode"]),
        validate.whole_number(row.get("NumberOfPupils", ""), "NumberOfPupils"),
        validate.percentage(row.get("PercentageFSM", ""), "PercentageFSM"),
        validate.text(row.get("Trusts (name)", ""), 160, "the trust"),
        easting if northing else None,
        northing if easting else None,
        validate.day(row.get("OpenDate", ""), "OpenDate"),
        validate.day(row.get("CloseDate", ""), "CloseDate"),
    )


def _search_columns(values: tuple[Any, ...], towns: dict[str, str]) -> tuple[str, str, str]:
    found = dict(zip(ESTABLISHMENT_COLUMNS, values, strict=True))
    name, postcode = found["name"], found["postcode"]
    area = (found["town"] or towns.get(postcode[:-2], ""), found["district_name"], found["la_name"])
    place = (*area, found["region"], postcode, found["urn"] or "", found["ukprn"] or "")
    return (
        searchtext.stored_name(name),
        searchtext.stored_place(*place),
        searchtext.stored_text(name, *area, postcode),
    )


def towns_by_sector() -> dict[str, str]:
    """The town that most childcare settings of a postcode sector name: {"LS8 5": "Leeds"}.

    Sectors whose settings do not agree (under half of them name one town) are left out.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sector, initcap(town) FROM"
            " (SELECT left(postcode, -2) AS sector, lower(town) AS town, count(*) AS n,"
            " sum(count(*)) OVER (PARTITION BY left(postcode, -2)) AS settings FROM funding_childcaresetting"
            " WHERE postcode <> '' AND town <> '' GROUP BY 1, 2) AS counted WHERE n * 2 >= settings"
            " ORDER BY sector, n, town"
        )
        return dict(cursor.fetchall())
