"""A table of figures, taken away as a file."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from django.db import transaction

from applications.figures.tables import Table
from npq_portal.accounts.models import User
from npq_portal.audit.recording import record
from npq_portal.cells import csv_lines


@transaction.atomic
def take_figures(
    *, table: Table, to_pass_on: bool, filters: Mapping[str, str], by: User, now: datetime
) -> Iterator[str]:
    """The lines of a CSV file; `to_pass_on` rounds its numbers. One audit row: which table, how, and the filters."""
    new = {"table": table.key, "rounded": to_pass_on, "filters": dict(filters)}
    record(action="applications.figures_taken", subject=by, by=by, now=now, new=new)
    return csv_lines(table.lines(to_pass_on=to_pass_on))
