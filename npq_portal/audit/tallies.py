"""What was found in the audit trail, in short: who did what how often, and when first and last."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime

from npq_portal.audit.models import AuditEvent, AuditEventQuerySet

# So that what it costs has a bound, whatever was found.
NEWEST = 1_000


@dataclass(frozen=True, slots=True)
class Tally:
    """Of one actor; `did` has an event of each action, and how many there are, the most frequent first."""

    actor: str
    did: list[tuple[AuditEvent, int]]
    first: datetime
    last: datetime


@dataclass(frozen=True, slots=True)
class InShort:
    """Whoever did something last comes first. `partly`: there are more than the newest, which were looked at."""

    tallies: list[Tally]
    partly: bool


def in_short(events: AuditEventQuerySet) -> InShort:
    """One query, over the newest thousand at most."""
    found = list(events.order_by("-at", "-pk").only("actor", "action", "subject", "at")[: NEWEST + 1])
    of_actor: dict[str, list[AuditEvent]] = defaultdict(list)
    for event in found[:NEWEST]:
        of_actor[event.actor].append(event)
    return InShort([_tally(actor, each) for actor, each in of_actor.items()], len(found) > NEWEST)


def _tally(actor: str, newest_first: list[AuditEvent]) -> Tally:
    times = Counter(event.action for event in newest_first)
    example = {event.action: event for event in newest_first}
    did = [(example[action], number) for action, number in times.most_common()]
    return Tally(actor, did, newest_first[-1].at, newest_first[0].at)
