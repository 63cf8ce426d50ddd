"""A database of its own for the benchmarks, made for one run and dropped after it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection, connections


class CannotMakeDatabaseError(Exception):
    """The database's user may not make databases."""


@contextmanager
def scratch_database() -> Iterator[str]:
    """Points Django at a new, migrated database, and back when it is done, however that ends.

    Yields its name. The database that was in use before is neither read nor written meanwhile.
    """
    if not _may_make_databases():
        raise CannotMakeDatabaseError(
            "The benchmarks run in a database of their own, and this database user may not make one. "
            "Set DATABASE_URL to a server where it may (ALTER ROLE ... CREATEDB)."
        )
    used, test = connection.settings_dict["NAME"], connection.settings_dict["TEST"]
    wanted = test.get("NAME")
    name = test["NAME"] = f"benchmark_{os.getpid()}"
    made = False
    try:
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        made = True
        yield name
    finally:
        connections.close_all()
        if made:
            connection.creation.destroy_test_db(used, verbosity=0)
        test["NAME"] = wanted
        connection.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = used


def _may_make_databases() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user")
        return bool(cursor.fetchone()[0])
