"""Every row of every table at once: what a test compares before and after, and what it searches."""

from functools import cache

from django.db import connection


@cache
def tables() -> tuple[str, ...]:
    with connection.cursor() as cursor:
        return tuple(sorted(connection.introspection.table_names(cursor)))


def digests() -> dict[str, str | None]:
    """Table -> a digest of all its rows, None for an empty one. One query."""
    each = " UNION ALL ".join(
        f"SELECT '{table}', md5(string_agg(md5(t::text), '' ORDER BY md5(t::text))) FROM \"{table}\" t"
        for table in tables()
    )
    with connection.cursor() as cursor:
        cursor.execute(each)
        return dict(cursor.fetchall())
