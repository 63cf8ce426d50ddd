"""One import at a time: an advisory lock in Postgres that goes with the transaction, however that ends."""

from django.db import connection

# A number that no other part of the portal takes for its advisory lock.
LOCK = 7_061_742


class ImportBusyError(Exception):
    """Another import is running; nothing was changed."""

    def __init__(self) -> None:
        super().__init__("Another import is running. Wait until it has finished, then try again.")


def take_or_refuse() -> None:
    """Raises ImportBusyError where another import has the lock. Call within a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            raise ImportBusyError


def wait_for() -> None:
    """Waits for the import that is running, if one is. Call within a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
