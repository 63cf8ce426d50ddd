"""The audit trail as a CSV file: what was searched for, whole, read as it is sent.

It names who of the staff did something, beside their number. Nobody else stands in it by name: applicants' names would
stay there after they had themselves erased.
"""

import json
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from npq_portal.accounts.models import User
from npq_portal.audit.facts import changes, pointed_at
from npq_portal.audit.forms import SearchForm
from npq_portal.audit.models import AuditEvent, AuditEventQuerySet
from npq_portal.audit.presenters import sentence
from npq_portal.audit.recording import record
from npq_portal.audit.records import SYSTEM, Named, kind_words, names_of
from npq_portal.cells import csv_lines

COLUMNS = (
    "when",
    "who",
    "who (number)",
    "action",
    "what happened",
    "to what",
    "called",
    "record",
    "changed",
    "old",
    "new",
    "note",
    "from where",
    "network",
)
AT_ONCE = 2_000
STAFF_PAGE = "staff page"


@transaction.atomic
def export(*, search: SearchForm, by: User, now: datetime) -> Iterator[str]:
    """The lines of the file. That it is taken, and how many rows, is recorded before the first of them leaves.

    Rows that are written after that are not in it.
    """
    newest = AuditEvent.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    events = search.found().filter(pk__lte=newest)
    record(
        action="audit.exported",
        subject=by,
        by=by,
        now=now,
        new={"rows": events.count(), "search": search.without_people()},
    )
    return csv_lines(_table(events.order_by("-at", "-pk")))


def _table(events: AuditEventQuerySet) -> Iterator[tuple[str, ...]]:
    """So many rows at once are read and named, with a query for each kind of record among them."""
    yield COLUMNS
    rows = events.iterator(chunk_size=AT_ONCE)
    while some := list(islice(rows, AT_ONCE)):
        staff = _staff(some)
        names = _without_people(names_of({*(event.subject for event in some), *pointed_at(some)}))
        yield from (_row(event, staff, names) for event in some)


def _row(event: AuditEvent, staff: dict[str, str], names: dict[str, Named]) -> tuple[str, ...]:
    return (
        timezone.localtime(event.at).isoformat(timespec="seconds"),
        staff.get(event.actor, ""),
        event.actor,
        event.action,
        sentence(event),
        kind_words(event.subject.partition(":")[0]),
        names[event.subject].name if event.subject in names else "",
        event.subject,
        "; ".join(changes(event, names)),
        _json(event.old),
        _json(event.new),
        event.note,
        event.source,
        event.network,
    )


def _staff(events: list[AuditEvent]) -> dict[str, str]:
    """Actor -> name, of those who are staff, and of those who were when they did it, on a page for staff."""
    then = {event.actor.partition(":")[2] for event in events if event.source.startswith(STAFF_PAGE)}
    actors = {event.actor.partition(":")[2] for event in events if event.actor.startswith("user:")}
    known = Q(is_staff=True) | Q(dormant_at__isnull=False) | Q(pk__in=actors & then)
    people = User.objects.filter(known, pk__in=actors)
    return {SYSTEM: "The portal", **{f"user:{person.pk}": str(person) for person in people}}


def _without_people(names: dict[str, Named]) -> dict[str, Named]:
    """Where a row is called by whom it is of alone, its key stands."""
    return {reference: Named(named.name or reference.partition(":")[2]) for reference, named in names.items()}


def _json(facts: dict[str, Any] | None) -> str:
    return "" if facts is None else json.dumps(facts, cls=DjangoJSONEncoder, ensure_ascii=False)
