"""The editions of a framework side by side, and the statements of a section with what earlier editions had."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from catalogue.models import FrameworkEdition, FrameworkSection, FrameworkStatement, Qualification

Kind = FrameworkStatement.Kind


@dataclass(frozen=True)
class SectionRow:
    """One section: for each column, how many statements of each kind were loaded."""

    section: FrameworkSection
    counts: list[dict[str, int]]

    @property
    def has_statements(self) -> bool:
        return any(self.counts)


@dataclass(frozen=True)
class SideBySide:
    """The columns are editions, oldest first; None is one whose day is not known, and only where it has statements."""

    columns: list[FrameworkEdition | None]
    rows: list[SectionRow]

    @property
    def has_statements(self) -> bool:
        return any(row.has_statements for row in self.rows)

    @property
    def certain(self) -> bool:
        """Whether the headings and their order were confirmed."""
        return all(row.section.certain for row in self.rows)


@dataclass(frozen=True)
class Wording:
    """What an earlier edition said under the same number."""

    edition: FrameworkEdition | None
    text: str


@dataclass(frozen=True)
class Said:
    """A statement as the newest edition that was loaded has it, else, if `gone`, as the last that had it.

    `earlier` are the editions that worded it differently, newest first. `added` says that no earlier one has it.
    """

    statement: FrameworkStatement
    earlier: list[Wording]
    added: bool
    gone: bool


@dataclass(frozen=True)
class OfKind:
    """The statements of one kind, in the order of the file; those that are gone come last."""

    title: str
    said: list[Said]


def side_by_side(npq: Qualification) -> SideBySide:
    """Three queries."""
    editions = list(npq.framework_editions.order_by("published_on"))
    sections = list(npq.framework_sections.order_by("position"))
    counted = (
        FrameworkStatement.objects.filter(section__qualification=npq)
        .order_by()
        .values_list("section", "edition", "kind")
        .annotate(Count("pk"))
    )
    counts: dict[tuple[int, int | None], dict[str, int]] = {}
    for section, edition, kind, number in counted:
        counts.setdefault((section, edition), {})[kind] = number
    of_no_day = any(edition is None for _, edition in counts)
    columns = [*([None] if of_no_day else []), *editions]
    return SideBySide(
        columns,
        [
            SectionRow(section, [counts.get((section.pk, each.pk if each else None), {}) for each in columns])
            for section in sections
        ],
    )


def statements_of(section: FrameworkSection) -> list[OfKind]:
    """Learn that, then learn how to; a kind without statements is missing. One query."""
    statements = list(section.statements.select_related("edition").order_by("position"))
    editions = sorted({_day(each) for each in statements}, reverse=True)
    kinds = []
    for kind in Kind:
        said = _said([each for each in statements if each.kind == kind], editions)
        if said:
            kinds.append(OfKind(kind.label, said))
    return kinds


def _said(statements: Iterable[FrameworkStatement], editions: list[date]) -> list[Said]:
    by_number: dict[str, list[FrameworkStatement]] = {}
    for each in statements:
        by_number.setdefault(each.number, []).append(each)
    said = []
    for wordings in by_number.values():
        newest, *earlier = sorted(wordings, key=_day, reverse=True)
        different = [Wording(each.edition, each.text) for each in earlier if each.text != newest.text]
        gone = _day(newest) != editions[0]
        said.append(Said(newest, different, added=len(editions) > 1 and not earlier and not gone, gone=gone))
    return sorted(said, key=lambda each: (each.gone, each.statement.position))


def _day(statement: FrameworkStatement) -> date:
    return statement.edition.published_on if statement.edition else date.min
