"""The audit trail as a CSV file: what was searched for, whole, read as it is sent.

The file names nobody: people stand in it under their numbers, as in the rows themselves. Names would stay in it after
somebody had themselves erased.
"""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone

from npq_portal.accounts.models import User
from npq_portal.audit.forms import SearchForm
from npq_portal.audit.models import AuditEvent, AuditEventQuerySet
from npq_portal.audit.presenters import sentence
from npq_portal.audit.recording import record
from npq_portal.cells import csv_lines

COLUMNS = ("when", "who", "action", "what happened", "record", "old", "new", "note", "from where", "network")
AT_ONCE = 2_000


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
    yield COLUMNS
    for event in events.iterator(chunk_size=AT_ONCE):
        yield (
            timezone.localtime(event.at).isoformat(timespec="seconds"),
            event.actor,
            event.action,
            sentence(event),
            event.subject,
            _json(event.old),
            _json(event.new),
            event.note,
            event.source,
            event.network,
        )


def _json(facts: dict[str, Any] | None) -> str:
    return "" if facts is None else json.dumps(facts, cls=DjangoJSONEncoder, ensure_ascii=False)
