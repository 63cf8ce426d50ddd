"""Audit rows in words, which each app gives for its own actions in its `sentences` module.

SENTENCES maps an action to what happened: {"catalogue.run_changed": "Course run changed."}. CHANGES, where an app
has it, maps an action to the function that tells its old and new values.
"""

from collections.abc import Callable, Iterable
from functools import cache
from importlib import import_module
from typing import Any

from django.apps import apps
from django.utils.module_loading import module_has_submodule

from npq_portal.accounts.models import User
from npq_portal.audit.models import AuditEvent

# A phrase for each thing that changed.
ChangeWords = Callable[[AuditEvent], list[str]]


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
    if event.action in all_sentences():
        return all_sentences()[event.action]
    thing = event.subject.partition(":")[0].partition(".")[2]
    return f"{action_words(event.action)} ({thing})."


def action_words(action: str) -> str:
    """The same of an action alone, without a full stop: "Offer changed" where no sentence is given."""
    if action in all_sentences():
        return all_sentences()[action].rstrip(".")
    return action.partition(".")[2].replace("_", " ").capitalize()


def changes(event: AuditEvent) -> list[str]:
    """What changed, in the words of the action's app if it has given some, else field by field."""
    if event.action in _all_change_words():
        return _all_change_words()[event.action](event)
    old, new = event.old or {}, event.new or {}
    return [_change(name, old.get(name), value) for name, value in new.items()]


def _change(name: str, was: Any, now: Any) -> str:
    words = "none" if now in (None, "") else now
    return f"{name}: {words}" if was in (None, "") else f"{name}: {was} \u2192 {words}"


def all_sentences() -> dict[str, str]:
    return said_by_apps("SENTENCES")


def _all_change_words() -> dict[str, ChangeWords]:
    return said_by_apps("CHANGES")


@cache
def said_by_apps(name: str) -> dict[str, Any]:
    """What all apps' `sentences` modules say under `name`."""
    found: dict[str, Any] = {}
    for app in apps.get_app_configs():
        if app.module is not None and module_has_submodule(app.module, "sentences"):
            found |= getattr(import_module(f"{app.name}.sentences"), name, {})
    return found
