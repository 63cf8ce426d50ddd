"""Adding and changing course runs, with their sessions."""

from collections.abc import Iterable
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.db import transaction

from catalogue.models import CourseRun, Session
from npq_portal.accounts.models import User
from npq_portal.audit.recording import record

FIELDS = (
    "provider_id",
    "hub_id",
    "partner_id",
    "qualification_id",
    "term_id",
    "state",
    "mode",
    "starts_on",
    "ends_on",
    "apply_by",
    "days",
    "price",
    "price_plus_vat",
    "price_as_of",
    "funded_places",
    "funded_taken",
    "paying_places",
    "paying_taken",
    "places_as_of",
    "is_example",
)
SESSION_FIELDS = ("title", "on", "starts_at", "ends_at", "facilitator", "online", "venue", "postcode")


class StaleRunError(Exception):
    """The run was saved after it was read, and nothing was changed. The text is for the person."""

    def __str__(self) -> str:
        return (
            "This course run was changed after you opened it, so nothing more was saved. "
            "It is shown as it now stands: make your changes again."
        )


@transaction.atomic
def add_run(*, run: CourseRun, sessions: Iterable[Session] = (), by: User | None, now: datetime) -> CourseRun:
    """Save a new run with its sessions."""
    run.save(force_insert=True)
    _save_sessions(run, sessions, removed=())
    record(action="catalogue.run_added", subject=run, by=by, now=now, new=_facts(run))
    return run


@transaction.atomic
def change_run(
    *,
    run: CourseRun,
    seen: datetime | None,
    sessions: Iterable[Session] = (),
    removed: Iterable[Session] = (),
    by: User | None,
    now: datetime,
) -> CourseRun:
    """Save `run` as it now stands in memory, `sessions` that are new or changed, and drop those `removed`.

    `seen` is the run's `updated_at` when the person began. Raises StaleRunError where it was saved since. Who
    may change which run is decided before; nobody on the course is told.
    """
    before = CourseRun.objects.select_for_update().get(pk=run.pk)  # of two who save at once one waits
    if before.updated_at != seen:
        raise StaleRunError
    old = _facts(before)
    run.save(force_update=True)
    _save_sessions(run, sessions, removed)
    new = _facts(run)
    changed = {name for name in new if new[name] != old[name]}
    record(
        action="catalogue.run_changed",
        subject=run,
        by=by,
        now=now,
        old={name: old[name] for name in sorted(changed)},
        new={name: new[name] for name in sorted(changed)},
    )
    return run


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


def _facts(run: CourseRun) -> dict[str, Any]:
    """What an audit row says of a run: nothing personal."""
    facts: dict[str, Any] = {name: _plain(getattr(run, name)) for name in FIELDS}
    facts["sessions"] = [
        {name: _plain(value) for name, value in session.items()}
        for session in run.sessions.order_by("position").values(*SESSION_FIELDS)
    ]
    return facts


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    return value.isoformat() if isinstance(value, date | time) else value
