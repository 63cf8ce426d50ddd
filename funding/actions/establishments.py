"""Taking an extract of the register of establishments, with the links between them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from funding.imports import locks
from funding.imports.establishments import ESTABLISHMENTS
from funding.imports.run import Accepted, Origin, ignore, import_table, read_already
from funding.imports.stage import Step
from funding.imports.tables import LINKS, Table
from funding.models import ImportRun
from npq_portal.accounts.models import User
from npq_portal.audit.recording import record
from npq_portal.read import SourceFile


@dataclass(frozen=True)
class Taken:
    """What was done: the run of each file that was read. `same` says that both were those of the last import, so
    none was.
    """

    establishments: ImportRun | None
    links: ImportRun | None

    @property
    def same(self) -> bool:
        return not self.runs

    @property
    def runs(self) -> list[ImportRun]:
        return [run for run in (self.establishments, self.links) if run is not None]


@transaction.atomic
def take_extract(
    *,
    file: SourceFile,
    links: SourceFile | None,
    as_of: str,
    agreed: Accepted,
    by: User | None,
    now: datetime,
    source: str = "",
    step: Step = ignore,
) -> Taken:
    """Brings establishments in line with the file, and links with theirs: both or neither. They are on every page from
    then on, but searched as before until `funding.follow.follow`, which comes next.

    An establishment that the file no longer has is closed from today and kept, with everything that named
    it; what changed is kept too. Links that the file no longer has are deleted. A file that was the last of
    its kind to be taken is not read again. Raises FileRefusedError, RowsRejectedError, LargeLossError or
    ImportBusyError, and then nothing is changed.
    """
    locks.take_or_refuse()
    taken = Taken(
        _take("establishments", file, ESTABLISHMENTS, as_of, agreed, step),
        _take("establishment-links", links, LINKS, as_of, agreed, step) if links else None,
    )
    if taken.same:
        return taken
    record(
        action="funding.extract_taken",
        subject=taken.runs[0],
        by=by,
        now=now,
        new={name: value for run in taken.runs for name, value in _facts(run).items()},
        source=source,
    )
    return taken


def _take(
    name: str, file: SourceFile, table: Table, as_of: str, agreed: Accepted, step: Step
) -> ImportRun | None:
    """None where the file is the one in use."""
    if read_already(ImportRun.objects.in_use(name).first(), file.sha256):
        return None
    return import_table(file, table, Origin(name, bundled=False, as_of=as_of), step, accepted=agreed)


def _facts(run: ImportRun) -> dict[str, Any]:
    facts = {
        "sha256": run.sha256,
        "added": run.rows_added,
        "changed": run.rows_changed,
        "gone": run.rows_removed,
    }
    return {f"{run.source} {name}": value for name, value in facts.items()}
