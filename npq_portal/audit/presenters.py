"""Audit rows in words, which each app gives for its own actions in its `sentences` module.

SENTENCES maps an action to what happened: {"catalogue.run_changed": "Course run changed."}. What changed by it stands
in `facts`, and what it was done to in `records`.
"""

import re
from collections.abc import Iterable
from functools import cache
from importlib import import_module
from typing import Any

from django.apps import apps
from django.utils.module_loading import module_has_submodule

from npq_portal.accounts.models import User
from npq_portal.audit.models import AuditEvent

# What something may come through (npq_portal.audit.origin).
PLACES = ("staff page", "page", "command", "task")
# What staff.admin records of rows that no verb writes.
STOCK = ("added", "changed", "deleted")


def actor_names(events: Iterable[AuditEvent]) -> dict[str, str]:
    """Actor -> who that is, as their account says today; the rows themselves hold no names. One query.

    Someone whose account is gone stays the bare actor.
    """
    actors = {event.actor for event in events}
    people = User.objects.filter(
        pk__in=[actor.removeprefix("user:") for actor in actors if actor.startswith("user:")]
    )
    names = {actor: actor for actor in actors} | {"system": "The portal"}
    return names | {f"user:{person.pk}": str(person) for person in people}


def sentence(event: AuditEvent) -> str:
    """What happened, in plain words. An action without a sentence is told by its name."""
    if event.action in all_sentences() or _stock_words(event.action):
        return f"{action_words(event.action)}."
    thing = event.subject.partition(":")[0].partition(".")[2]
    return f"{action_words(event.action)} ({thing})."


def source_words(source: str) -> str:
    """What it came through, as it is read: "staff page catalogue_offer_change" -> "Staff page: offer change"."""
    kind = next((each for each in PLACES if source.startswith(f"{each} ")), "")
    if not kind:
        return source
    words = re.split(r"[:._]", source.removeprefix(f"{kind} "))
    named = words[1:] if words[0] in apps.app_configs and len(words) > 1 else words
    return f"{kind.capitalize()}: {' '.join(named)}"


def action_words(action: str) -> str:
    """The same of an action alone, without a full stop: "Offer changed" where no sentence is given."""
    if action in all_sentences():
        return all_sentences()[action].rstrip(".")
    return _stock_words(action) or action.partition(".")[2].replace("_", " ").capitalize()


def _stock_words(action: str) -> str:
    """Of what the stock pages do, by what the rows are called: "Delivery partner added". Else empty."""
    kind, _, done = action.rpartition("_")
    if done not in STOCK or kind.count(".") != 1:
        return ""
    try:
        words = str(apps.get_model(kind)._meta.verbose_name)
    except LookupError:
        return ""
    return f"{words[:1].upper()}{words[1:]} {done}"


def all_sentences() -> dict[str, str]:
    return said_by_apps("SENTENCES")


@cache
def said_by_apps(name: str) -> dict[str, Any]:
    """What all apps' `sentences` modules say under `name`."""
    found: dict[str, Any] = {}
    for app in apps.get_app_configs():
        if app.module is not None and module_has_submodule(app.module, "sentences"):
            found |= getattr(import_module(f"{app.name}.sentences"), name, {})
    return found
