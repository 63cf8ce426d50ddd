"""The entries that are shown, with the words that were found marked, and the rows and addresses that they stand for."""

from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import SearchHeadline
from django.db.models import Case, Model, QuerySet, When
from django.utils.safestring import SafeString

from catalogue.models import (
    CourseRun,
    DeliveryPartner,
    FrameworkSection,
    FrameworkStatement,
    LeadProvider,
    Qualification,
    SearchEntry,
    TeachingSchoolHub,
)
from catalogue.search.words import CONFIG, START, STOP, Query, marked

Kind = SearchEntry.Kind
BETWEEN = " … "
# The rows that entries are of, with what the page says of them.
THINGS: dict[str, QuerySet[Model]] = {
    Kind.QUALIFICATION: Qualification.objects.all(),
    Kind.SECTION: FrameworkSection.objects.select_related("qualification"),
    Kind.STATEMENT: FrameworkStatement.objects.select_related("section__qualification", "edition"),
    Kind.PROVIDER: LeadProvider.objects.all(),
    Kind.HUB: TeachingSchoolHub.objects.all(),
    Kind.PARTNER: DeliveryPartner.objects.all(),
    Kind.RUN: CourseRun.objects.select_related("qualification", "provider", "hub", "partner", "term"),
}


@dataclass(frozen=True)
class Hit:
    """`title` and `text` with the words that were found marked; `thing` is the row, `address` its page."""

    title: SafeString
    text: SafeString
    thing: Any
    address: str


def hits_of(asked: Query, ids: list[int]) -> dict[str, list[Hit]]:
    """Kind -> its hits in the order of `ids`, which are entries'. A row that has just gone is left out."""
    entries = _marked(asked, ids)
    by_kind: dict[str, list[SearchEntry]] = {}
    for entry in entries:
        by_kind.setdefault(entry.kind, []).append(entry)
    return {kind: _of_kind(kind, each) for kind, each in by_kind.items()}


def _of_kind(kind: str, entries: list[SearchEntry]) -> list[Hit]:
    things = THINGS[kind].in_bulk([entry.key for entry in entries])
    return [
        Hit(
            marked(entry.marked_title),  # type: ignore[attr-defined]
            marked(_to_its_end(entry)),
            things[entry.key],
            things[entry.key].get_absolute_url(),  # type: ignore[attr-defined]
        )
        for entry in entries
        if entry.key in things
    ]


def _to_its_end(entry: SearchEntry) -> str:
    """The parts with the words; an ellipsis says that the text goes on."""
    parts: str = entry.marked_text  # type: ignore[attr-defined]
    last = parts.replace(START, "").replace(STOP, "").rpartition(BETWEEN)[2]
    return parts if entry.text.rstrip(" .").endswith(last.rstrip(" .")) else parts + " …"


def _marked(asked: Query, ids: list[int]) -> list[SearchEntry]:
    """In the order of `ids`. Marking reads the whole text, so only what is shown is marked."""
    if not ids:
        return []

    def words(expression: str, **options: bool | int | str) -> SearchHeadline:
        return SearchHeadline(
            expression,
            asked,
            config=CONFIG,
            start_sel=START,
            stop_sel=STOP,
            **options,  # type: ignore[arg-type]
        )

    parts = words("text", max_fragments=2, max_words=30, min_words=12, fragment_delimiter=BETWEEN)
    entries = SearchEntry.objects.defer("vector").annotate(
        marked_title=words("title", highlight_all=True),
        # All that is said of an NPQ is long; of other things it is a sentence or two.
        marked_text=Case(
            When(kind=Kind.QUALIFICATION, then=parts), default=words("text", highlight_all=True)
        ),
    )
    found = entries.in_bulk(ids)
    return [found[pk] for pk in ids if pk in found]
