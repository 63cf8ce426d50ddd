"""Which course runs fit what is wanted, a page at a time."""

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, reduce
from operator import and_
from typing import Any
from urllib.parse import urlencode

from django.contrib.postgres.expressions import ArraySubquery
from django.core.paginator import Page, Paginator
from django.db import connection
from django.db.models import BooleanField, Count, F, FloatField, Func, Q, QuerySet
from django.db.models.functions import Cast

from catalogue.finder.kept import kept
from catalogue.finder.nearest import METRES, by_distance, point
from catalogue.finder.place import METRES_A_MILE, Place
from catalogue.finder.wanted import Wanted
from catalogue.models import CourseRun, PostcodeArea, RunVenue

PER_PAGE = 10
SHOWN_AT_MOST = 500  # nobody reads on; a filter helps more than another page
# What a list shows of a run, and of what belongs to it.
SHOWN = (
    "state",
    "mode",
    "days",
    "starts_on",
    "apply_by",
    "is_example",
    "price",
    "price_plus_vat",
    "price_as_of",
    "funded_places",
    "funded_taken",
    "paying_places",
    "paying_taken",
    "places_as_of",
)
SHOWN_OF = ("provider", "hub", "partner", "qualification", "term")
ADDRESSED_BY = ("provider__slug", "hub__code", "partner__slug", "qualification__slug")


@dataclass(frozen=True)
class Venue:
    """`miles` is about how far away it is; None where no place was asked for or nobody knows where it is."""

    name: str
    postcode: str
    miles: int | None


@dataclass(frozen=True)
class FoundRun:
    """`venue` is the run's nearest, or where no place was asked for its first; None where it has none."""

    run: CourseRun
    venue: Venue | None = None


@dataclass(frozen=True)
class Found:
    """One page of the runs that fit, of the first SHOWN_AT_MOST; `order` is the one they are in."""

    runs: list[FoundRun]
    page: "Page[Any]"
    total: int
    order: str

    @property
    def shown_at_most(self) -> int:
        """How many of them can be paged through, where that is not all; else 0."""
        return SHOWN_AT_MOST if self.total > SHOWN_AT_MOST else 0


@dataclass(frozen=True)
class Alternative:
    """What there is if one filter is dropped."""

    name: str
    total: int


@dataclass(frozen=True)
class Meant:
    """A place that may have been meant, and the address of the same search there."""

    name: str
    address: str


@dataclass(frozen=True)
class Search:
    """`wanted` on `day`, near `place` if it names one; `meant` where it names one that we do not know."""

    wanted: Wanted
    place: Place | None
    day: date
    meant: tuple[Meant, ...] = ()

    @cached_property
    def conditions(self) -> dict[str, Q]:
        """Filter -> what it asks of a run."""
        return _conditions(self.wanted, self.place)

    @property
    def text(self) -> str:
        """What is searched for, without an order or a page, as an address has it. Equal searches are equal text."""
        wanted = replace(self.wanted, near=self.place.name) if self.place else self.wanted
        return urlencode(wanted.pairs(leave_out=["order", "page"]))

    @property
    def runs(self) -> QuerySet[CourseRun]:
        return CourseRun.objects.to_join(self.day).filter(*self.conditions.values())

    @property
    def runs_and_cancelled(self) -> QuerySet[CourseRun]:
        """What a calendar of this search tells: a run that was found before does not merely vanish."""
        return CourseRun.objects.to_join_or_cancelled(self.day).filter(*self.conditions.values())

    @property
    def counted_by(self) -> str:
        """The same text for searches that find equally many: the place counts only where the distance does."""
        place = self.place if "within" in self.conditions else None
        return f"{self.day} {place} {[self.wanted.filters[name] for name in self.conditions]} {list(self.conditions)}"

    @property
    def order(self) -> str:
        return self.wanted.order or ("distance" if self.place else "start")


def find(search: Search, version: str) -> Found:
    """The page asked for, or the last. Four queries, whatever the rows; how many there are is counted once for a
    version of the catalogue.
    """
    total = kept(version, search.counted_by, search.runs.count)
    page = Paginator(range(min(total, SHOWN_AT_MOST)), PER_PAGE).get_page(search.wanted.page)
    ids = _ids(search, total, (page.number - 1) * PER_PAGE) if total else []
    return Found(_with_their_facts(ids, search.place), page, total, search.order)


def soonest(runs: QuerySet[CourseRun], limit: int) -> list[FoundRun]:
    """The first of `runs` to start, those without a date last. Three queries."""
    ordered = runs.order_by(F("starts_on").asc(nulls_last=True), "pk").values_list("pk", flat=True)
    return _with_their_facts(list(ordered[:limit]), None)


def nearest(runs: QuerySet[CourseRun], place: Place, limit: int) -> list[FoundRun]:
    """The nearest of `runs` to `place`, those without a venue last. Three queries. For some hundreds, not for all."""
    return _with_their_facts(by_distance(runs, place, limit, slice(0, limit)), place)


def alternatives(search: Search) -> list[Alternative]:
    """Where nothing fits: each filter that keeps something out by itself, and how much there is without it.

    One query. Most first.
    """
    if not search.conditions:
        return []
    counts = {
        f"without_{name}": Count(
            "pk", filter=reduce(and_, (q for other, q in search.conditions.items() if other != name), Q())
        )
        for name in search.conditions
    }
    found = CourseRun.objects.to_join(search.day).aggregate(**counts)
    known = [Alternative(name, found[f"without_{name}"]) for name in search.conditions]
    return sorted((each for each in known if each.total), key=lambda each: -each.total)


def _conditions(wanted: Wanted, place: Place | None) -> dict[str, Q]:
    of_run = {
        "npq": "qualification__slug",
        "mode": "mode",
        "days": "days",
        "provider": "provider__slug",
        "hub": "hub__code",
    }
    asked = wanted.filters
    conditions = {name: Q((of_run[name], value)) for name, value in asked.items() if name in of_run}
    if start := wanted.start:
        year, month = (int(part) for part in start.split("-"))
        following = date(year + month // 12, month % 12 + 1, 1)
        conditions["start"] = Q(starts_on__gte=date(year, month, 1), starts_on__lt=following)
    if kind := wanted.places:
        funded, paying = (
            Q((f"{each}_taken__lt", F(f"{each}_places")), places_as_of__isnull=False)
            for each in ("funded", "paying")
        )
        conditions["places"] = {"funded": funded, "paying": paying, "any": funded | paying}[kind]
    if wanted.within and place:
        conditions["within"] = Q(pk__in=_held_within(place, int(wanted.within) * METRES_A_MILE))
    return conditions


def _held_within(place: Place, metres: float) -> QuerySet[Any]:
    east, north = (
        Cast(F(axis), FloatField()) - middle
        for axis, middle in (("easting", place.easting), ("northing", place.northing))
    )
    areas = PostcodeArea.objects.alias(squared=east * east + north * north).filter(squared__lte=metres**2)
    # As an array, of which Postgres knows that it is short, so that it looks its codes up in the index.
    codes = ArraySubquery(areas.values("outward_code"))
    among = Func(
        F("outward_code"),
        codes,
        template="%(expressions)s)",
        arg_joiner=" = ANY(",
        output_field=BooleanField(),
    )
    return RunVenue.objects.filter(among).values("run")


def _ids(search: Search, total: int, offset: int) -> list[int]:
    """The runs of one page, in order."""
    if search.order == "distance" and search.place:
        return by_distance(search.runs, search.place, total, slice(offset, offset + PER_PAGE))
    first = [F("apply_by").asc(nulls_last=True)] if search.order == "closing" else []
    ordered = search.runs.order_by(*first, F("starts_on").asc(nulls_last=True), "pk")
    return list(ordered.values_list("pk", flat=True)[offset : offset + PER_PAGE])


def _with_their_facts(ids: list[int], place: Place | None) -> list[FoundRun]:
    if not ids:
        return []
    names = (f"{each}__name" for each in SHOWN_OF)
    runs = CourseRun.objects.select_related(*SHOWN_OF).only(*SHOWN, *names, *ADDRESSED_BY)
    found, venues = runs.in_bulk(ids), _venues(ids, place)
    return [FoundRun(found[pk], venues.get(pk)) for pk in ids]


def _venues(ids: list[int], place: Place | None) -> dict[int, Venue]:
    """Run -> its venue that is nearest to the place, else its first."""
    distance = METRES if place else "NULL::float8"
    statement = f"""
        SELECT DISTINCT ON (run_id) run_id, venue, postcode, {distance} AS metres
        FROM catalogue_session
        LEFT JOIN catalogue_postcodearea area ON area.outward_code = split_part(postcode, ' ', 1)
        WHERE run_id = ANY(%(ids)s) AND postcode <> ''
        ORDER BY run_id, metres NULLS LAST, position
    """  # noqa: S608  (a part of our own)
    with connection.cursor() as cursor:
        cursor.execute(statement, {"ids": ids, **(point(place) if place else {})})
        return {
            run: Venue(name, postcode, None if metres is None else round(metres / METRES_A_MILE))
            for run, name, postcode, metres in cursor.fetchall()
        }
