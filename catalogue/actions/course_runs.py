"""Adding, changing and cancelling course runs, with their sessions.

Who may change which run is decided before. Each verb is one transaction with one audit row, and has the people on the
run told where it moves or cancels something. Each raises Busy where somebody else holds the run for longer than a
page waits.
"""

from collections.abc import Iterable
from datetime import date, datetime, time
from uuid import UUID

from django.db import IntegrityError, transaction

from catalogue.actions.partners import hold_standing
from catalogue.actions.snapshots import Snapshot
from catalogue.actions.telling import have_people_told
from catalogue.models import CourseRun, Session
from npq_portal.accounts.models import User
from npq_portal.audit.recording import record
from npq_portal.verbs import Refused, verb

# By it an application holds its run to the NPQ, term and provider that it is for.
OF_ITS_COURSE = "application_course_run_is_of_its_course"


class StaleRunError(Refused):
    """The run was saved after it was read."""

    def __str__(self) -> str:
        return (
            "This course run was changed after you opened it, so nothing more was saved. "
            "It is shown as it now stands: make your changes again."
        )


class TakenRunError(Refused):
    """Somebody has registered for the run as it was."""

    def __str__(self) -> str:
        return (
            "Somebody has registered for this course run, so its NPQ, term and lead provider stay as they are. "
            "Cancel it and add another instead: whoever is on it is told."
        )


@verb
def add_run(
    *,
    run: CourseRun,
    sessions: Iterable[Session] = (),
    by: User | None,
    now: datetime,
    added_with: UUID | None = None,
    note: str = "",
    source: str = "",
) -> CourseRun:
    """Save a new run with its sessions, and return it.

    `added_with` is what the person sent it with: where that has added a run already, that run is returned and nothing
    is written.
    """
    run.added_with = added_with
    run.partner_id = hold_standing(run.partner_id)
    try:
        with transaction.atomic():
            run.save(force_insert=True)
    except IntegrityError as refused:
        if "course_run_added_once" not in str(refused):
            raise
        return CourseRun.objects.get(added_with=added_with)
    _save_sessions(run, sessions, removed=())
    facts = Snapshot.of(run).facts
    record(action="catalogue.run_added", subject=run, by=by, now=now, new=facts, note=note, source=source)
    return run


@verb
def change_run(
    *,
    run: CourseRun,
    seen: datetime | None,
    sessions: Iterable[Session] = (),
    removed: Iterable[Session] = (),
    by: User | None,
    now: datetime,
    source: str = "",
) -> CourseRun:
    """Save `run` as it now stands in memory, `sessions` that are new or changed, and drop those `removed`.

    `seen` is the run's `updated_at` when the person began. Raises StaleRunError where it was saved since, and
    TakenRunError where somebody has applied for it and it would become another provider's, NPQ's or term's.
    """
    held = _held(run)
    _refuse_stale(held, seen)
    before = Snapshot.of(held)
    if run.partner_id != held.partner_id:
        run.partner_id = hold_standing(run.partner_id)
    try:
        with transaction.atomic():
            run.save(force_update=True)
    except IntegrityError as refused:
        if OF_ITS_COURSE not in str(refused):
            raise
        raise TakenRunError from refused
    _save_sessions(run, sessions, removed)
    after = Snapshot.of(run)
    old, new = before.changes_to(after)
    record(action="catalogue.run_changed", subject=run, by=by, now=now, old=old, new=new, source=source)
    have_people_told(run, before, after, now=now)
    return run


@verb
def cancel_run(
    *, run: CourseRun, seen: datetime | None, by: User | None, now: datetime, note: str = ""
) -> CourseRun:
    """The whole course does not take place; `note` goes to the people on it. A second call changes nothing.

    `seen` and StaleRunError as for a change. The sessions keep their dates, so that it can be taken back.
    """
    held = _held(run)
    if held.state == CourseRun.State.CANCELLED:
        return held
    _refuse_stale(held, seen)
    before = Snapshot.of(held)
    held.state = CourseRun.State.CANCELLED
    held.save(update_fields=["state", "updated_at"])
    after = Snapshot.of(held)
    old, new = before.changes_to(after)
    record(action="catalogue.run_cancelled", subject=held, by=by, now=now, old=old, new=new)
    have_people_told(held, before, after, now=now, note=note)
    return held


@verb
def cancel_session(
    *, session: Session, seen: datetime | None, by: User | None, now: datetime, note: str = ""
) -> Session:
    """One session does not take place; otherwise as for a run, whose `updated_at` `seen` is."""
    run = _held(session.run)
    session.refresh_from_db()
    if session.cancelled:
        return session
    _refuse_stale(run, seen)
    before = Snapshot.of(run)
    session.cancelled = True
    session.save(update_fields=["cancelled"])
    run.save(update_fields=["updated_at"])
    after = Snapshot.of(run)
    old, new = before.changes_to(after)
    record(action="catalogue.session_cancelled", subject=run, by=by, now=now, old=old, new=new)
    have_people_told(run, before, after, now=now, note=note)
    return session


def _held(run: CourseRun) -> CourseRun:
    """The run as it is now, held until the transaction ends: of two who save at once one waits."""
    return CourseRun.objects.select_for_update().get(pk=run.pk)


def _refuse_stale(held: CourseRun, seen: datetime | None) -> None:
    if held.updated_at != seen:
        raise StaleRunError


def _save_sessions(run: CourseRun, sessions: Iterable[Session], removed: Iterable[Session]) -> None:
    for session in removed:
        session.delete()
    for session in sessions:
        session.run = run
        session.save()
    # Numbered by date, those without one last; the numbers may clash until the transaction ends.
    in_order = sorted(
        run.sessions.all(), key=lambda each: (each.on or date.max, each.starts_at or time.max, each.pk)
    )
    for position, session in enumerate(in_order, 1):
        session.position = position
    Session.objects.bulk_update(in_order, ["position"])
