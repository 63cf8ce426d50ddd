"""Course runs and the filters that each of them fits, as SQL: each part is written once for a search, which is then
counted, put in order, and asked for without one of its filters. Django takes longer to write than Postgres to answer.
"""

from collections.abc import Container, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import Any, Self

from django.db import connection
from django.db.models import Q, QuerySet

from catalogue.models import CourseRun

Sql = tuple[str, dict[str, Any]]  # with its parameters by name: what was asked is in these, never in the text
ONLINE = Q(mode=CourseRun.Mode.ONLINE)
TABLE = CourseRun._meta.db_table


@dataclass(frozen=True)
class Fitting:
    """Those of `runs`, a SELECT of whole runs, that fit all of `filters`: name -> what it asks of a run's own columns.

    `made` are the filters that were put into SQL so far, which those that come of this one share.
    """

    runs: Sql
    filters: Mapping[str, Q]
    made: dict[str, Sql] = field(default_factory=dict)

    def only(self, names: Container[str]) -> Self:
        """As this with these of its filters alone."""
        return replace(self, filters={name: each for name, each in self.filters.items() if name in names})

    def without(self, name: str) -> Self:
        return self.only(self.filters.keys() - {name})

    def rows(self, statement: str, **parameters: Any) -> list[tuple[Any, ...]]:
        """What the statement finds. In it {fitting} is a SELECT of id, starts_on and is_online of the runs that fit,
        and {flagged} one of all the runs, which has is_online too, and for each filter fits_..., not true where a run
        does not fit. One query.
        """
        text, known = self.runs
        filters = {name: self._sql(name) for name in self.filters}
        online = f"mode = '{CourseRun.Mode.ONLINE}' AS is_online"
        flags = [online, *(f"{sql} AS fits_{name}" for name, (sql, _) in filters.items())]
        fit = " AND ".join(sql for sql, _ in filters.values()) or "true"
        made = statement.format(
            fitting=f'SELECT id, starts_on, {online} FROM ({text}) "{TABLE}" WHERE {fit}',  # noqa: S608  (parts of our own)
            flagged=f'SELECT {", ".join(flags)} FROM ({text}) "{TABLE}"',  # noqa: S608
        )
        for _, asked in filters.values():
            known = known | asked
        with connection.cursor() as cursor:
            cursor.execute(made, known | parameters)
            return cursor.fetchall()

    def _sql(self, name: str) -> Sql:
        if name not in self.made:
            self.made[name] = _condition(self.filters[name], name)
        return self.made[name]


@lru_cache(maxsize=2)  # which runs there are to join is asked of Postgres each time: this is only how
def to_join(day: date) -> Sql:
    return written(CourseRun.objects.to_join(day))


def written(runs: QuerySet[CourseRun]) -> Sql:
    return _named(*runs.order_by().query.sql_with_params(), "run")


def _condition(q: Q, name: str) -> Sql:
    query = CourseRun.objects.filter(q).query
    sql, values = query.where.as_sql(query.get_compiler(connection=connection), connection)
    return _named(f"({sql})", values, name)


def _named(text: str, values: Any, name: str) -> Sql:
    named = {f"{name}_{number}": value for number, value in enumerate(values)}
    return text % tuple(f"%({each})s" for each in named), named
