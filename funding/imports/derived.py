"""What is worked out from establishments and their links, brought in line with them after an import."""

from collections.abc import Callable
from typing import Any

from django.db import connection

from funding.imports.stage import Step
from funding.search import build

# Each is called in the import's own transaction with a cursor, and with what to call as rows go by. The
# temporary table `touched_establishments` holds the ids of the establishments that the import added,
# changed or retired.
REFRESHERS: list[Callable[[Any, Step], None]] = [build.rebuild]

TOUCHED = "INSERT INTO touched_establishments SELECT id FROM touched ON CONFLICT DO NOTHING"
EVERY = "INSERT INTO touched_establishments SELECT id FROM funding_establishment ON CONFLICT DO NOTHING"


def note_touched(*, every: bool = False) -> int:
    """Keeps the ids that the last merge touched (or those of `every` establishment) until
    `refresh_derived`, and returns how many there are.
    """
    with connection.cursor() as cursor:
        _make_table(cursor)
        cursor.execute(EVERY if every else TOUCHED)
        cursor.execute("SELECT count(*) FROM touched_establishments")
        return int(cursor.fetchone()[0])


def refresh_derived(step: Step = lambda rows: None) -> None:
    """Brings everything in REFRESHERS in line. Call within the transaction of the import, after its last
    file.
    """
    with connection.cursor() as cursor:
        _make_table(cursor)
        cursor.execute("ANALYZE touched_establishments")
        for refresh in REFRESHERS:
            refresh(cursor, step)
        cursor.execute("TRUNCATE touched_establishments")


def _make_table(cursor: Any) -> None:
    cursor.execute(
        "CREATE TEMPORARY TABLE IF NOT EXISTS touched_establishments (id bigint PRIMARY KEY) ON COMMIT DROP"
    )
