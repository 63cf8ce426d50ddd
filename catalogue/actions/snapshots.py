"""A course run as it stands, to be compared with how it stood: for its audit row, and for the people on it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from typing import Any, Self

from catalogue.models import CourseRun, Session
from catalogue.moves import Meeting, Standing

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
SESSION_FIELDS = (
    "title",
    "on",
    "starts_at",
    "ends_at",
    "facilitator",
    "online",
    "venue",
    "postcode",
    "cancelled",
)


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
    """What an audit row says of `run` as it stands in memory, with these `sessions` in their order."""
    facts: dict[str, Any] = {name: _plain(getattr(run, name)) for name in FIELDS}
    facts["sessions"] = [
        {name: _plain(getattr(session, name)) for name in SESSION_FIELDS} for session in sessions
    ]
    return facts


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    return value.isoformat() if isinstance(value, date | time) else value


def standing_of(run: CourseRun, sessions: Iterable[Session]) -> Standing:
    meetings = {
        session.pk: Meeting(
            title=str(session),
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
