"""Course runs in the order of their distance from a place: those with a venue, then those online, which fit anywhere,
then those whose venue nobody can place.

A distance is from the middle of one outward code to the middle of another. It is worked out once for each of the some
2,000 codes, not for each session: `RunVenue` says which codes a run is taught in.
"""

from typing import Any

from django.db import connection
from django.db.models import BooleanField, ExpressionWrapper, F, QuerySet

from catalogue.finder.place import Place
from catalogue.finder.search import ONLINE, Search
from catalogue.models import CourseRun

# From %(easting)s and %(northing)s to the middle of `area`.
METRES = "sqrt((area.easting - %(easting)s)::float8 ^ 2 + (area.northing - %(northing)s)::float8 ^ 2)"
# Of so many or fewer each is measured; of more, the areas are gone through from the nearest, until the page is full.
FEW = 500
MEASURED = f"""
    WITH wanted (id, starts_on, is_online) AS ({{wanted}}),
        nearest AS (
            SELECT venue.run_id, min({METRES}) AS metres
            FROM wanted
            JOIN catalogue_runvenue venue ON venue.run_id = wanted.id AND NOT is_online
            JOIN catalogue_postcodearea area USING (outward_code)
            GROUP BY venue.run_id)
    SELECT id FROM wanted LEFT JOIN nearest ON run_id = id
    ORDER BY metres NULLS LAST, is_online DESC, starts_on NULLS LAST, id LIMIT %(limit)s OFFSET %(offset)s
"""  # noqa: S608  (parts of our own; what was asked is in the parameters)
# Area by area: OFFSET 0 keeps Postgres from joining all of them before the first. A run with several venues is taken at
# its nearest one alone.
OUTWARD = f"""
    SELECT found.id
    FROM (
        SELECT * FROM (SELECT outward_code, {METRES} AS metres FROM catalogue_postcodearea area) area
        WHERE metres <= %(metres)s ORDER BY metres) there
    CROSS JOIN LATERAL (
        SELECT run.id, run.starts_on
        FROM catalogue_runvenue venue JOIN ({{wanted}}) run (id, starts_on, is_online) ON run.id = venue.run_id
        WHERE venue.outward_code = there.outward_code AND NOT run.is_online OFFSET 0) found
    WHERE outward_code = (
        SELECT area.outward_code FROM catalogue_runvenue other JOIN catalogue_postcodearea area USING (outward_code)
        WHERE other.run_id = found.id ORDER BY {METRES}, area.outward_code LIMIT 1)
    ORDER BY there.metres, found.starts_on NULLS LAST, found.id LIMIT %(limit)s OFFSET %(offset)s
"""  # noqa: S608
ANYWHERE = float("inf")


def by_distance(search: Search, place: Place, total: int, at_venues: int, some: slice) -> list[int]:
    """`some` of the runs that `search` finds, in the order of their distance from its place.

    `total` is how many it finds, `at_venues` how many of these are not online. At most two queries.
    """
    if search.metres is not None:
        return _within(search, place, search.metres, total, at_venues, some)
    if total > FEW:
        found = _ids(OUTWARD, search.runs, place, some)
        if len(found) == some.stop - some.start:
            return found
    return _ids(MEASURED, search.runs, place, some)


def nearest_ids(runs: QuerySet[CourseRun], place: Place, limit: int) -> list[int]:
    """The nearest of `runs`. One query, which measures each of them: for some hundreds, not for all."""
    return _ids(MEASURED, runs, place, slice(0, limit))


def point(place: Place) -> dict[str, int]:
    return {"easting": place.easting, "northing": place.northing}


def _within(
    search: Search, place: Place, metres: float, total: int, at_venues: int, some: slice
) -> list[int]:
    ids = _ids(OUTWARD, search.runs_anywhere, place, some, metres) if some.start < at_venues else []
    missing = some.stop - some.start - len(ids)
    if missing and total > at_venues:
        online = search.runs_anywhere.filter(ONLINE).order_by(F("starts_on").asc(nulls_last=True), "pk")
        first = max(0, some.start - at_venues)
        ids += online.values_list("pk", flat=True)[first : first + missing]
    return ids


def _ids(
    statement: str, runs: QuerySet[CourseRun], place: Place, some: slice, metres: float = ANYWHERE
) -> list[int]:
    is_online = ExpressionWrapper(ONLINE, output_field=BooleanField())
    query, parameters = runs.order_by().values_list("pk", "starts_on", is_online).query.sql_with_params()
    named = {f"p{number}": value for number, value in enumerate(parameters)}
    wanted = query % tuple(f"%({name})s" for name in named)
    page: dict[str, Any] = {"limit": some.stop - some.start, "offset": some.start, "metres": metres}
    with connection.cursor() as cursor:
        cursor.execute(statement.format(wanted=wanted), {**page, **point(place), **named})
        return [pk for (pk,) in cursor.fetchall()]
