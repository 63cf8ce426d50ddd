"""Taking the file: recorded before the first line leaves, and then read from the database as it is sent."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from django.db import transaction

from applications.export.columns import ANSWERS_GIVEN, GIVEN, Column
from applications.models.application_sets import ApplicationQuerySet
from npq_portal.accounts.models import User
from npq_portal.audit.recording import record
from npq_portal.cells import csv_lines

AT_ONCE = 500


@transaction.atomic
def take(
    *,
    rows: ApplicationQuerySet,
    columns: Sequence[Column],
    filters: Mapping[str, object],
    by: User,
    now: datetime,
) -> Iterator[str]:
    """The lines of a CSV file of `rows`, which are those that `by` sees, in their order.

    One audit row: how many rows, which columns, and the filters, in which no words that somebody searched for may
    stand. Nothing is read until the lines are: then AT_ONCE rows at a time, with a query beside them where the columns
    need one. Nothing of the file is kept.
    """
    keys = [column.key for column in columns]
    count = rows.order_by().count()
    new = {"rows": count, "columns": keys, "filters": dict(filters)}
    record(action="applications.exported", subject=by, by=by, now=now, new=new)
    return csv_lines(_table(rows, columns))


def _table(rows: ApplicationQuerySet, columns: Sequence[Column]) -> Iterator[Iterable[str]]:
    yield [column.label for column in columns]
    beside = {column.prefetch for column in columns} - {""}
    if any(column.of_form for column in columns):
        rows = rows.annotate(**{GIVEN: ANSWERS_GIVEN})
    for application in (
        rows.with_place_in_line().prefetch_related(*sorted(beside)).iterator(chunk_size=AT_ONCE)
    ):
        yield [str(column.value(application)) for column in columns]
