"""Loads the data that comes with the portal, and ranks the schools by it. Safe to repeat: a file that was
loaded before is not read again.

What an operator loaded since is never overwritten: a newer file of the same source stands, and a term keeps
the list edition that it was given.
"""

from typing import Any, Protocol

from django.db import connection, transaction

from catalogue.models import Term
from funding import bundled
from funding.follow import follow
from funding.imports.establishments import ESTABLISHMENTS
from funding.imports.locks import wait_for
from funding.imports.run import Origin, import_edition, import_table, read_already
from funding.imports.tables import (
    CHILDCARE,
    ITT_PROVIDERS,
    LINKS,
    LOCAL_AUTHORITIES,
    POSTCODE_AREAS,
    Table,
    pupil_premium_table,
)
from funding.models import (
    ChildcareSetting,
    Establishment,
    EstablishmentLink,
    ImportRun,
    ListEdition,
    ListEntry,
    PupilPremium,
    TermList,
)
from npq_portal.read import sha256_of


class Progress(Protocol):
    """A bar such as npq_portal.progress.bar gives; its total grows by the rows there are to read."""

    total: Any

    def update(self, n: float = ..., /) -> object: ...


def load(progress: Progress) -> None:
    """Loads what is not loaded yet, all in one transaction: nobody ever sees a part of it.

    A second load at the same time waits for the first, and then finds nothing to do. The terms must be there
    already (catalogue.loading). Raises FileRefusedError where a file cannot be used.
    """
    with transaction.atomic():
        wait_for()
        tables = [each for each in bundled.tables() if not _stands(each)]
        lists = [each for each in bundled.lists() if not _stands(each)]
        progress.total = (
            (progress.total or 0) + sum(each.rows for each in tables) + sum(each.rows for each in lists)
        )
        for table in tables:
            import_table(table.path, _layout(table.name), _origin(table), progress.update)
        for edition in lists:
            import_edition(
                edition.path, edition.kind, edition.published_for, _origin(edition), progress.update
            )
        _assign_editions()
        if tables or lists:
            _analyse()
        follow()


def _stands(file: bundled.BundledTable | bundled.BundledList) -> bool:
    """Whether the file need not be read: it was, by this reader, or an operator's own took its place."""
    run = ImportRun.objects.in_use(file.name).first()
    if run is not None and not run.bundled:
        return True
    return read_already(run, sha256_of(file.path))


def _origin(file: bundled.BundledTable | bundled.BundledList) -> Origin:
    as_of = file.as_of if isinstance(file, bundled.BundledTable) else ""
    return Origin(file.name, bundled=True, as_of=as_of)


def _layout(name: str) -> Table:
    if name == "establishments":
        return ESTABLISHMENTS
    if name.startswith("pupil-premium-"):
        return pupil_premium_table(name.removeprefix("pupil-premium-"))
    return {
        "local-authorities": LOCAL_AUTHORITIES,
        "postcode-areas": POSTCODE_AREAS,
        "itt-providers": ITT_PROVIDERS,
        "childcare": CHILDCARE,
        "establishment-links": LINKS,
    }[name]


def _assign_editions() -> None:
    """Gives each term its editions, where it has none of that kind yet."""
    terms = {term.identifier: term for term in Term.objects.all()}
    editions: dict[tuple[str, str], ListEdition] = {}
    for edition in ListEdition.objects.filter(computed=False).order_by("loaded_at", "id"):
        editions[edition.kind, edition.term_label] = edition
    TermList.objects.bulk_create(
        [
            TermList(term=terms[term], kind=each.kind, edition=editions[each.kind, each.published_for])
            for each in bundled.lists()
            for term in each.used_by
        ],
        ignore_conflicts=True,
    )


def _analyse() -> None:
    """Tells Postgres's planner of the new rows now, rather than when autovacuum comes by.

    Without it the ranking, which follows, takes minutes on a database that was empty.
    """
    with connection.cursor() as cursor:
        for model in (ChildcareSetting, Establishment, EstablishmentLink, PupilPremium, ListEntry):
            cursor.execute(f"ANALYZE {model._meta.db_table}")
