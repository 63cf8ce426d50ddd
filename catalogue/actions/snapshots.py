"""A course run as it stands, to be compared with how it stood: for its audit row, and for the people on it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from typing import Any, Self

from django.db.models import Model

from catalogue.models import CourseRun, Session
from catalogue.moves import Meeting, Standing


def columns_of(model: type[Model], *, but: Collection[str]) -> tuple[str, ...]:
    """The columns of `model`, a related row's by its key ("hub_id"), but those named: a new one is never forgotten."""
    return tuple(field.attname for field in model._meta.concrete_fields if field.attname not in but)


NOT_AUDITED = (
    "id",  # The audit row's subject.
    "updated_at",  # Moves with every save; the audit row has its own time.
    "added_with",  # Of the form or file that it came with; says nothing of the run.
)
SESSION_NOT_AUDITED = (
    "id",  # Kept as "pk", beside the fields.
    "run_id",  # The audit row's subject.
    "position",  # Follows from the dates: one session that goes would change all after it.
)
FIELDS = columns_of(CourseRun, but=NOT_AUDITED)
SESSION_FIELDS = columns_of(Session, but=SESSION_NOT_AUDITED)


@dataclass(frozen=True)
class Snapshot:
    """`facts` are what an audit row says of a run, nothing personal; `standing` is what its people know of it."""

    facts: dict[str, Any]
    standing: Standing

    @classmethod
    def of(cls, run: CourseRun) -> Self:
        """`run` as it stands in memory, with its sessions as they stand in the database."""
        sessions = list(run.sessions.order_by("position"))
        return cls(facts_of(run, sessions), standing_of(run, sessions))

    def changes_to(self, after: "Snapshot") -> tuple[dict[str, Any], dict[str, Any]]:
        """The facts that differ: as they were, and as they are."""
        names = sorted(name for name in after.facts if after.facts[name] != self.facts[name])
        return {name: self.facts[name] for name in names}, {name: after.facts[name] for name in names}


def facts_of(run: CourseRun, sessions: Iterable[Session]) -> dict[str, Any]:
    """What an audit row says of `run` as it stands in memory, with these `sessions` in their order.

    Each session has its key, "pk", by which it is found again; None where it is not saved yet.
    """
    facts: dict[str, Any] = {name: _plain(getattr(run, name)) for name in FIELDS}
    facts["sessions"] = [
        {"pk": session.pk, **{name: _plain(getattr(session, name)) for name in SESSION_FIELDS}}
        for session in sessions
    ]
    return facts


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    return value.isoformat() if isinstance(value, date | time) else value


def standing_of(run: CourseRun, sessions: Iterable[Session]) -> Standing:
    meetings = {
        session.pk: Meeting(
            title=session.title,
            on=session.on,
            starts_at=session.starts_at,
            ends_at=session.ends_at,
            online=session.online,
            venue=session.venue,
            postcode=session.postcode,
            cancelled=session.cancelled,
        )
        for session in sessions
    }
    return Standing(run.state == CourseRun.State.CANCELLED, run.starts_on, run.ends_on, meetings)
