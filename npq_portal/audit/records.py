"""What audit rows are about, as people call it: an application by its reference, a person by their name.

An app says it in its `sentences` module, where it has something to say: NAMES maps a kind ("accounts.user") to the
function that gives primary key -> name, in one query; FOUND_BY maps it to the one that gives the primary keys of the
rows that somebody means who writes a text. The rows of the audit trail themselves hold neither.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable

from django.db.models import Q

from npq_portal.accounts.models import User
from npq_portal.audit.models import AuditEvent
from npq_portal.audit.presenters import said_by_apps

Names = Callable[[list[str]], dict[str, str]]
FoundBy = Callable[[str], Iterable[object]]
# Whoever writes a name that more people have is asked for more of it by what is found.
MOST_PEOPLE = 100
SYSTEM = "system"


def subject_names(events: Iterable[AuditEvent]) -> dict[str, str]:
    """Subject -> what it is called today, for kinds whose app says so. A query for each such kind."""
    keys: dict[str, set[str]] = defaultdict(set)
    for event in events:
        kind, _, key = event.subject.partition(":")
        keys[kind].add(key)
    names: dict[str, Names] = said_by_apps("NAMES")
    return {
        f"{kind}:{key}": name
        for kind, named in names.items()
        if kind in keys
        for key, name in named(sorted(keys[kind])).items()
    }


def records_called(text: str, kinds: Iterable[str]) -> set[str]:
    """The subjects that `text` may mean: a reference of an application, an e-mail address, or a key of any kind."""
    text = text.strip()
    found = {text, *(f"{kind}:{text.lower()}" for kind in kinds)}
    finders: dict[str, FoundBy] = said_by_apps("FOUND_BY")
    return found | {f"{kind}:{key}" for kind, finder in finders.items() for key in finder(text)}


def actors_called(text: str) -> set[str]:
    """Who may be meant: people by name, e-mail address or key; "system" or "the portal"; or an actor as written."""
    text = text.strip()
    if text.lower() in (SYSTEM, "the portal", "portal"):
        return {SYSTEM}
    people = User.objects.filter(Q(full_name__icontains=text) | Q(email__iexact=text))
    return {
        text,
        *(f"user:{key}" for key in (*people.values_list("pk", flat=True)[:MOST_PEOPLE], text.lower())),
    }
