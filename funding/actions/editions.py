"""Bringing a published list into use: look at it first, then confirm."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, transaction

from catalogue.models import Term
from funding import impact
from funding.imports import locks
from funding.imports.apply import Changes
from funding.imports.entries import edition_of, make_edition, stage_entries
from funding.imports.run import Accepted, Origin, ignore, record_run
from funding.imports.stage import Staged, Step
from funding.models import EditionUpload, ListEdition, TermList
from funding.rules.vocabulary import ListKind
from npq_portal.accounts.models import User
from npq_portal.audit.recording import record
from npq_portal.read import SourceFile

KEPT_FOR = timedelta(hours=2)

COMPARE = """
    WITH kept AS (SELECT namespace, identifier FROM funding_listentry WHERE edition_id = %(edition)s)
    SELECT
        (SELECT count(*) FROM (SELECT namespace, identifier FROM staged EXCEPT SELECT * FROM kept) added),
        (SELECT count(*) FROM (SELECT * FROM kept EXCEPT SELECT namespace, identifier FROM staged) removed),
        (SELECT count(*) FROM staged WHERE namespace = 'gias-urn'
            AND identifier NOT IN (SELECT urn FROM funding_establishment WHERE urn IS NOT NULL))
"""
KEEP = """
    UPDATE funding_editionupload SET (namespaces, identifiers) = (
        SELECT coalesce(array_agg(namespace ORDER BY namespace, identifier), '{}'),
            coalesce(array_agg(identifier ORDER BY namespace, identifier), '{}')
        FROM staged
    ) WHERE id = %s
"""
STAGE_AGAIN = """
    CREATE TEMPORARY TABLE staged ON COMMIT DROP AS SELECT entry.namespace, entry.identifier
    FROM funding_editionupload, unnest(namespaces, identifiers) AS entry (namespace, identifier) WHERE id = %s
"""


class EditionRefusedError(Exception):
    """The edition was not put in use; nothing was changed. The message says what to do."""


class ExpiredError(EditionRefusedError):
    def __init__(self) -> None:
        super().__init__("This preview is more than two hours old. Upload the file again.")


class OvertakenError(EditionRefusedError):
    def __init__(self) -> None:
        super().__init__(
            "Somebody put another edition in use since this preview was made. Upload the file again, to compare"
            " it with that one."
        )


class NotAgreedError(EditionRefusedError):
    """It takes a further agreement: `what` is "rejected_rows" or "large_loss"."""

    def __init__(self, what: str, message: str) -> None:
        super().__init__(message)
        self.what = what


@dataclass(frozen=True)
class Confirmed:
    """`changed` is False where the edition in use was this one already."""

    edition: ListEdition
    changed: bool


@transaction.atomic
def preview(
    *,
    file: SourceFile,
    kind: str,
    term: Term,
    by: User | None,
    now: datetime,
    published_on: date | None = None,
    step: Step = ignore,
) -> EditionUpload:
    """What would change if the file became the term's list. Nothing does: the entries wait with the preview.

    Only `by` can confirm it, for two hours. Raises FileRefusedError where the file cannot be used at all.
    """
    EditionUpload.objects.expired(now).delete()
    staged = stage_entries(file, kind, step)
    replaces = edition_in_use(term, kind)
    added, removed, unknown = _compare(replaces)
    found = impact.of_list(term, ListKind(kind), _staged_numbers())
    upload = EditionUpload.objects.create(
        kind=kind,
        term=term,
        published_on=published_on,
        file_name=file.name[:200],
        sha256=file.sha256,
        by=by,
        made_at=now,
        expires_at=now + KEPT_FOR,
        replaces=replaces,
        added=added,
        removed=removed,
        unknown=unknown,
        applications_looked_at=found.looked_at,
        outcomes=found.to_json(),
        **_counts(staged),
    )
    with connection.cursor() as cursor:
        cursor.execute(KEEP, [upload.pk])
    return upload


@transaction.atomic
def confirm(
    *, upload: EditionUpload, by: User | None, now: datetime, agreed: Accepted, source: str = ""
) -> Confirmed:
    """Makes the edition, points the term at it, and writes the audit row: all of it or nothing.

    A second call finds it done and changes nothing. Raises ImportBusyError while another import runs,
    ExpiredError, OvertakenError, NotAgreedError. No application is decided again, and no edition is ever
    changed.
    """
    locks.take_or_refuse()
    upload = EditionUpload.objects.select_for_update(of=("self",)).get(pk=upload.pk, by=by)
    if upload.edition is not None:
        return Confirmed(upload.edition, changed=False)
    _check(upload, now, agreed)
    edition = upload.replaces if upload.changes_nothing else None
    if edition is None:
        edition = _edition_of(upload)
        _put_in_use(upload, edition, by=by, now=now, source=source)
    upload.edition, upload.confirmed_at = edition, now
    upload.namespaces = upload.identifiers = []
    upload.save(update_fields=["edition", "confirmed_at", "namespaces", "identifiers"])
    return Confirmed(edition, changed=not upload.changes_nothing)


def discard(*, upload: EditionUpload, by: User) -> None:
    """Forgets a preview that was not confirmed. One that was stays as it is."""
    EditionUpload.objects.waiting().visible_to(by).filter(pk=upload.pk).delete()


def edition_in_use(term: Term, kind: str) -> ListEdition | None:
    """The edition that decisions for the term are made with."""
    used = TermList.objects.filter(term=term, kind=kind).select_related("edition").first()
    return used.edition if used else None


def _check(upload: EditionUpload, now: datetime, agreed: Accepted) -> None:
    if now >= upload.expires_at:
        raise ExpiredError
    if edition_in_use(upload.term, upload.kind) != upload.replaces:
        raise OvertakenError
    if upload.changes_nothing:
        return
    if upload.rows_rejected and not agreed.rejected_rows:
        raise NotAgreedError("rejected_rows", "Say that the rejected rows are to be left out.")
    if upload.needs_second_look and not agreed.large_loss:
        why = " ".join(upload.reasons_to_look_again)
        raise NotAgreedError("large_loss", f"{why} Say that you have checked that this is the right file.")


def _edition_of(upload: EditionUpload) -> ListEdition:
    """The edition that this very file made before for the term, or a new one."""
    if (earlier := edition_of(upload.kind, upload.term.identifier, upload.sha256)) is not None:
        return earlier
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS pg_temp.staged")
        cursor.execute(STAGE_AGAIN, [upload.pk])
    return make_edition(
        kind=upload.kind,
        term_label=upload.term.identifier,
        sha256=upload.sha256,
        source_name=upload.file_name,
        entry_count=upload.entry_count,
        published_on=upload.published_on,
    )


def _put_in_use(
    upload: EditionUpload, edition: ListEdition, *, by: User | None, now: datetime, source: str
) -> None:
    used, _ = TermList.objects.update_or_create(
        term=upload.term, kind=upload.kind, defaults={"edition": edition}
    )
    record_run(
        upload.file_name,
        upload.sha256,
        Origin(f"list {upload.kind} {upload.term.identifier}", bundled=False),
        Staged(upload.rows_read, upload.rows_rejected, upload.rejected),
        Changes(added=upload.added, removed=upload.removed),
    )
    record(
        action="funding.edition_put_in_use",
        subject=used,
        by=by,
        now=now,
        old=_facts(upload.replaces) if upload.replaces else None,
        new=_facts(edition),
        source=source,
    )


def _facts(edition: ListEdition) -> dict[str, Any]:
    return {"edition": edition.pk, "entries": edition.entry_count, "sha256": edition.sha256}


def _compare(replaces: ListEdition | None) -> tuple[int, int, int]:
    with connection.cursor() as cursor:
        cursor.execute(COMPARE, {"edition": replaces.pk if replaces else None})
        added, removed, unknown = cursor.fetchone()
    return added, removed, unknown


def _staged_numbers() -> frozenset[impact.Number]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT namespace, identifier FROM staged")
        return frozenset(cursor.fetchall())


def _counts(staged: Staged) -> dict[str, Any]:
    return {
        "rows_read": staged.rows_read,
        "rows_rejected": staged.rows_rejected,
        "rejected": staged.rejected,
        "doubt": staged.doubt,
        "entry_count": staged.rows_taken,
    }
