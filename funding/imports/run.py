"""One file into the database: looked through, read, staged, applied, recorded. Call within a transaction."""

from dataclasses import dataclass
from pathlib import Path

from django.db import connection

from funding.imports import read, stage
from funding.imports.apply import Changes, merge
from funding.imports.entries import stage_entries
from funding.imports.read import FileRefusedError
from funding.imports.tables import Table
from funding.models import ImportRun, ListEdition


@dataclass(frozen=True)
class Origin:
    """Where a file's rows come from, as the ImportRun records it."""

    source: str
    reader_version: str
    bundled: bool
    as_of: str = ""


@dataclass(frozen=True)
class Accepted:
    """What somebody has seen and agreed to: leaving out the rejected rows; losing over a fifth of the rows
    in use.
    """

    rejected_rows: bool = False
    large_loss: bool = False


ANYTHING = Accepted(rejected_rows=True, large_loss=True)


class RowsRejectedError(FileRefusedError):
    """Some rows cannot be used, and it was not agreed to leave them out."""


def import_table(
    file: Path | read.SourceFile,
    table: Table,
    origin: Origin,
    step: stage.Step,
    *,
    accepted: Accepted = ANYTHING,
) -> ImportRun:
    """Merges the file's rows into the table. Raises FileRefusedError, and then nothing is changed.

    What is worked out from the table is not: see funding.imports.derived.
    """
    source = file if isinstance(file, read.SourceFile) else read.look_through(file)
    with read.opened(source, required=table.required) as sheet:
        reading = table.reader(sheet.columns)
        staged = stage.copy_rows(table.model._meta.db_table, reading, sheet.rows, step)
    if staged.rows_rejected and not accepted.rejected_rows:
        raise RowsRejectedError(f"{staged.rows_rejected:,} rows cannot be used. {staged.first_reasons}.")
    run = _record(source, origin, staged)
    changes = merge(table, reading.columns, run, large_loss=accepted.large_loss)
    return _complete(run, changes)


def import_edition(
    path: Path, kind: str, term_label: str, origin: Origin, step: stage.Step
) -> tuple[ListEdition, ImportRun]:
    """Makes an edition of the file's entries, or finds the one that this very file made before.

    A number that stands in several rows is one entry; the later rows count as rejected. Raises
    FileRefusedError.
    """
    file = read.look_through(path)
    earlier = ListEdition.objects.filter(kind=kind, term_label=term_label, sha256=file.sha256).first()
    if earlier is not None:
        return earlier, _record(file, origin, stage.Staged())
    staged = stage_entries(file, kind, step)
    edition = ListEdition.objects.create(
        kind=kind,
        term_label=term_label,
        source_name=file.name,
        sha256=file.sha256,
        entry_count=staged.rows_read - staged.rows_rejected,
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO funding_listentry (edition_id, namespace, identifier)"
            " SELECT %s::bigint, namespace, identifier FROM staged ORDER BY namespace, identifier",
            [edition.pk],
        )
    return edition, _complete(_record(file, origin, staged), Changes(added=edition.entry_count))


def record_refusal(path: Path, source: str, reason: str) -> ImportRun:
    """Keeps that a file was refused, and why. Call when the refused import's own transaction is over."""
    return ImportRun.objects.create(
        source=source,
        file_name=path.name,
        sha256=read.sha256_of(path),
        reader_version="",
        bundled=False,
        rows_read=0,
        refusal=reason,
    )


def _record(file: read.SourceFile, origin: Origin, staged: stage.Staged) -> ImportRun:
    return ImportRun.objects.create(
        source=origin.source,
        file_name=file.name,
        sha256=file.sha256,
        reader_version=origin.reader_version,
        bundled=origin.bundled,
        as_of=origin.as_of,
        rows_read=staged.rows_read,
        rows_rejected=staged.rows_rejected,
        rejected=staged.rejected,
    )


def _complete(run: ImportRun, changes: Changes) -> ImportRun:
    run.rows_added, run.rows_changed, run.rows_removed = changes.added, changes.changed, changes.removed
    run.save(update_fields=["rows_added", "rows_changed", "rows_removed"])
    return run
