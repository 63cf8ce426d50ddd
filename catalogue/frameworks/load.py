"""Puts the statements of a file under the sections of an edition: all of them, or none."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.db import transaction

from catalogue.frameworks.check import Statement, check
from catalogue.frameworks.read import FrameworkRefusedError, read
from catalogue.models import FrameworkEdition, FrameworkSection, FrameworkStatement, Qualification
from npq_portal.accounts.models import User
from npq_portal.audit.recording import record


@dataclass(frozen=True)
class Loaded:
    """What a file did to the statements of `edition` (None where none is known)."""

    edition: FrameworkEdition | None
    added: int
    changed: int
    removed: int
    unchanged: int


def load_framework(
    *,
    npq: Qualification,
    path: Path,
    published_on: date | None = None,
    by: User | None,
    now: datetime,
    source: str = "",
) -> Loaded:
    """Bring the statements of one edition to what the file says; those it no longer has are removed.

    The edition is that of `published_on`, else the newest. Other editions keep theirs, and a statement that stands as
    the file has it is not written again. One audit row, unless nothing changed. Raises FrameworkRefusedError, and then
    nothing is changed.
    """
    entries = read(path)
    with transaction.atomic():
        # Two files for one NPQ follow each other; whoever registers for it does not wait.
        Qualification.objects.select_for_update(no_key=True).get(pk=npq.pk)
        sections = {section.title: section for section in npq.framework_sections.all()}
        if not sections:
            raise FrameworkRefusedError(f"{npq.name} has no framework.")
        edition = _edition(npq, published_on)
        loaded = _bring(check(entries, sections), sections, edition, now)
        if loaded.added or loaded.changed or loaded.removed:
            numbers = {"added": loaded.added, "changed": loaded.changed, "removed": loaded.removed}
            new = {"edition": str(edition.published_on) if edition else "", **numbers}
            record(action="catalogue.framework_loaded", subject=npq, by=by, now=now, new=new, source=source)
    return loaded


def _edition(npq: Qualification, published_on: date | None) -> FrameworkEdition | None:
    editions = npq.framework_editions.order_by("-published_on")
    if published_on is None:
        return editions.first()
    edition = editions.filter(published_on=published_on).first()
    if edition is None:
        days = ", ".join(str(each.published_on) for each in editions) or "none that we know the day of"
        raise FrameworkRefusedError(f"{npq.name} has no edition of {published_on}. It has {days}.")
    return edition


def _bring(
    statements: list[Statement],
    sections: dict[str, FrameworkSection],
    edition: FrameworkEdition | None,
    now: datetime,
) -> Loaded:
    wanted = {
        (sections[each.section].pk, each.kind, each.number): FrameworkStatement(
            section=sections[each.section],
            edition=edition,
            kind=each.kind,
            number=each.number,
            position=position,
            text=each.text,
        )
        for position, each in enumerate(statements, 1)
    }
    standing = {
        (each.section_id, each.kind, each.number): each
        for each in FrameworkStatement.objects.filter(section__in=sections.values(), edition=edition)
    }
    changed = [key for key in wanted.keys() & standing.keys() if _differ(wanted[key], standing[key])]
    for key in changed:
        wanted[key].pk, wanted[key].updated_at = standing[key].pk, now
    FrameworkStatement.objects.bulk_update(
        [wanted[key] for key in changed], ["position", "text", "updated_at"]
    )
    removed = [each.pk for key, each in standing.items() if key not in wanted]
    FrameworkStatement.objects.filter(pk__in=removed).delete()
    added = [each for key, each in wanted.items() if key not in standing]
    FrameworkStatement.objects.bulk_create(added)
    unchanged = len(wanted) - len(added) - len(changed)
    return Loaded(edition, len(added), len(changed), len(removed), unchanged)


def _differ(one: FrameworkStatement, other: FrameworkStatement) -> bool:
    return (one.position, one.text) != (other.position, other.text)
