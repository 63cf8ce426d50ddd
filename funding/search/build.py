"""Works out the search names and the vocabulary again, from the establishments and their links.

Run after every import, in its transaction. Only rows that change are written.
"""

from collections.abc import Callable
from typing import Any

from django.db import connection

from funding.models.establishment import PICKABLE
from funding.search import spelling
from funding.search.names import Source, search_names

BATCH = 5_000

# Every establishment with the names and numbers of those that it followed, directly or through others now closed.
# Where the register gives no address, the town is that which most childcare settings of its postcode sector name
# (at least half of them): people look for a school by its town, and a district often has another name.
SOURCE = """
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
)
SELECT e.id, e.name, e.status_code = ANY(%(open)s), coalesce(e.urn, ''), coalesce(e.ukprn, ''), e.postcode, e.la_name,
    e.district_name, coalesce(nullif(e.town, ''), sector.town, ''), e.region,
    coalesce(former.names, '{}'), coalesce(former.urns, '{}')
FROM funding_establishment e LEFT JOIN former USING (urn) LEFT JOIN sector ON sector.sector = left(e.postcode, -2)
"""
STAGE = """
CREATE TEMPORARY TABLE search_stage ON COMMIT DROP AS
SELECT establishment_id, name, former, is_open, cost, vector FROM funding_searchname WITH NO DATA"""
MERGE = (
    "CREATE INDEX ON search_stage (establishment_id)",
    "ANALYZE search_stage",
    """DELETE FROM funding_searchname n WHERE NOT EXISTS (
        SELECT FROM search_stage s WHERE (s.establishment_id, s.name, s.former, s.is_open, s.cost, s.vector)
            = (n.establishment_id, n.name, n.former, n.is_open, n.cost, n.vector))""",
    """INSERT INTO funding_searchname (establishment_id, name, former, is_open, cost, vector)
    SELECT establishment_id, name, former, is_open, cost, vector FROM search_stage s WHERE NOT EXISTS (
        SELECT FROM funding_searchname n
        WHERE (n.establishment_id, n.name, n.former) = (s.establishment_id, s.name, s.former))
    ORDER BY establishment_id, former, name""",
    "DROP TABLE search_stage",
    "ANALYZE funding_searchname",
)
VOCABULARY = (
    """CREATE TEMPORARY TABLE word_stage ON COMMIT DROP AS SELECT word, ndoc AS rows
    FROM ts_stat('SELECT vector FROM funding_searchname') WHERE word ~ '^[a-z]+$'""",
    "DELETE FROM funding_searchword w WHERE NOT EXISTS (SELECT FROM word_stage s WHERE s.word = w.word)",
    """UPDATE funding_searchword w SET rows = s.rows
    FROM word_stage s WHERE s.word = w.word AND s.rows <> w.rows""",
)
NEW_WORDS = """
SELECT word, rows FROM word_stage s WHERE NOT EXISTS (SELECT FROM funding_searchword w WHERE w.word = s.word)"""
# New rows wait in a list beside the index, which every search would read until autovacuum comes by.
INDEXES = ("search_name_words", "search_word_near")


def rebuild(cursor: Any, step: Callable[[int], object] = lambda rows: None) -> None:
    """Brings SearchName and SearchWord in line; `step` is told of establishments as they go by.

    Call it within a transaction. The rows are read and staged in batches and are never all held.
    """
    cursor.execute(STAGE)
    with connection.chunked_cursor() as source:
        source.execute(SOURCE, {"open": list(PICKABLE)})
        while batch := source.fetchmany(BATCH):
            with cursor.copy("COPY search_stage FROM STDIN") as copy:
                for row in batch:
                    for name in search_names(Source(*row)):
                        copy.write_row(name)
            step(len(batch))
    for statement in MERGE:
        cursor.execute(statement)
    _rebuild_vocabulary(cursor)
    for index in INDEXES:
        cursor.execute("SELECT gin_clean_pending_list(%s::regclass)", [index])


def _rebuild_vocabulary(cursor: Any) -> None:
    for statement in VOCABULARY:
        cursor.execute(statement)
    cursor.execute(NEW_WORDS)
    new = cursor.fetchall()
    with cursor.copy("COPY funding_searchword (word, rows, near) FROM STDIN") as copy:
        for word, rows in new:
            near = spelling.shortened(word, spelling.MOST if len(word) > 3 else 1)
            copy.write_row((word, rows, sorted(near)))
    cursor.execute("DROP TABLE word_stage")
    cursor.execute("ANALYZE funding_searchword")
