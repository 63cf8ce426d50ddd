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
from catalogue.models.course_run import may_be_joined

Sql = tuple[str, dict[str, Any]]  # with its parameters by name: what was asked is in these, never in the text
ONLINE = Q(mode=CourseRun.Mode.ONLINE)
RUNS = CourseRun._meta.db_table
IS_ONLINE = f"mode = '{CourseRun.Mode.ONLINE}' AS is_online"
# From the filter that fewest runs fit, as a rule, to those that cost most to look at.
FEWEST_FIT = ("hub", "npq", "provider", "start", "days", "mode", "places", "within")


@dataclass(frozen=True)
class Fitting:
    """The runs of which `among` is true and that fit all of `filters`: name -> what it asks of a run's own columns.

    `made` are the filters that were put into SQL so far, which those that come of this one share.
    """

    among: Sql
    filters: Mapping[str, Q]
    made: dict[str, Sql] = field(default_factory=dict)

    def only(self, names: Container[str]) -> Self:
        """As this with these of its filters alone."""
        return replace(self, filters={name: each for name, each in self.filters.items() if name in names})

    def without(self, name: str) -> Self:
        return self.only(self.filters.keys() - {name})

    @property
    def names(self) -> list[str]:
        return sorted(self.filters, key=FEWEST_FIT.index)

    def rows(self, statement: str, **parameters: Any) -> list[tuple[Any, ...]]:
        """What the statement finds. One query. In the statement

        {fitting} is a SELECT of id, starts_on and is_online of the runs that fit,
        {nearly} is one of id and is_online of the runs that fit all filters but one, and perhaps of some others; and
        for each filter it has fits_..., which is not true where a run does not fit.
        """
        among, known = self.among
        filters = {name: self._sql(name) for name in self.names}
        for _, asked in filters.values():
            known = known | asked
        each = [text for text, _ in filters.values()]
        # Of two filters, what fits all but one fits at least one: that alone leaves few runs to look at closely.
        one_of_two = [f"({one} OR {other})" for one, other in zip(each[::2], each[1::2], strict=False)]
        flags = ["id", IS_ONLINE, *(f"{text} AS fits_{name}" for name, (text, _) in filters.items())]
        made = statement.format(
            fitting=f"SELECT id, starts_on, {IS_ONLINE} FROM {RUNS} WHERE {_all(*each, among)}",  # noqa: S608  (parts of our own)
            nearly=f"SELECT {', '.join(flags)} FROM {RUNS} WHERE {_all(*one_of_two, among)}",  # noqa: S608
        )
        with connection.cursor() as cursor:
            cursor.execute(made, known | parameters)
            return cursor.fetchall()

    def _sql(self, name: str) -> Sql:
        if name not in self.made:
            self.made[name] = _written(self.filters[name], name)
        return self.made[name]


@lru_cache(maxsize=2)  # which runs there are to join is asked of Postgres each time: this is only how
def to_join(day: date) -> Sql:
    return _written(may_be_joined(day), "among")


def those(runs: QuerySet[CourseRun]) -> Sql:
    return _written(Q(pk__in=runs.order_by().values("pk")), "among")


def _all(*conditions: str) -> str:
    return " AND ".join(conditions)


def _written(q: Q, name: str) -> Sql:
    query = CourseRun.objects.filter(q).query
    sql, values = query.where.as_sql(query.get_compiler(connection=connection), connection)
    named = {f"{name}_{number}": value for number, value in enumerate(values)}
    return f"({sql})" % tuple(f"%({each})s" for each in named), named
