"""One file into the database: looked through, read, staged, applied, recorded. Call within a transaction."""

from dataclasses import dataclass
from pathlib import Path

from django.db import connection

from funding.imports import read, stage
from funding.imports.apply import Changes, merge
from funding.imports.lists import FORMATS
from funding.imports.tables import Table
from funding.models import ImportRun, ListEdition, ListEntry


@dataclass(frozen=True)
class Origin:
    """Where a file's rows come from, as the ImportRun records it."""

    source: str
    reader_version: str
    bundled: bool
    as_of: str = ""


def import_table(path: Path, table: Table, origin: Origin, step: stage.Step) -> ImportRun:
    """Merges the file's rows into the table. Raises FileRefusedError, and then nothing is changed."""
    file = read.look_through(path)
    rows = read.rows(file, required=table.required)
    staged = stage.copy_rows(table.model._meta.db_table, table.columns, rows, table.read, step)
    return _record(file, origin, staged, merge(table))


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
        return earlier, _record(file, origin, stage.Staged(), Changes())
    form = FORMATS[kind]
    rows = read.rows(file, any_of=form.any_of)
    staged = stage.copy_rows(ListEntry._meta.db_table, ("namespace", "identifier"), rows, form.read, step)
    edition = ListEdition.objects.create(
        kind=kind,
        term_label=term_label,
        source_name=path.name,
        sha256=file.sha256,
        entry_count=_repeats(staged),
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO funding_listentry (edition_id, namespace, identifier)"
            " SELECT DISTINCT %s::bigint, namespace, identifier FROM staged ORDER BY namespace, identifier",
            [edition.pk],
        )
    return edition, _record(file, origin, staged, Changes(added=edition.entry_count))


def _repeats(staged: stage.Staged) -> int:
    """Rejects the staged rows that repeat an earlier one; returns how many different entries there are."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT row_number, identifier, first FROM (SELECT row_number, identifier,"
            " min(row_number) OVER (PARTITION BY namespace, identifier) AS first FROM staged) AS numbered"
            " WHERE row_number > first ORDER BY row_number"
        )
        for number, identifier, first in cursor.fetchall():
            staged.reject(number, f"{identifier} is already in row {first}")
    return staged.rows_read - staged.rows_rejected


def _record(file: read.SourceFile, origin: Origin, staged: stage.Staged, changes: Changes) -> ImportRun:
    return ImportRun.objects.create(
        source=origin.source,
        file_name=file.path.name,
        sha256=file.sha256,
        reader_version=origin.reader_version,
        bundled=origin.bundled,
        as_of=origin.as_of,
        rows_read=staged.rows_read,
        rows_rejected=staged.rows_rejected,
        rejected=staged.rejected,
        rows_added=changes.added,
        rows_changed=changes.changed,
        rows_removed=changes.removed,
    )
