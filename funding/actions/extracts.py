"""An extract of the register that staff upload: looked at first, then taken by the queue when they ask for it."""

from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.db import IntegrityError, transaction

from funding.actions.establishments import take_extract
from funding.imports import locks
from funding.imports.run import ANYTHING, Accepted, ignore, record_refusal
from funding.imports.stage import Step
from funding.models import Establishment, EstablishmentChange, ExtractUpload, ImportRun
from funding.models.establishment import PICKABLE
from npq_portal import read
from npq_portal.accounts.models import User
from npq_portal.mail.jobs import defer_once
from npq_portal.read import FileRefusedError, SourceFile

KEPT_FOR = timedelta(hours=2)
EXAMPLES = 10
SOURCE = "establishments"
TASK = "funding.take_extract"
AT_WORK = "one_extract_at_work"


class ExtractRefusedError(Exception):
    """Nothing was asked for or changed. The message says what to do."""


class AtWorkError(ExtractRefusedError):
    def __init__(self) -> None:
        super().__init__(
            "Another extract is being taken. Wait until it is done, and upload yours then, to compare it with that one."
        )


class SameFileError(ExtractRefusedError):
    def __init__(self) -> None:
        super().__init__("This file is the one in use already. Nothing would change.")


class ExpiredError(ExtractRefusedError):
    def __init__(self) -> None:
        super().__init__("This preview is more than two hours old. Upload the file again.")


class OvertakenError(ExtractRefusedError):
    def __init__(self) -> None:
        super().__init__(
            "Another extract was taken since this preview was made. Upload the file again, to compare it with that one."
        )


class NotAgreedError(ExtractRefusedError):
    """Something that looks wrong was not agreed to."""


@transaction.atomic
def look_at(*, file: SourceFile, as_of: str, by: User, now: datetime) -> ExtractUpload:
    """What taking the file would change, found by taking it and undoing that. The file waits for two hours.

    Raises FileRefusedError where it cannot be used at all, SameFileError, AtWorkError, and ImportBusyError while
    another import runs.
    """
    ExtractUpload.objects.expired(now).delete()
    if ExtractUpload.objects.at_work().exists():
        raise AtWorkError
    facts: dict[str, Any] = {
        "in_use": Establishment.objects.filter(status_code__in=PICKABLE).count(),
        "compared_with": _in_use(),
    }
    with transaction.atomic():
        facts |= _would_change(file, as_of, by, now)
        transaction.set_rollback(True)
    return ExtractUpload.objects.create(
        file_name=file.name[:200],
        content=file.path.read_bytes(),
        as_of=as_of,
        by=by,
        made_at=now,
        expires_at=now + KEPT_FOR,
        **facts,
    )


@transaction.atomic
def ask_to_take(*, upload: ExtractUpload, agreed: Accepted, now: datetime) -> None:
    """Has the queue take the file. A second call changes nothing.

    Raises ExpiredError, OvertakenError, NotAgreedError, and AtWorkError: of two that are asked for at once one is
    taken.
    """
    held = ExtractUpload.objects.select_for_update().defer("content").get(pk=upload.pk)
    if held.asked_at is not None:
        return
    if now >= held.expires_at:
        raise ExpiredError
    if _in_use() != held.compared_with:
        raise OvertakenError
    if held.rows_rejected and not agreed.rejected_rows:
        raise NotAgreedError("Say that the rejected rows are to be left out.")
    if held.reasons_to_look_again and not agreed.large_loss:
        raise NotAgreedError("Say that you have checked that this is the right file.")
    held.asked_at = now
    held.without_rejected_rows, held.large_change = agreed.rejected_rows, agreed.large_loss
    try:
        with transaction.atomic():
            held.save(update_fields=["asked_at", "without_rejected_rows", "large_change"])
    except IntegrityError as refused:
        if AT_WORK not in str(refused):
            raise
        raise AtWorkError from refused
    defer_once(TASK, lock=f"extract:{held.pk}", pk=held.pk)


def discard(*, upload: ExtractUpload) -> None:
    """Forgets a file that nobody has asked to take. Of one that was, nothing is undone."""
    ExtractUpload.objects.filter(pk=upload.pk, asked_at=None).delete()


def take(*, pk: int, now: datetime, step: Step = ignore) -> None:
    """Takes the file and says so in one transaction, so that a worker that is killed leaves it as it was asked for.

    Nothing where it is done, or was never asked for. Where the file is refused after all, that is kept in its place.
    Raises ImportBusyError while another import runs. The search follows (`funding.follow.follow`).
    """
    named = ExtractUpload.objects.at_work().filter(pk=pk)
    name = named.values_list("file_name", flat=True).first() or ""
    with TemporaryDirectory() as folder:
        path = Path(folder, "extract")
        try:
            with transaction.atomic():
                locks.take_or_refuse()
                # Not locked: `step` may write how far it is, from a connection of its own.
                if (upload := named.select_related("by").first()) is None:
                    return
                path.write_bytes(upload.content)
                taken = take_extract(
                    file=read.look_through(path, name=name),
                    links=None,
                    as_of=upload.as_of,
                    agreed=Accepted(upload.without_rejected_rows, upload.large_change),
                    by=upload.by,
                    now=now,
                    step=step,
                )
                _done(pk, now, run=taken.establishments or _in_use())
        except FileRefusedError as refusal:
            with transaction.atomic():
                kept = record_refusal(path, SOURCE, str(refusal), file_name=name)
                _done(pk, now, run=kept, refusal=str(refusal))


def _done(pk: int, now: datetime, **what: Any) -> None:
    ExtractUpload.objects.filter(pk=pk).update(done_at=now, content=b"", **what)


def _in_use() -> ImportRun | None:
    return ImportRun.objects.in_use(SOURCE).first()


def _would_change(file: SourceFile, as_of: str, by: User, now: datetime) -> dict[str, Any]:
    newest = Establishment.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    run = take_extract(file=file, links=None, as_of=as_of, agreed=ANYTHING, by=by, now=now).establishments
    if run is None:
        raise SameFileError
    changes = EstablishmentChange.objects.filter(run=run)
    closed = changes.filter(new__has_key="retired_on")
    named = {
        "added": Establishment.objects.filter(pk__gt=newest).order_by("pk"),
        "changed": Establishment.objects.filter(
            pk__in=changes.exclude(pk__in=closed).values("establishment")
        ),
        "closed": Establishment.objects.filter(pk__in=closed.values("establishment")),
    }
    return {
        "rows_read": run.rows_read,
        "rows_added": run.rows_added,
        "rows_changed": run.rows_changed,
        "rows_removed": run.rows_removed,
        "rows_rejected": run.rows_rejected,
        "rejected": run.rejected,
        "examples": {
            key: [f"{each} ({each.urn or each.ukprn})" for each in rows[:EXAMPLES]]
            for key, rows in named.items()
        },
    }
