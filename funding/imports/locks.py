"""One import at a time: an advisory lock in Postgres that goes with the transaction, however that ends.

What a person starts is refused while another runs, so that they know. Loading what is bundled waits: it begins with
the portal, perhaps on several machines at once.
"""

from django.db import connection

# A number that no other part of the portal takes for its advisory lock.
LOCK = 7_061_742
# Otherwise Postgres would finish a long statement of a killed import, and hold the lock until then.
NOTICE_A_KILLED_CLIENT = "SET LOCAL client_connection_check_interval = '2s'"


class ImportBusyError(Exception):
    """Another import is running; nothing was changed."""

    def __init__(self) -> None:
        super().__init__("Another import is running. Wait until it has finished, then try again.")


def take_or_refuse() -> None:
    """Raises ImportBusyError where another import has the lock. Call within a transaction."""
    with connection.cursor() as cursor:
        cursor.execute(NOTICE_A_KILLED_CLIENT)
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            raise ImportBusyError


def wait_for() -> None:
    """Waits for the import that is running, if one is. Call within a transaction."""
    with connection.cursor() as cursor:
        cursor.execute(NOTICE_A_KILLED_CLIENT)
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
