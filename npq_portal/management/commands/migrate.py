"""Django's own migrate, which never waits long for a lock: whoever waits for a table keeps everybody behind waiting."""

import time
from typing import Any

from django.core.management import CommandError
from django.core.management.commands import migrate
from django.db import OperationalError, connections
from psycopg.errors import LockNotAvailable

from npq_portal.verbs import PATIENCE

TRIES = 5
PAUSE_SECONDS = 2.0


class Command(migrate.Command):
    """Applies what is pending, each migration whole or not at all.

    One that has waited PATIENCE for a table that somebody uses is given up, so that the pages behind it go on, and is
    tried again after a pause, TRIES times in all. Raises CommandError when it was never free: what was applied before
    stays applied. (Quality figures, 27.)
    """

    def handle(self, *args: Any, **options: Any) -> None:
        connection = connections[options["database"]]
        for left in reversed(range(TRIES)):
            with connection.cursor() as cursor:
                cursor.execute("SELECT set_config('lock_timeout', %s, false)", [PATIENCE])
            try:
                super().handle(*args, **options)
            except OperationalError as problem:
                if not isinstance(problem.__cause__, LockNotAvailable):
                    raise
                if not left:
                    raise CommandError(
                        "Somebody used a table for longer than a migration waits for it. What was applied before it"
                        " stays applied. Run migrate again when the portal is quieter."
                    ) from problem
                self.stderr.write("A table is in use: waiting a moment before trying again.")
                time.sleep(PAUSE_SECONDS)
            else:
                return
            finally:
                if connection.connection is not None:
                    with connection.cursor() as cursor:
                        cursor.execute("RESET lock_timeout")
