"""Every row of every table at once: what a test compares before and after, and what it searches."""

from functools import cache

from django.db import connection

from npq_portal.accounts.models import Session


@cache
def tables() -> tuple[str, ...]:
    with connection.cursor() as cursor:
        return tuple(sorted(connection.introspection.table_names(cursor)))


def holding(text: str) -> set[str]:
    """The tables with a row that has `text` in any column, whatever its type and letters; sessions are decoded.

    A date is found as 1987-03-27.
    """
    each = " UNION ALL ".join(
        f"SELECT '{table}' WHERE EXISTS (SELECT FROM \"{table}\" t WHERE t::text ILIKE %(text)s)"
        for table in tables()
    )
    with connection.cursor() as cursor:
        cursor.execute(each, {"text": f"%{text}%"})
        found = {name for (name,) in cursor.fetchall()}
    if any(text.lower() in str(session.get_decoded()).lower() for session in Session.objects.all()):
        found.add(Session._meta.db_table)
    return found


def digests() -> dict[str, str | None]:
    """Table -> a digest of all its rows, None for an empty one. One query."""
    each = " UNION ALL ".join(
        f"SELECT '{table}', md5(string_agg(md5(t::text), '' ORDER BY md5(t::text))) FROM \"{table}\" t"
        for table in tables()
    )
    with connection.cursor() as cursor:
        cursor.execute(each)
        return dict(cursor.fetchall())
