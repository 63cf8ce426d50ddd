"""An extract of the register that staff upload: looked at first, then taken by the queue when they ask for it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from funding.actions.establishments import take_extract
from funding.imports import locks
from funding.imports.run import ANYTHING, Accepted, ignore, record_refusal
from funding.imports.stage import Step
from funding.models import Establishment, EstablishmentChange, ExtractUpload, ImportRun
from funding.models.establishment import PICKABLE
from npq_portal import read
from npq_portal.accounts.models import User
from npq_portal.audit.recording import record
from npq_portal.mail.jobs import defer_once
from npq_portal.read import FileRefusedError, SourceFile

KEPT_FOR = timedelta(hours=2)
EXAMPLES = 10
SOURCE = "establishments"
TASK = "funding.take_extract"
AT_WORK = "one_extract_at_work"
# The sweep tries each minute: what passes has passed by then, and what does not must not keep other files out for ever.
MOST_TRIES = 3
GIVEN_UP = (
    f"The portal failed at this file {MOST_TRIES} times, and does not try it again. Ask whoever runs the portal: its"
    " log says why. Other files can be taken meanwhile."
)


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
def ask_to_take(*, upload: ExtractUpload, agreed: Accepted, by: User, now: datetime) -> None:
    """Has the queue take the file, as `by` asked, who signs it. A second call changes nothing.

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
    held.asked_at, held.asked_by = now, by
    held.without_rejected_rows, held.large_change = agreed.rejected_rows, agreed.large_loss
    try:
        with transaction.atomic():
            held.save(update_fields=["asked_at", "asked_by", "without_rejected_rows", "large_change"])
    except IntegrityError as refused:
        if AT_WORK not in str(refused):
            raise
        raise AtWorkError from refused
    defer_once(TASK, lock=f"extract:{held.pk}", pk=held.pk)


@transaction.atomic
def discard(*, upload: ExtractUpload, by: User, now: datetime) -> bool:
    """Forgets a file that nobody has asked to take. Returns False of one that was: it stays, and nothing is undone.

    Where somebody else had uploaded it, that is recorded.
    """
    held = ExtractUpload.objects.select_for_update().defer("content").filter(pk=upload.pk).first()
    if held is None:
        return True
    if held.asked_at is not None:
        return False
    if held.by_id != by.pk:
        record(action="funding.extract_thrown_away", subject=held, by=by, now=now)
    held.delete()
    return True


def take(*, pk: int, now: datetime, step: Step = ignore) -> None:
    """Takes the file and says so in one transaction, so that a worker that is killed leaves it as it was asked for.

    Nothing where it is done, or was never asked for. Where the file is refused after all, that is kept in its place;
    also where the portal itself failed at it MOST_TRIES times. Until then what it failed with is raised, and the file
    waits for the next try. Raises ImportBusyError while another import runs, which is no try. The search follows
    (`funding.follow.follow`).
    """
    if (tries := _begin(pk)) > MOST_TRIES:
        _refuse(pk, now, GIVEN_UP)
        return
    try:
        with transaction.atomic():
            # Whatever began between the two transactions is waited for: this try is counted.
            locks.wait_for()
            # Not locked: `step` may write how far it is, from a connection of its own.
            if (
                upload := ExtractUpload.objects.at_work().select_related("asked_by").filter(pk=pk).first()
            ) is None:
                return
            with _as_file(upload) as path:
                taken = take_extract(
                    file=read.look_through(path, name=upload.file_name),
                    links=None,
                    as_of=upload.as_of,
                    agreed=Accepted(upload.without_rejected_rows, upload.large_change),
                    by=upload.asked_by,
                    now=now,
                    step=step,
                )
            _done(pk, now, run=taken.establishments or _in_use())
    except FileRefusedError as refusal:
        _refuse(pk, now, str(refusal))
    except Exception:
        if tries == MOST_TRIES:
            _refuse(pk, now, GIVEN_UP)
        raise


@transaction.atomic
def _begin(pk: int) -> int:
    """Which try this is. It is counted before it begins, so that one that kills its worker counts too."""
    locks.take_or_refuse()
    ExtractUpload.objects.at_work().filter(pk=pk).update(tries=F("tries") + 1, rows_done=0)
    return ExtractUpload.objects.filter(pk=pk).values_list("tries", flat=True).first() or 0


@transaction.atomic
def _refuse(pk: int, now: datetime, why: str) -> None:
    """Once, also where two workers have found the same."""
    upload = ExtractUpload.objects.at_work().select_for_update(of=("self",)).filter(pk=pk).first()
    if upload is None:
        return
    with _as_file(upload) as path:
        run = record_refusal(path, SOURCE, why, file_name=upload.file_name)
    record(action="funding.extract_refused", subject=run, by=upload.asked_by, now=now)
    _done(pk, now, run=run, refusal=why)


@contextmanager
def _as_file(upload: ExtractUpload) -> Iterator[Path]:
    with TemporaryDirectory() as folder:
        path = Path(folder, "extract")
        path.write_bytes(upload.content)
        yield path


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
