"""What audit rows are about, as people call it: an application by its reference, a person by their name.

An app says it in its `sentences` module, where it has something to say: NAMES maps a kind ("accounts.user") to the
function that gives primary key -> Named, in one query; FOUND_BY maps it to the one that gives the primary keys of the
rows that somebody means who writes a text. A kind that has no name there is called what its rows call themselves.
The rows of the audit trail themselves hold neither.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from npq_portal.accounts.models import User
from npq_portal.audit.presenters import said_by_apps


@dataclass(frozen=True, slots=True)
class Named:
    """`person` is whom it is of, where that tells of somebody: a file, which outlives them here, leaves it out."""

    name: str
    person: str = ""

    def __str__(self) -> str:
        return ", ".join(filter(None, (self.name, self.person)))


Names = Callable[[list[str]], dict[str, Named]]
FoundBy = Callable[[str], Iterable[object]]
# Whoever writes a name that more people have is asked for more of it by what is found.
MOST_PEOPLE = 100
SYSTEM = "system"
# The key in a reference that is about many rows of its kind at once.
MANY = "list"


def names_of(references: Iterable[str]) -> dict[str, Named]:
    """Reference -> what its row is called today. A query for each kind; what is no longer there is not in it."""
    keys: dict[str, set[str]] = defaultdict(set)
    for reference in references:
        kind, _, key = reference.partition(":")
        keys[kind].add(key)
    told: dict[str, Names] = said_by_apps("NAMES")
    named: dict[str, Named] = {}
    for kind, wanted in keys.items():
        if MANY in wanted:
            named[f"{kind}:{MANY}"] = Named("A list")
        model = model_of(kind)
        if model and (usable := [key for key in sorted(wanted) if is_key(model, key)]):
            found = told[kind](usable) if kind in told else _by_themselves(model, usable)
            named |= {f"{kind}:{key}": name for key, name in found.items()}
    return named


def kind_words(kind: str) -> str:
    """ "catalogue.leadprovider" -> "Lead provider". A kind that there is no more stays as it is."""
    model = model_of(kind)
    words = str(model._meta.verbose_name) if model else kind
    return words[:1].upper() + words[1:]


def model_of(kind: str) -> type[models.Model] | None:
    try:
        return apps.get_model(kind)
    except (LookupError, ValueError):
        return None


def is_key(model: type[models.Model], key: str) -> bool:
    """Whether a row could have it: the database is not asked for what it would not understand."""
    try:
        field = model._meta.pk
        field.run_validators(field.to_python(key))
    except ValidationError:
        return False
    return "\0" not in key


def records_called(text: str, kinds: Iterable[str]) -> set[str]:
    """The subjects that `text` may mean: what `found_by` finds, or a key of any kind."""
    text = text.strip()
    return {text, *(f"{kind}:{text.lower()}" for kind in kinds)} | found_by(text)


def found_by(text: str) -> set[str]:
    """What somebody means who writes a name, an e-mail address, a TRN or a reference: people, and what is theirs."""
    text = text.strip()
    finders: dict[str, FoundBy] = said_by_apps("FOUND_BY")
    if not text or "\0" in text:
        return set()
    return {f"{kind}:{key}" for kind, finder in finders.items() for key in finder(text)}


def actors_called(text: str) -> set[str]:
    """Who may be meant: people by name, e-mail address or key; "system" or "the portal"; or an actor as written."""
    text = text.strip()
    if text.lower() in (SYSTEM, "the portal", "portal"):
        return {SYSTEM}
    people = User.objects.filter(Q(full_name__icontains=text) | Q(email__iexact=text))
    written = {text} if ":" in text else {f"user:{text.lower()}"} if is_key(User, text) else set()
    return written | {f"user:{key}" for key in people.values_list("pk", flat=True)[:MOST_PEOPLE]}


def _by_themselves(model: type[models.Model], keys: list[str]) -> dict[str, Named]:
    """With the rows that they point at, which they may be called by."""
    beside = [field.name for field in model._meta.concrete_fields if field.is_relation]
    rows = model._base_manager.select_related(*beside) if beside else model._base_manager
    return {str(row.pk): Named(str(row)) for row in rows.filter(pk__in=keys)}
