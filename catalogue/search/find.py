"""Which entries have the words, best first; see the search's model for where entries come from."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import SearchHeadline, SearchRank
from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, F, Model, Q, QuerySet, When, Window
from django.db.models.functions import RowNumber
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
from catalogue.search.words import CONFIG, START, STOP, Query, all_words, any_words, marked

Kind = SearchEntry.Kind
PER_PAGE = 20
OF_EACH = 4
ORDER = ("-named", "-rank", "title", "-key")
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
    """`title` and `text` with the words that were found marked; `thing` is the row, `address` its page or empty."""

    title: SafeString
    text: SafeString
    thing: Any
    address: str


@dataclass(frozen=True)
class Group:
    """Things of one kind: `total` were found, and `hits` are those on this page."""

    kind: str
    label: str
    total: int
    hits: list[Hit]


@dataclass(frozen=True)
class Found:
    """`groups` are the kinds of which something was found, in the order of `SearchEntry.Kind`; one alone has hits if
    it was asked for, and then `page` says which of its pages. `some_words` says that nothing has all the words.
    """

    groups: list[Group]
    some_words: bool = False
    page: "Page[int] | None" = None

    @property
    def total(self) -> int:
        return sum(group.total for group in self.groups)


def find(typed: str, *, kind: str = "", page: int = 1) -> Found:
    """The best of each kind, or a page of one. If nothing has all the words, what has some of them.

    Ten queries at most, whatever the rows; two more where nothing has all the words.
    """
    asked, some_words = all_words(typed), False
    totals = _totals(asked)
    if not totals and (fewer := any_words(typed)):
        asked, some_words = fewer, True
        totals = _totals(asked)
    paged = Paginator(range(totals.get(kind, 0)), PER_PAGE).get_page(page) if kind else None
    entries = _marked(asked, _best(_ranked(asked, typed), kind, paged) if totals else [])
    hits = _hits(entries)
    groups = [Group(each, each.label, totals[each], hits.get(each, [])) for each in Kind if each in totals]
    return Found(groups, some_words and bool(groups), paged)


def _totals(asked: Query) -> dict[str, int]:
    counted = SearchEntry.objects.filter(vector=asked).values_list("kind").annotate(Count("pk")).order_by()
    return dict(counted)


def _ranked(asked: Query, typed: str) -> QuerySet[SearchEntry]:
    """What is called just that, or has that code, stands first. Newer runs stand before older ones that have the words
    as well.
    """
    named = Q(title__iexact=typed) | Q(about__iexact=typed)
    return (
        SearchEntry.objects.filter(vector=asked)
        .annotate(named=Case(When(named, then=1), default=0), rank=SearchRank(F("vector"), asked))
        .order_by(*ORDER)
    )


def _best(ranked: QuerySet[SearchEntry], kind: str, paged: "Page[int] | None") -> list[int]:
    """Entries' ids: a page of one kind, else the first of each."""
    if paged is not None:
        first = (paged.number - 1) * PER_PAGE
        return list(ranked.filter(kind=kind).values_list("pk", flat=True)[first : first + PER_PAGE])
    placed = ranked.annotate(place=Window(RowNumber(), partition_by="kind", order_by=ORDER))
    return list(placed.filter(place__lte=OF_EACH).order_by("place").values_list("pk", flat=True))


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

    parts = words("text", max_fragments=2, max_words=30, min_words=12, fragment_delimiter=" … ")
    entries = SearchEntry.objects.defer("vector").annotate(
        marked_title=words("title", highlight_all=True),
        # All that is said of an NPQ is long; of other things it is a sentence or two.
        marked_text=Case(
            When(kind=Kind.QUALIFICATION, then=parts), default=words("text", highlight_all=True)
        ),
    )
    found = entries.in_bulk(ids)
    return [found[pk] for pk in ids if pk in found]


def _hits(entries: Iterable[SearchEntry]) -> dict[str, list[Hit]]:
    by_kind: dict[str, list[SearchEntry]] = {}
    for entry in entries:
        by_kind.setdefault(entry.kind, []).append(entry)
    return {kind: _of_kind(kind, each) for kind, each in by_kind.items()}


def _of_kind(kind: str, entries: list[SearchEntry]) -> list[Hit]:
    things = THINGS[kind].in_bulk([entry.key for entry in entries])
    return [
        Hit(
            marked(entry.marked_title),  # type: ignore[attr-defined]
            marked(entry.marked_text),  # type: ignore[attr-defined]
            things[entry.key],
            _address(things[entry.key]),
        )
        for entry in entries
        if entry.key in things
    ]


def _address(thing: Model) -> str:
    """Its own page, else, for a course run, that of its NPQ. Empty for what has no page."""
    if hasattr(thing, "get_absolute_url"):
        return str(thing.get_absolute_url())
    return f"{thing.qualification.get_absolute_url()}#courses" if isinstance(thing, CourseRun) else ""
