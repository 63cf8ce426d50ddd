"""A published list into an edition: its entries staged, each number once with whose number it is; then kept."""

from collections.abc import Sequence
from datetime import date
from hashlib import md5

from django.db import connection

from funding.copying import cell
from funding.imports.last_row import LastRow
from funding.imports.lists import FORMATS, refuse_other_files
from funding.imports.stage import REJECTS_NAMED, Cells, Reading, Staged, Step, Values, copy_rows
from funding.models import ListEdition, ListEntry
from npq_portal import read

# Which rows repeat a number, and whether the rest of the row is as it was the first time.
REPEATS = """
    WITH repeats AS (
        DELETE FROM staged USING (
            SELECT namespace, identifier, min(row_number) AS first FROM staged GROUP BY 1, 2 HAVING count(*) > 1
        ) repeated
        JOIN staged earliest ON earliest.row_number = repeated.first
        WHERE staged.namespace = repeated.namespace AND staged.identifier = repeated.identifier
            AND staged.row_number > repeated.first
        RETURNING staged.row_number, staged.identifier, repeated.first, staged.content = earliest.content
    )
    SELECT *, count(*) OVER () FROM repeats ORDER BY row_number LIMIT %s
"""


def stage_entries(file: read.SourceFile, kind: str, step: Step) -> Staged:
    """Makes the temporary table `staged` (namespace, identifier, row_number) of the file's entries.

    A number that stands in several rows is one entry; the later rows count as rejected, and it is said whether the
    rest of the row is the same. Raises FileRefusedError, also for a file that is known to be no list, and for one
    that breaks off in its last row.
    """
    form = FORMATS[kind]

    def reader(columns: Sequence[str]) -> Reading:
        def read_row(cells: Cells) -> Values:
            row = read.as_row(columns, cells)
            content = md5("\0".join(row.values()).encode(), usedforsecurity=False).hexdigest()
            return map(cell, (*form.read(row), content))

        return Reading(("namespace", "identifier"), lambda rows: map(read_row, rows), extra=("content",))

    with read.opened(file, any_of=form.any_of) as sheet:
        refuse_other_files(sheet.columns, file.name)
        last = LastRow(file, is_number=form.is_number(sheet.columns[-1]))
        staged = copy_rows(ListEntry._meta.db_table, reader(sheet.columns), last.watch(sheet.rows), step)
    staged.doubt = last.doubt()
    _reject_repeats(staged)
    return staged


def edition_of(kind: str, term_label: str, sha256: str) -> ListEdition | None:
    """The edition that this very file made before, for the same term. There is one at most."""
    return ListEdition.objects.filter(kind=kind, term_label=term_label, sha256=sha256).first()


def make_edition(
    *,
    kind: str,
    term_label: str,
    sha256: str,
    source_name: str,
    entry_count: int,
    published_on: date | None = None,
) -> ListEdition:
    """Makes an edition of the entries in `staged`, which are `entry_count`. See `edition_of` first."""
    edition = ListEdition.objects.create(
        kind=kind,
        term_label=term_label,
        published_on=published_on,
        source_name=source_name,
        sha256=sha256,
        entry_count=entry_count,
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO funding_listentry (edition_id, namespace, identifier)"
            " SELECT %s::bigint, namespace, identifier FROM staged ORDER BY namespace, identifier",
            [edition.pk],
        )
    return edition


def _reject_repeats(staged: Staged) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE staged")
        cursor.execute(REPEATS, [REJECTS_NAMED])
        found = cursor.fetchall()
    for number, identifier, first, same, _ in found:
        differs = "" if same else ", where the rest of the row is different"
        staged.reject(number, f"{identifier} is already in row {first}{differs}")
    if found:
        staged.rows_rejected += found[0][-1] - len(found)
        staged.rejected = sorted(staged.rejected, key=lambda each: each["row"])[:REJECTS_NAMED]
