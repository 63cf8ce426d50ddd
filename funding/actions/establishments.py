"""Taking an extract of the register of establishments, with the links between them."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from funding.imports import locks
from funding.imports.establishments import ESTABLISHMENTS
from funding.imports.read import SourceFile
from funding.imports.run import Accepted, Origin, import_table
from funding.imports.stage import Step
from funding.imports.tables import LINKS
from funding.models import ImportRun
from funding.ranking.working import keep_up_to_date
from funding.search import build
from npq_portal.audit.recording import record

READER_VERSION = "1"


@dataclass(frozen=True)
class Taken:
    """What was done. `same` says that both files were those of the last import, so nothing was read."""

    establishments: ImportRun | None
    links: ImportRun | None

    @property
    def same(self) -> bool:
        return self.establishments is None and self.links is None


@dataclass(frozen=True)
class Steps:
    """What to call as rows go by: while they are read, and while what is worked out from them is."""

    reading: Step
    refreshing: Step


def ignore(rows: int) -> None:
    """For who does not watch."""


@transaction.atomic
def take_extract(
    *,
    file: SourceFile,
    links: SourceFile | None,
    as_of: str,
    agreed: Accepted,
    now: datetime,
    source: str,
    steps: Steps = Steps(ignore, ignore),
) -> Taken:
    """Brings establishments in line with the file, and links with theirs: both or neither.

    An establishment that the file no longer has is closed from today and kept, with everything that named
    it; what changed is kept too. Links that the file no longer has are deleted. A file that was the last of
    its kind to be taken is not read again. Raises FileRefusedError, RowsRejectedError, LargeLossError or
    ImportBusyError, and then nothing is changed.
    """
    locks.take_or_refuse()
    runs: list[ImportRun | None] = []
    for name, given, table in (
        ("establishments", file, ESTABLISHMENTS),
        ("establishment-links", links, LINKS),
    ):
        if given is None or _is_in_use(name, given):
            runs.append(None)
            continue
        origin = Origin(name, READER_VERSION, bundled=False, as_of=as_of)
        run = import_table(given, table, origin, steps.reading, accepted=agreed)
        record(
            action=f"funding.{name.replace('-', '_')}_imported",
            subject=run,
            by=None,
            now=now,
            new={
                "sha256": run.sha256,
                "added": run.rows_added,
                "changed": run.rows_changed,
                "gone": run.rows_removed,
            },
            source=source,
        )
        runs.append(run)
    taken = Taken(*runs)
    if not taken.same:
        with connection.cursor() as cursor:
            build.rebuild(cursor, steps.refreshing)
        keep_up_to_date()
    return taken


def _is_in_use(name: str, file: SourceFile) -> bool:
    run = ImportRun.objects.in_use(name).first()
    return (
        run is not None
        and run.sha256 == file.sha256
        and (run.bundled or run.reader_version == READER_VERSION)
    )
