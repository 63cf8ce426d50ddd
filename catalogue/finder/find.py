"""Which course runs fit what is wanted, and how far away each is.

A distance is from the middle of one outward code to the middle of another. It is worked out once for each of the some
2,000 codes, not for each session: `RunVenue` says which codes a run is taught in.
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property, reduce
from operator import and_
from typing import Any

from django.core.paginator import Page, Paginator
from django.db import connection
from django.db.models import Count, F, FloatField, Q, QuerySet
from django.db.models.functions import Cast

from catalogue.finder.place import METRES_A_MILE, Place
from catalogue.finder.wanted import Wanted
from catalogue.models import CourseRun, PostcodeArea, RunVenue

PER_PAGE = 20
ORDERS = {
    "distance": "metres NULLS LAST, starts_on NULLS LAST, id",
    "start": "starts_on NULLS LAST, metres NULLS LAST, id",
    "closing": "apply_by NULLS LAST, starts_on NULLS LAST, metres NULLS LAST, id",
}


@dataclass(frozen=True)
class Venue:
    name: str
    postcode: str


@dataclass(frozen=True)
class FoundRun:
    """`miles` is about how far its nearest venue is; None where no place was asked for or it has no venue.

    `venue` is that nearest one, or where no place was asked for its first.
    """

    run: CourseRun
    miles: int | None = None
    venue: Venue | None = None


@dataclass(frozen=True)
class Found:
    """One page of the runs that fit; `order` is the one they are in."""

    runs: list[FoundRun]
    page: "Page[Any]"
    total: int
    order: str


@dataclass(frozen=True)
class Alternative:
    """What there is if one filter is dropped."""

    name: str
    total: int


@dataclass(frozen=True)
class Search:
    """`wanted` on `day`, near `place` if it names one."""

    wanted: Wanted
    place: Place | None
    day: date

    @cached_property
    def conditions(self) -> dict[str, Q]:
        """Filter -> what it asks of a run."""
        return _conditions(self.wanted, self.place)

    @property
    def runs(self) -> QuerySet[CourseRun]:
        return CourseRun.objects.to_join(self.day).filter(*self.conditions.values())

    @property
    def order(self) -> str:
        return self.wanted.order or ("distance" if self.place else "start")


def find(search: Search) -> Found:
    """The page asked for, or the last. Three queries, whatever the rows; two more where there is no such page."""
    rows = _ids(search, search.wanted.page)
    total = rows[0][2] if rows else 0
    if not rows and search.wanted.page > 1:
        total = search.runs.count()
        rows = _ids(search, max(1, -(-total // PER_PAGE)))
    page = Paginator(range(total), PER_PAGE).get_page(search.wanted.page)
    return Found(_with_their_facts(rows, search.place), page, total, search.order)


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
        "npq": "qualification__identifier",
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
    return RunVenue.objects.filter(outward_code__in=areas.values("outward_code")).values("run")


def _ids(search: Search, page: int) -> list[tuple[int, float | None, int]]:
    """(Run's id, metres to its nearest venue, how many runs fit) for each run on the page."""
    query = search.runs.order_by().values("pk", "starts_on", "apply_by").query
    wanted, parameters = query.sql_with_params()
    near: tuple[Any, ...] = ()
    columns, distances, nearest = "NULL::float8 AS metres", "", ""
    if search.place:
        near = (search.place.easting, search.place.northing)
        columns = "metres"
        distances = """,
            area AS MATERIALIZED (
                SELECT outward_code, sqrt((easting - %s)::float8 ^ 2 + (northing - %s)::float8 ^ 2) AS metres
                FROM catalogue_postcodearea),
            nearest AS (
                SELECT run_id, min(metres) AS metres
                FROM catalogue_runvenue JOIN area USING (outward_code) GROUP BY run_id)"""
        nearest = "LEFT JOIN nearest ON run_id = id"
    statement = f"""
        WITH wanted (id, starts_on, apply_by) AS ({wanted}){distances}
        SELECT id, {columns}, count(*) OVER () FROM wanted {nearest}
        ORDER BY {ORDERS[search.order]} LIMIT %s OFFSET %s
    """  # noqa: S608  (parts of our own; what was asked is in the parameters)
    with connection.cursor() as cursor:
        cursor.execute(statement, (*parameters, *near, PER_PAGE, (page - 1) * PER_PAGE))
        return list(cursor.fetchall())


def _with_their_facts(rows: list[tuple[int, float | None, int]], place: Place | None) -> list[FoundRun]:
    ids = [pk for pk, *_ in rows]
    if not ids:
        return []
    runs = CourseRun.objects.select_related("provider", "hub", "partner", "qualification", "term").in_bulk(
        ids
    )
    venues = _venues(ids, place)
    return [
        FoundRun(runs[pk], None if metres is None else round(metres / METRES_A_MILE), venues.get(pk))
        for pk, metres, _ in rows
    ]


def _venues(ids: list[int], place: Place | None) -> dict[int, Venue]:
    """Run -> its venue that is nearest to the place, else its first."""
    near = (place.easting, place.northing) if place else ()
    distance = "(easting - %s)::float8 ^ 2 + (northing - %s)::float8 ^ 2 NULLS LAST," if place else ""
    statement = f"""
        SELECT DISTINCT ON (run_id) run_id, venue, postcode
        FROM catalogue_session
        LEFT JOIN catalogue_postcodearea ON outward_code = split_part(postcode, ' ', 1)
        WHERE run_id = ANY(%s) AND postcode <> ''
        ORDER BY run_id, {distance} position
    """  # noqa: S608  (a part of our own)
    with connection.cursor() as cursor:
        cursor.execute(statement, (ids, *near))
        return {run: Venue(name, postcode) for run, name, postcode in cursor.fetchall()}
