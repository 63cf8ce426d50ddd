"""Every bundled school and link, with the few columns that a ranking reads: loading them whole takes long."""

import csv
import gzip
from collections.abc import Iterable

from django.db import connection

from funding.bundled import DATA


def rows(name: str) -> Iterable[dict[str, str]]:
    with gzip.open(DATA / name, "rt", encoding="utf-8-sig") as file:
        yield from csv.DictReader(file)


def copy_schools_and_links() -> None:
    with connection.cursor() as cursor:
        with cursor.copy(
            "COPY funding_establishment (urn, ukprn, name, type_code, type_name, status_code, status_name,"
            " group_code, phase, la_code, la_name, district_code, district_name, region, town, postcode, trust)"
            " FROM STDIN"
        ) as copy:
            for row in rows("establishments.csv.gz"):
                if row["URN"]:
                    status, type_code = row["EstablishmentStatus (code)"], row["TypeOfEstablishment (code)"]
                    copy.write_row((row["URN"], None, "A school", type_code, "", status, "", *[""] * 10))
        with cursor.copy(
            "COPY funding_establishmentlink (urn, linked_urn, linked_name, kind) FROM STDIN"
        ) as copy:
            for row in rows("establishment_links.csv.gz"):
                copy.write_row((row["URN"], row["LinkURN"], "", row["LinkType"]))
        cursor.execute("ANALYZE funding_establishment")
        cursor.execute("ANALYZE funding_establishmentlink")
