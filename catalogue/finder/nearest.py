"""Course runs in the order of their distance from a place.

A distance is from the middle of one outward code to the middle of another. It is worked out once for each of the some
2,000 codes, not for each session: `RunVenue` says which codes a run is taught in.
"""

from typing import Any

from django.db import connection
from django.db.models import QuerySet

from catalogue.finder.place import Place
from catalogue.models import CourseRun

# From %(easting)s and %(northing)s to the middle of `area`.
METRES = "sqrt((area.easting - %(easting)s)::float8 ^ 2 + (area.northing - %(northing)s)::float8 ^ 2)"
# Of so many or fewer each is measured; of more, the areas are gone through from the nearest, until the page is full.
FEW = 500
MEASURED = f"""
    WITH wanted (id, starts_on) AS ({{wanted}}),
        nearest AS (
            SELECT venue.run_id, min({METRES}) AS metres
            FROM wanted
            JOIN catalogue_runvenue venue ON venue.run_id = wanted.id
            JOIN catalogue_postcodearea area USING (outward_code)
            GROUP BY venue.run_id)
    SELECT id FROM wanted LEFT JOIN nearest ON run_id = id
    ORDER BY metres NULLS LAST, starts_on NULLS LAST, id LIMIT %(limit)s OFFSET %(offset)s
"""  # noqa: S608  (parts of our own; what was asked is in the parameters)
# Area by area: OFFSET 0 keeps Postgres from joining all of them before the first. A run with several venues is taken at
# its nearest one alone.
OUTWARD = f"""
    SELECT found.id
    FROM (SELECT outward_code, {METRES} AS metres FROM catalogue_postcodearea area ORDER BY metres) there
    CROSS JOIN LATERAL (
        SELECT run.id, run.starts_on
        FROM catalogue_runvenue venue JOIN ({{wanted}}) run (id, starts_on) ON run.id = venue.run_id
        WHERE venue.outward_code = there.outward_code OFFSET 0) found
    WHERE outward_code = (
        SELECT area.outward_code FROM catalogue_runvenue other JOIN catalogue_postcodearea area USING (outward_code)
        WHERE other.run_id = found.id ORDER BY {METRES}, area.outward_code LIMIT 1)
    ORDER BY there.metres, found.starts_on NULLS LAST, found.id LIMIT %(limit)s OFFSET %(offset)s
"""  # noqa: S608


def by_distance(runs: QuerySet[CourseRun], place: Place, total: int, shown: slice) -> list[int]:
    """Those of `runs` on the page `shown`, nearest first, then those without a venue that we can place.

    `total` is how many `runs` are. One query; two where there are many and few of them have a venue.
    """
    if total > FEW:
        found = _ids(OUTWARD, runs, place, shown)
        if len(found) == shown.stop - shown.start:
            return found
    return _ids(MEASURED, runs, place, shown)


def point(place: Place) -> dict[str, int]:
    return {"easting": place.easting, "northing": place.northing}


def _ids(statement: str, runs: QuerySet[CourseRun], place: Place, shown: slice) -> list[int]:
    query, parameters = runs.order_by().values("pk", "starts_on").query.sql_with_params()
    named = {f"p{number}": value for number, value in enumerate(parameters)}
    wanted = query % tuple(f"%({name})s" for name in named)
    page: dict[str, Any] = {"limit": shown.stop - shown.start, "offset": shown.start, **point(place)}
    with connection.cursor() as cursor:
        cursor.execute(statement.format(wanted=wanted), {**page, **named})
        return [pk for (pk,) in cursor.fetchall()]
