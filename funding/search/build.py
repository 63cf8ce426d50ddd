"""Works out the search names and the vocabulary again, from the establishments and their links.

Run after every import (funding.follow). Each name keeps a digest of what it was made of (SearchName.made_of), so
that only establishments of which something changed are read and written: they themselves, those that they followed,
the links between them, the towns near by, or the words and the code that read them.
"""

from collections.abc import Callable, Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.db import connection

from funding.copying import cell, copy_lines
from funding.models import SearchName, SearchWord
from funding.models.establishment import PICKABLE
from funding.search import names, normalise
from funding.search.build_words import rebuild_vocabulary
from funding.search.indexes import filled_at_once

BATCH = 5_000

# Every establishment with the names and numbers of those that it followed, directly or through others now closed.
# Where the register gives no address, the town is that which most childcare settings of its postcode sector name
# (at least half of them): people look for a school by its town, and a district often has another name.
SOURCES = """
CREATE TEMPORARY TABLE search_source ON COMMIT DROP AS
WITH RECURSIVE step AS (
    SELECT linked_urn AS old, urn AS new, linked_name AS name FROM funding_establishmentlink
    WHERE kind LIKE 'Predecessor%%' OR kind = 'Result of Amalgamation'
    UNION
    SELECT link.urn, link.linked_urn, old.name FROM funding_establishmentlink link
    LEFT JOIN funding_establishment old ON old.urn = link.urn
    WHERE link.kind LIKE 'Successor%%'
), past AS (
    SELECT step.new AS urn, step.old, step.name FROM step
    JOIN funding_establishment heir ON heir.urn = step.new AND heir.status_code = ANY(%(open)s)
    WHERE NOT EXISTS (SELECT FROM funding_establishment f WHERE f.urn = step.old AND f.status_code = ANY(%(open)s))
    UNION
    SELECT past.urn, step.old, step.name FROM past JOIN step ON step.new = past.old
    WHERE NOT EXISTS (SELECT FROM funding_establishment f WHERE f.urn = step.old AND f.status_code = ANY(%(open)s))
), former AS (
    SELECT urn, array_agg(DISTINCT name ORDER BY name) FILTER (WHERE name <> '') AS names,
        array_agg(DISTINCT old ORDER BY old) AS urns
    FROM past GROUP BY urn
), sector AS (
    SELECT DISTINCT ON (sector) sector, town FROM (
        SELECT left(postcode, -2) AS sector, lower(town) AS town, count(*) AS n,
            sum(count(*)) OVER (PARTITION BY left(postcode, -2)) AS settings
        FROM funding_childcaresetting WHERE postcode <> '' AND town <> '' GROUP BY 1, 2
    ) AS counted WHERE n * 2 >= settings ORDER BY sector, n DESC, town
), source AS (
    SELECT e.id, e.name, e.status_code = ANY(%(open)s) AS is_open, coalesce(e.urn, '') AS urn,
        coalesce(e.ukprn, '') AS ukprn, e.postcode, e.la_name, e.district_name,
        coalesce(nullif(e.town, ''), sector.town, '') AS town, e.region,
        coalesce(former.names, '{}') AS former_names, coalesce(former.urns, '{}') AS former_urns
    FROM funding_establishment e LEFT JOIN former USING (urn) LEFT JOIN sector ON sector.sector = left(e.postcode, -2)
)
SELECT *, md5(%(reading)s || source::text)::uuid AS made_of FROM source"""
# Compiling a statement that runs once takes longer than it saves; and what is sorted and hashed fits in memory.
SESSION = "SET LOCAL jit = off; SET LOCAL work_mem = '64MB'"
# The last import's figures would have the planner look for each row in turn, which takes a hundred times as long.
FIGURES = """
ANALYZE funding_establishment (id, urn, status_code, postcode), funding_establishmentlink (urn, linked_urn, kind)"""
OUTDATED = """
DELETE FROM funding_searchname n USING search_source s WHERE s.id = n.establishment_id AND s.made_of <> n.made_of"""
WANTED = """
SELECT id, name, is_open, urn, ukprn, postcode, la_name, district_name, town, region, former_names, former_urns,
    made_of::text
FROM search_source s WHERE NOT EXISTS (SELECT FROM funding_searchname n WHERE n.establishment_id = s.id)
ORDER BY id"""
NAMES = "COPY funding_searchname (establishment_id, name, former, is_open, cost, vector, made_of) FROM STDIN"


def rebuild(cursor: Any, step: Callable[[int], object] = lambda rows: None) -> None:
    """Brings SearchName and SearchWord in line; `step` is told of establishments as they go by.

    Call it within a transaction. The rows are read and written in batches and are never all held.
    """
    cursor.execute(SESSION)
    cursor.execute(FIGURES)
    cursor.execute(SOURCES, {"open": list(PICKABLE), "reading": _reading()})
    sources = cursor.rowcount
    cursor.execute("ANALYZE search_source (id)")
    with filled_at_once(cursor, SearchName, SearchWord):
        cursor.execute(OUTDATED)
        outdated = cursor.rowcount
        remade = _name_the_unnamed(cursor, step)
        step(sources - remade)
        cursor.execute("DROP TABLE search_source")
        if outdated or remade or not _has_vocabulary(cursor):
            cursor.execute("ANALYZE funding_searchname (establishment_id, is_open, cost)")
            rebuild_vocabulary(cursor, "funding_searchname", "funding_searchword")


def _name_the_unnamed(cursor: Any, step: Callable[[int], object]) -> int:
    remade = 0
    with connection.chunked_cursor() as wanted:
        wanted.execute(WANTED)
        while batch := wanted.fetchmany(BATCH):
            copy_lines(cursor, NAMES, _lines(batch))
            remade += len(batch)
            step(len(batch))
    return remade


def _lines(batch: list[tuple[Any, ...]]) -> Iterator[str]:
    for *source, made_of in batch:
        for name in names.search_names(names.Source(*source)):
            key, written, former, is_open, cost, vector = name
            yield f"{key}\t{cell(written)}\t{former}\t{is_open}\t{cost}\t{vector}\t{made_of}"


@cache
def _reading() -> str:
    """Changes with the words that mean the same, and with the code that makes names."""
    files = (normalise.DATA, Path(normalise.__file__), Path(names.__file__))
    return sha256(b"".join(path.read_bytes() for path in files)).hexdigest()


def _has_vocabulary(cursor: Any) -> bool:
    cursor.execute("SELECT EXISTS (SELECT FROM funding_searchword)")
    return bool(cursor.fetchone()[0])
