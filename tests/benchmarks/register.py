"""The register's own search, rebuilt from its description (design, register features, section 5): its columns, its text
search configuration, its indexes, and its SQL.
"""

import re
from typing import Any

from django.db import connection

TABLE = "benchmark_register"
# Pairs that it takes for each other; each found adds an arm to the query.
SYNONYMS = (("saint", "st"), ("st", "saint"))
MOST = 100

_BUILD = f"""
    CREATE TABLE {TABLE} AS
    SELECT id, coalesce(urn, 'ukprn-' || ukprn) AS reference, urn, name, la_name, district_name AS town, region,
        postcode, replace(postcode, ' ', '') AS postcode_without_spaces, status_code
    FROM funding_establishment;
    ALTER TABLE {TABLE} ADD PRIMARY KEY (id);
    ALTER TABLE {TABLE} ADD COLUMN search_vector tsvector GENERATED ALWAYS AS (
        to_tsvector('english', name || ' ' || la_name || ' ' || town || ' ' || region || ' ' || postcode || ' '
            || postcode_without_spaces || ' ' || coalesce(urn, ''))
    ) STORED;
    CREATE INDEX ON {TABLE} USING gin (search_vector);
    CREATE INDEX ON {TABLE} (urn);
    ANALYZE {TABLE};
"""

_ARM = f"""(
    SELECT schools.reference FROM {TABLE} AS schools
    JOIN (
        SELECT id, ts_rank(search_vector, %(query)s) AS rank FROM {TABLE} WHERE search_vector @@ %(query)s
            AND status_code IN ('1', '3', '4')
    ) AS ranked ON ranked.id = schools.id
    WHERE schools.status_code IN ('1', '3', '4') ORDER BY ranked.rank DESC, schools.id LIMIT {MOST}
)"""


def build() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {TABLE}")
        cursor.execute(_BUILD)


def drop() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {TABLE}")


def find(text: str) -> list[str]:
    """References (see Establishment.reference), best first; at most 100 for each way of saying "saint"."""
    arms, values = [], []
    for words in _ways_of_saying(text):
        tokens = [token for token in (re.sub(r"\W", " ", word).strip() for word in words.split()) if token]
        if not tokens:
            return []
        query = " && ".join(["to_tsquery('english', ''' ' || %s || ' ''' || ':*')"] * len(tokens))
        arms.append(_ARM.replace("%(query)s", f"({query})"))
        values += tokens + tokens
    sql = arms[0] if len(arms) == 1 else f"SELECT reference FROM ({' UNION '.join(arms)}) AS every_arm"
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [row[0] for row in cursor.fetchall()]


def _ways_of_saying(text: str) -> list[Any]:
    ways = [text]
    for said, meant in SYNONYMS:
        if re.search(rf"\b{said}\b", text, re.IGNORECASE):
            ways.append(re.sub(rf"\b{said}\b", meant, text, flags=re.IGNORECASE))
    return ways
