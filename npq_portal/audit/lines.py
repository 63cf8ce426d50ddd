"""Audit rows as the pages of the audit trail tell them: in words, with links to what the reader may see."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode

from npq_portal.audit.facts import GONE, changes, pointed_at
from npq_portal.audit.forms import SearchForm
from npq_portal.audit.models import AuditEvent, AuditEventQuerySet
from npq_portal.audit.presenters import action_words, sentence, source_words
from npq_portal.audit.records import (
    MANY,
    SYSTEM,
    Named,
    actors_called,
    found_by,
    kind_words,
    model_of,
    names_of,
)
from npq_portal.audit.tallies import in_short
from npq_portal.staff.scoping import visible_rows

Line = dict[str, Any]
MOST_MEANT = 10


class Told:
    """What references are called, and where the reader finds their rows: two queries for each kind at most."""

    def __init__(self, references: Iterable[str], request: HttpRequest) -> None:
        asked = set(references)
        self.names = names_of(asked)
        self.addresses = _addresses(self.names, request)

    def thing(self, reference: str) -> dict[str, str]:
        """`name` and `address` (none where there is no page, or not for this reader), `kind`, and its `trail`."""
        kind, _, key = reference.partition(":")
        known = self.names.get(reference)
        return {
            "kind": kind_words(kind),
            "name": str(known) if known else f"{GONE[:1].upper()}{GONE[1:]} ({key})",
            "address": self.addresses.get(reference, ""),
            "trail": f"?{urlencode({'record': reference})}",
        }

    def actor(self, actor: str) -> dict[str, str]:
        if actor == SYSTEM:
            return {"name": "The portal", "trail": "?actor=system"}
        thing = self.thing(row_of(actor))
        return {
            "name": thing["name"],
            "address": thing["address"],
            "trail": f"?{urlencode({'actor': actor})}",
        }


def row_of(actor: str) -> str:
    """The reference of who did it: "user:<key>" -> "accounts.user:<key>"."""
    return f"accounts.{actor}" if actor.startswith("user:") else actor


def lines_of(events: list[AuditEvent], request: HttpRequest) -> list[Line]:
    """As many queries for many rows as for one of each kind."""
    subjects = {event.subject for event in events}
    actors = {row_of(event.actor) for event in events if event.actor != SYSTEM}
    told = Told({*subjects, *actors, *pointed_at(events)}, request)
    return [
        {
            "event": event,
            "what": sentence(event),
            "changes": changes(event, told.names),
            "who": told.actor(event.actor),
            "record": told.thing(event.subject),
            "source": source_words(event.source),
        }
        for event in events
    ]


def line_of(event: AuditEvent, request: HttpRequest) -> Line:
    return lines_of([event], request)[0]


def meant(form: SearchForm, request: HttpRequest) -> dict[str, Any]:
    """Whom and what the search was understood to be about, so that nobody reads the rows of a namesake unawares."""
    record, actor = form.cleaned_data["record"], form.cleaned_data["actor"]
    subjects = sorted(found_by(record) | {record.strip()}) if record else []
    actors = sorted(row_of(each) for each in actors_called(actor)) if actor else []
    told = Told({*subjects, *actors}, request)
    known = [each for each in subjects if each in told.names]
    did = [each for each in actors if each in told.names]
    return {
        "records": [told.thing(each) for each in known[:MOST_MEANT]],
        "actors": [told.thing(each) for each in did[:MOST_MEANT]],
        "more": max(len(known), len(did)) > MOST_MEANT,
    }


def summary_of(found: AuditEventQuerySet) -> dict[str, Any]:
    """Who did what how often, among what was found."""
    short = in_short(found)
    names = names_of({row_of(tally.actor) for tally in short.tallies if tally.actor != SYSTEM})
    lines = [
        {
            "who": "The portal" if tally.actor == SYSTEM else _name(row_of(tally.actor), names),
            "trail": urlencode({"actor": tally.actor}),
            "did": [
                (action_words(event.action), kind_words(_kind(event.subject)), times)
                for event, times in tally.did
            ],
            "first": tally.first,
            "last": tally.last,
        }
        for tally in short.tallies
    ]
    return {"lines": lines, "partly": short.partly}


def _name(reference: str, names: dict[str, Named]) -> str:
    return str(names.get(reference, f"{GONE} ({reference.partition(':')[2]})"))


def _kind(reference: str) -> str:
    return reference.partition(":")[0]


def _addresses(names: Iterable[str], request: HttpRequest) -> dict[str, str]:
    """The pages in the staff area of rows that are there and that the reader may know of."""
    keys: dict[str, list[str]] = defaultdict(list)
    for reference in names:
        keys[_kind(reference)].append(reference.partition(":")[2])
    found: dict[str, str] = {}
    for kind, wanted in keys.items():
        model = model_of(kind)
        site: Any = admin.site._registry.get(model) if model else None
        if model is None or site is None or not site.has_view_permission(request):
            continue
        if hasattr(model._default_manager, "visible_to"):
            rows = visible_rows(model, request).filter(pk__in=[key for key in wanted if key != MANY])
            seen = [str(key) for key in rows.order_by().values_list("pk", flat=True)]
            wanted = [*seen, MANY] if MANY in wanted else seen
        found |= {f"{kind}:{key}": address for key in wanted if (address := _address(kind, key))}
    return found


def _address(kind: str, key: str) -> str:
    try:
        page = f"admin:{kind.replace('.', '_')}"
        return reverse(f"{page}_changelist") if key == MANY else reverse(f"{page}_change", args=[key])
    except NoReverseMatch:
        return ""
