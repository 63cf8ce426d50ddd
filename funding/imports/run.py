"""One file into the database: looked through, read, staged, applied, recorded. Call within a transaction."""

from dataclasses import dataclass
from pathlib import Path

from funding.imports import stage
from funding.imports.apply import Changes, merge
from funding.imports.entries import edition_of, make_edition, stage_entries
from funding.imports.tables import Table
from funding.models import ImportRun, ListEdition
from funding.models.import_run import SEARCHED
from funding.search import normalise
from npq_portal import read
from npq_portal.read import FileRefusedError

# Raised when the same file would be read to other values: it is then read again.
READER_VERSION = "1"


@dataclass(frozen=True)
class Origin:
    """Where a file's rows come from, as the ImportRun records it."""

    source: str
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
NOTHING_CHANGED = Changes()


class RowsRejectedError(FileRefusedError):
    """Some rows cannot be used, and it was not agreed to leave them out."""

    def __init__(self, staged: stage.Staged) -> None:
        super().__init__(
            f"{staged.rows_rejected:,} of the {staged.rows_read:,} rows cannot be used. {staged.first_reasons}."
        )


def ignore(rows: int) -> None:
    """The step of who does not watch."""


def read_already(run: ImportRun | None, sha256: str) -> bool:
    """Whether `run`, the one in use of its source, was of this very file, and it would be read to the same values."""
    return run is not None and (run.sha256, run.reader_version) == (sha256, _reader_version(run.source))


def import_table(
    file: Path | read.SourceFile,
    table: Table,
    origin: Origin,
    step: stage.Step,
    *,
    accepted: Accepted = ANYTHING,
) -> ImportRun:
    """Merges the file's rows into the table. Raises FileRefusedError, of which RowsRejectedError and LargeLossError
    say what was not accepted; then nothing is changed.

    What is worked out from the table, the search and the ranking, is not worked out again (see funding.follow).
    """
    source = file if isinstance(file, read.SourceFile) else read.look_through(file)
    with read.opened(source, required=table.required) as sheet:
        reading = table.reader(sheet.columns)
        staged = stage.copy_rows(table.model._meta.db_table, reading, sheet.rows, step)
    if staged.rows_rejected and not accepted.rejected_rows:
        raise RowsRejectedError(staged)
    run = record_run(source.name, source.sha256, origin, staged)
    changes = merge(table, reading.columns, run, large_loss=accepted.large_loss)
    run.rows_added, run.rows_changed, run.rows_removed = changes.added, changes.changed, changes.removed
    run.save(update_fields=["rows_added", "rows_changed", "rows_removed"])
    return run


def import_edition(
    path: Path, kind: str, term_label: str, origin: Origin, step: stage.Step
) -> tuple[ListEdition, ImportRun]:
    """Makes an edition of the file's entries, or finds the one that this very file made before.

    A number that stands in several rows is one entry; the later rows count as rejected. Raises
    FileRefusedError.
    """
    file = read.look_through(path)
    if (earlier := edition_of(kind, term_label, file.sha256)) is not None:
        return earlier, record_run(file.name, file.sha256, origin, stage.Staged())
    staged = stage_entries(file, kind, step)
    edition = make_edition(
        kind=kind,
        term_label=term_label,
        sha256=file.sha256,
        source_name=file.name,
        entry_count=staged.rows_taken,
    )
    changes = Changes(added=edition.entry_count)
    return edition, record_run(file.name, file.sha256, origin, staged, changes)


def record_run(
    file_name: str, sha256: str, origin: Origin, staged: stage.Staged, changes: Changes = NOTHING_CHANGED
) -> ImportRun:
    """Keeps that a file was taken, what became of its rows, and what they changed."""
    return ImportRun.objects.create(
        source=origin.source,
        file_name=_cut(file_name),
        sha256=sha256,
        reader_version=_reader_version(origin.source),
        bundled=origin.bundled,
        as_of=origin.as_of,
        rows_read=staged.rows_read,
        rows_rejected=staged.rows_rejected,
        rejected=staged.rejected,
        rows_added=changes.added,
        rows_changed=changes.changed,
        rows_removed=changes.removed,
    )


def record_refusal(path: Path, source: str, reason: str, *, file_name: str = "") -> ImportRun:
    """Keeps that a file was refused, and why. Call when the refused import's own transaction is over."""
    return ImportRun.objects.create(
        source=source,
        file_name=_cut(file_name or path.name),
        sha256=read.sha256_of(path),
        reader_version="",
        bundled=False,
        rows_read=0,
        refusal=reason,
    )


def _reader_version(source: str) -> str:
    """What is searched is read again with every change to the words that it is searched by."""
    if source in SEARCHED:
        return f"{READER_VERSION}-{read.sha256_of(normalise.DATA)[:12]}"
    return READER_VERSION


def _cut(name: str) -> str:
    """Names of files may be longer than what is kept of them."""
    return name[: ImportRun._meta.get_field("file_name").max_length]
