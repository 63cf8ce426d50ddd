"""Extracts of the register, as small as they may be."""

import csv
import io

COLUMNS = {
    "URN": "",
    "UKPRN": "",
    "EstablishmentName": "Oakwood School",
    "TypeOfEstablishment (code)": "1",
    "TypeOfEstablishment (name)": "Community school",
    "EstablishmentStatus (code)": "1",
    "EstablishmentStatus (name)": "Open",
    "Postcode": "NW5 3RD",
    "NumberOfPupils": "200",
}


def school(urn: str, name: str = "Oakwood School", **cells: str) -> dict[str, str]:
    return {**COLUMNS, "URN": urn, "EstablishmentName": name, **cells}


def college(ukprn: str, **cells: str) -> dict[str, str]:
    return {**COLUMNS, "UKPRN": ukprn, "EstablishmentName": "Riverside College", **cells}


def extract_of(*rows: dict[str, str], without: tuple[str, ...] = ()) -> str:
    columns = [
        column
        for column in dict.fromkeys([*COLUMNS, *(key for row in rows for key in row)])
        if column not in without
    ]
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, extrasaction="ignore", lineterminator="\n", restval="")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()
