"""What establishments were before an import changed them, and putting out of use those that the file no
longer has.
"""

from collections.abc import Sequence
from typing import Any

from psycopg import sql

from funding.models import ImportRun
from funding.models.establishment import CLOSED

# The values of a status that we set ourselves are the register's own.
CLOSED_NAME = "Closed"

REMEMBER = """
    INSERT INTO funding_establishmentchange (establishment_id, run_id, old, new)
    SELECT differing.id, {run}, changed.old, changed.new
    FROM differing JOIN staged USING (row_number) JOIN funding_establishment kept USING (id),
    LATERAL (
        SELECT jsonb_object_agg(was.key, was.value) AS old, jsonb_object_agg(was.key, is_now.value) AS new
        FROM jsonb_each(jsonb_build_object({kept})) was
        JOIN jsonb_each(jsonb_build_object({staged})) is_now USING (key)
        WHERE was.value IS DISTINCT FROM is_now.value
    ) changed
"""

# The day of the run is the day on which we saw that it was gone. When it closed, the file does not say.
RETIRE = """
    WITH today AS (
        SELECT (finished_at AT TIME ZONE 'Europe/London')::date AS day FROM funding_importrun WHERE id = %(run)s
    ), remembered AS (
        INSERT INTO funding_establishmentchange (establishment_id, run_id, old, new)
        SELECT id, %(run)s,
            jsonb_build_object('status_code', status_code, 'status_name', status_name, 'retired_on', retired_on),
            jsonb_build_object('status_code', %(code)s::text, 'status_name', %(name)s::text, 'retired_on', day)
        FROM funding_establishment JOIN lost USING (id), today
    )
    UPDATE funding_establishment SET status_code = %(code)s, status_name = %(name)s, retired_on = day
    FROM today WHERE id IN (SELECT id FROM lost)
"""

RETURN = """
    UPDATE funding_establishment SET retired_on = NULL
    WHERE retired_on IS NOT NULL AND (
        urn IN (SELECT urn FROM staged) OR (urn IS NULL AND ukprn IN (SELECT ukprn FROM staged WHERE urn IS NULL))
    )
"""


def remember(cursor: Any, run: ImportRun, columns: Sequence[str]) -> None:
    """One row for each establishment that changes: the columns that do, as they were and as they become."""
    cursor.execute(
        sql.SQL(REMEMBER).format(run=run.pk, kept=_pairs("kept", columns), staged=_pairs("staged", columns))
    )


def retire(cursor: Any, run: ImportRun) -> None:
    """Closes those in `lost` from the day of the run, and takes back what an earlier run retired and is
    here again.
    """
    cursor.execute(RETURN)
    cursor.execute(RETIRE, {"run": run.pk, "code": CLOSED, "name": CLOSED_NAME})


def _pairs(row: str, columns: Sequence[str]) -> sql.Composed:
    return sql.SQL(", ").join(
        sql.SQL("{}, {}").format(sql.Literal(column), sql.Identifier(row, column)) for column in columns
    )
