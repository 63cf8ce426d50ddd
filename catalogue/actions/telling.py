"""Having the people on a course run told that it, or a session of it, moved or was cancelled.

Who is on a run is known to the applications alone, which the catalogue may not import. So the save of a run writes a
RunChange and, in the same transaction, a job for the task named here, which `applications.tasks` owns: both exist if
the change does, or neither. Making the mails there and then, through a function that the applications would register,
was the other way. It would make somebody who saves a run with two hundred people on it, or uploads a file of a hundred
runs, wait for thousands of mails inside one long transaction. The row is the truth and the job only says "look at this
row now": where a worker is killed in the middle, its transaction is gone, and the sweep in `applications.tasks` asks
again for every row that nobody was told of.
"""

from datetime import datetime

from django.utils import timezone

from catalogue.actions.snapshots import Snapshot
from catalogue.models import CourseRun, RunChange
from catalogue.moves import told
from npq_portal.mail.jobs import defer_once

TASK = "applications.tell_of_run_change"


def have_people_told(
    run: CourseRun, before: Snapshot, after: Snapshot, *, now: datetime, note: str = ""
) -> RunChange | None:
    """Within the transaction that changes `run`, after it was saved; None where nothing happened that people must know.

    `note` is what staff say to them besides, word for word.
    """
    lines = told(before.standing, after.standing, timezone.localdate(now))
    if not lines:
        return None
    change = RunChange.objects.create(
        run=run,
        made_at=now,
        run_updated_at=run.updated_at,
        cancelled=after.standing.cancelled,
        lines=lines,
        note=note,
    )
    ask_to_tell(change.pk)
    return change


def ask_to_tell(pk: int) -> None:
    """One waiting job for a change, however often it is asked for."""
    defer_once(TASK, lock=f"run-change:{pk}", pk=pk)
