"""Which entries have the words, best first; see the search's model for where entries come from."""

from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.core.paginator import Page, Paginator
from django.db import connection
from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When, Window
from django.db.models.functions import Greatest, RowNumber

from catalogue.models import CourseRun, FrameworkStatement, SearchEntry
from catalogue.search.hits import Hit, hits_of
from catalogue.search.spelling import respelled
from catalogue.search.words import CONFIG, WORD, Query, all_words, any_words

Kind = SearchEntry.Kind
PER_PAGE = 20
OF_EACH = 4
ORDER = ("-named", "when", "apart", "-rank", "title", "-key")


class Named(IntEnum):
    """How nearly an entry is what was typed; more is nearer."""

    LOOSELY = 0
    HAS_THE_PHRASE = 1
    BEGINS_SO = 2
    IS_JUST_THAT = 3


@dataclass(frozen=True)
class Group:
    """Things of one kind: `total` were found, and `hits` are those on this page. `named` is how nearly the best of
    these is called what was typed (Named).
    """

    kind: str
    label: str
    total: int
    hits: list[Hit]
    named: int = 0


@dataclass(frozen=True)
class Found:
    """`groups` are the kinds of which something was found, in the order of `SearchEntry.Kind`; one alone has hits if
    it was asked for, and then `page` says which of its pages. `some_words` says that nothing has all the words, and
    `no_words` that there is nothing to look for: signs only, or words that are in nearly every text. `meant` is what
    may have been meant, spelled as we have it, where nothing has all the words and something has those.
    """

    groups: list[Group]
    some_words: bool = False
    no_words: bool = False
    page: "Page[int] | None" = None
    meant: str = ""

    @property
    def best_first(self) -> list[Group]:
        """For "Teach First" the lead provider of that name, before an NPQ whose facts say "teachers" and "first"."""
        return sorted(self.groups, key=lambda group: -group.named)

    @property
    def total(self) -> int:
        return sum(group.total for group in self.groups)


def find(typed: str, day: date, *, kind: str = "", page: int = 1) -> Found:
    """The best of each kind, or a page of one; of course runs those that start soonest after `day`. If nothing has all
    the words, what has some of them.

    Ten queries at most, whatever the rows; three more where nothing has all the words, to find what has some or
    is spelled nearly so.
    """
    asked, some_words = all_words(typed), False
    totals = _totals(asked)
    if not totals and (fewer := any_words(typed)):
        asked, some_words = fewer, True
        totals = _totals(asked)
    if not totals:
        return Found([], no_words=_has_no_words(typed), meant=_meant(typed))
    paged = Paginator(range(totals.get(kind, 0)), PER_PAGE).get_page(page) if kind else None
    best = _best(_ranked(asked, typed, day), kind, paged)
    hits = hits_of(asked, [pk for pk, _, _ in best])
    named = {of: nearly for _, of, nearly in reversed(best)}
    groups = [
        Group(each, each.label, totals[each], hits.get(each, []), named.get(each, 0))
        for each in Kind
        if each in totals
    ]
    return Found(groups, some_words, page=paged, meant=_meant(typed) if some_words else "")


def _having(asked: Query) -> QuerySet[SearchEntry]:
    """A statement that a newer edition has word for word is found in that one alone."""
    newer = FrameworkStatement.objects.filter(
        section=OuterRef("section"),
        kind=OuterRef("kind"),
        number=OuterRef("number"),
        text=OuterRef("text"),
        edition__published_on__gt=OuterRef("edition__published_on"),
    )
    said_again = FrameworkStatement.objects.filter(Exists(newer), pk=OuterRef("key"))
    return SearchEntry.objects.filter(vector=asked).exclude(Exists(said_again), kind=Kind.STATEMENT)


def _totals(asked: Query) -> dict[str, int]:
    counted = _having(asked).values_list("kind").annotate(Count("pk")).order_by()
    return dict(counted)


def _has_no_words(typed: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT numnode(websearch_to_tsquery(%s, %s)) = 0", [CONFIG, typed])
        return bool(cursor.fetchone()[0])


def _meant(typed: str) -> str:
    corrected = respelled(typed)
    return corrected if corrected and _totals(all_words(corrected)) else ""


def _ranked(asked: Query, typed: str, day: date) -> QuerySet[SearchEntry]:
    """What is called just that, or has that code, stands first; then what begins so, then what has the words as they
    stand together. Course runs stand in the order of their dates: those to come, the soonest first, then those without
    a date, then those that began, the newest first.
    """
    started = CourseRun.objects.filter(pk=OuterRef("key")).values("starts_on")
    began = Case(When(kind=Kind.RUN, then=Subquery(started)))
    when = Case(When(began__gte=day, then=0), When(kind=Kind.RUN, began=None, then=1), default=2)
    apart = Greatest(F("began") - Value(day), Value(day) - F("began"))
    return (
        _having(asked)
        .annotate(named=_named(typed), rank=SearchRank(F("vector"), asked))
        .annotate(began=began)
        .annotate(when=when, apart=apart)
        .order_by(*ORDER)
    )


def _named(typed: str) -> Case:
    words = typed.strip('" ')
    just_that = Q(title__iexact=words) | Q(about__iexact=words)
    nearly = [When(just_that, then=Named.IS_JUST_THAT), When(title__istartswith=words, then=Named.BEGINS_SO)]
    if len(WORD.findall(words)) > 1:  # of one word every text that has it has the phrase
        phrase = SearchQuery(words, config=CONFIG, search_type="phrase")
        nearly.append(When(vector=phrase, then=Named.HAS_THE_PHRASE))
    return Case(*nearly, default=Named.LOOSELY)


def _best(ranked: QuerySet[SearchEntry], kind: str, paged: "Page[int] | None") -> list[tuple[int, str, int]]:
    """Entries' ids, kinds and how nearly they are named, the best first: a page of one kind, else some of each."""
    shown = ("pk", "kind", "named")
    if paged is not None:
        first = (paged.number - 1) * PER_PAGE
        return list(ranked.filter(kind=kind).values_list(*shown)[first : first + PER_PAGE])
    placed = ranked.annotate(place=Window(RowNumber(), partition_by="kind", order_by=ORDER))
    return list(placed.filter(place__lte=OF_EACH).order_by("place").values_list(*shown))
