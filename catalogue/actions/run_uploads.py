"""Putting a file of course runs in use, all of it or nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid5

from django.db import transaction

from catalogue.actions.course_runs import add_run, change_run
from catalogue.models import CourseRun, RunUpload, Session
from npq_portal.accounts.models import User
from npq_portal.verbs import Refused, verb

KEPT_FOR = timedelta(hours=2)
SOURCE = "csv"

# The number of a row in its file, row 1 being the header, and its cells by column.
NumberedRow = tuple[int, dict[str, str]]


class UploadExpiredError(Refused):
    def __str__(self) -> str:
        return "This preview is more than two hours old. Upload the file again."


@dataclass(frozen=True)
class Work:
    """One run that a file adds or changes, as it would be. `key` tells it from the others of its file.

    `seen` is when the run was last saved, None for a new one; `sessions` are those that are new or changed.
    """

    key: str
    run: CourseRun
    sessions: list[Session]
    seen: datetime | None


@transaction.atomic
def keep(*, file_name: str, rows: Iterable[NumberedRow], by: User, now: datetime) -> RunUpload:
    """Keeps the rows for two hours, for `by` alone. No run changes. Forgets what others have let expire."""
    RunUpload.objects.expired(now).delete()
    return RunUpload.objects.create(
        by=by, file_name=file_name[:200], rows=list(rows), made_at=now, expires_at=now + KEPT_FOR
    )


@verb
def confirm(*, upload: RunUpload, works: Iterable[Work], by: User, now: datetime) -> bool:
    """Does all of `works`, each with its audit row, and has the people on the runs told of what moves.

    False, and nothing is done, where the upload was confirmed before. Raises UploadExpiredError, and StaleRunError
    where a run was saved since `works` was made, or Busy: then nothing at all is changed.
    """
    held = RunUpload.objects.select_for_update().get(pk=upload.pk, by=by)
    if held.confirmed_at is not None:
        return False
    if now >= held.expires_at:
        raise UploadExpiredError
    # Always in the same order, so that two uploads which touch the same runs never wait for each other in a ring.
    for work in sorted(works, key=lambda work: (work.run.pk or 0, work.key)):
        if work.seen is None:
            added_with = uuid5(upload.pk, work.key)
            add_run(
                run=work.run, sessions=work.sessions, added_with=added_with, by=by, now=now, source=SOURCE
            )
        else:
            change_run(run=work.run, seen=work.seen, sessions=work.sessions, by=by, now=now, source=SOURCE)
    held.confirmed_at, held.rows = now, []
    held.save(update_fields=["confirmed_at", "rows"])
    return True


def discard(*, upload: RunUpload, by: User) -> None:
    """Forgets a file that was not put in use. Of one that was, nothing is undone."""
    RunUpload.objects.visible_to(by).filter(pk=upload.pk, confirmed_at=None).delete()
