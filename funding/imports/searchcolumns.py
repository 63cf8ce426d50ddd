"""The search columns of establishments, worked out from the others by funding.searchtext."""

from typing import Any

from django.db import connection

from funding import searchtext
from funding.imports.stage import Step

BATCH = 5_000
SOURCE = """
    SELECT id, name, town, district_name, la_name, region, postcode, coalesce(urn, ''), coalesce(ukprn, '')
    FROM funding_establishment WHERE id IN (SELECT id FROM touched_establishments)
"""
UPDATE = """
    UPDATE funding_establishment kept
    SET search_name = made.search_name, search_place = made.search_place, search_text = made.search_text
    FROM made WHERE kept.id = made.id AND (kept.search_name, kept.search_place, kept.search_text)
        IS DISTINCT FROM (made.search_name, made.search_place, made.search_text)
"""


def refresh(cursor: Any, step: Step) -> None:
    """Works out those of the touched establishments again; only rows whose text changes are written."""
    towns = _towns_by_sector(cursor)
    cursor.execute(
        "CREATE TEMPORARY TABLE made ON COMMIT DROP AS"
        " SELECT id, search_name, search_place, search_text FROM funding_establishment WITH NO DATA"
    )
    # A cursor of the server's own: the rows go by in batches and are never all held.
    with connection.chunked_cursor() as source:
        source.execute(SOURCE)
        while batch := source.fetchmany(BATCH):
            with cursor.copy("COPY made FROM STDIN") as copy:
                for row in batch:
                    pk, *values = row
                    copy.write_row((pk, *_texts(*values, towns=towns)))
            step(len(batch))
    cursor.execute("ANALYZE made")
    cursor.execute(UPDATE)
    cursor.execute("DROP TABLE made")


def _texts(
    name: str,
    town: str,
    district: str,
    authority: str,
    region: str,
    postcode: str,
    urn: str,
    ukprn: str,
    *,
    towns: dict[str, str],
) -> tuple[str, str, str]:
    area = (town or towns.get(postcode[:-2], ""), district, authority)
    return (
        searchtext.stored_name(name),
        searchtext.stored_place(*area, region, postcode, urn, ukprn),
        searchtext.stored_text(name, *area, postcode),
    )


def _towns_by_sector(cursor: Any) -> dict[str, str]:
    """The town that most childcare settings of a postcode sector name: {"LS8 5": "Leeds"}. People look for
    a school by its town, and a district's name is often another.

    Sectors whose settings do not agree (under half of them name one town) are left out.
    """
    cursor.execute(
        "SELECT sector, initcap(town) FROM (SELECT left(postcode, -2) AS sector, lower(town) AS town, count(*) AS n,"
        " sum(count(*)) OVER (PARTITION BY left(postcode, -2)) AS settings FROM funding_childcaresetting"
        " WHERE postcode <> '' AND town <> '' GROUP BY 1, 2) AS counted WHERE n * 2 >= settings"
        " ORDER BY sector, n, town"
    )
    return dict(cursor.fetchall())
