"""Some course runs in the order of their distance from a place: those with a venue, then those online, which fit
anywhere, then those whose venue nobody can place.

A distance is from the middle of one outward code to the middle of another. `RunVenue` says which codes a run is
taught in.
"""

from django.db import connection
from django.db.models import QuerySet

from catalogue.finder.place import Place
from catalogue.models import CourseRun

# From %(easting)s and %(northing)s to the middle of `area`.
METRES = "sqrt((area.easting - %(easting)s)::float8 ^ 2 + (area.northing - %(northing)s)::float8 ^ 2)"
NEAREST = f"""
    SELECT run.id
    FROM catalogue_courserun run
    LEFT JOIN catalogue_runvenue venue ON venue.run_id = run.id AND run.mode <> %(online)s
    LEFT JOIN catalogue_postcodearea area USING (outward_code)
    WHERE run.id = ANY(%(ids)s)
    GROUP BY run.id
    ORDER BY min({METRES}) NULLS LAST, run.mode <> %(online)s, run.starts_on NULLS LAST, run.id
    LIMIT %(limit)s
"""  # noqa: S608  (a part of our own)


def nearest_ids(runs: QuerySet[CourseRun], place: Place, limit: int) -> list[int]:
    """The nearest of `runs`. Two queries, which measure each of them: for some hundreds, not for all."""
    ids = list(runs.order_by().values_list("pk", flat=True))
    with connection.cursor() as cursor:
        cursor.execute(NEAREST, {"ids": ids, "online": CourseRun.Mode.ONLINE, "limit": limit, **point(place)})
        return [pk for (pk,) in cursor.fetchall()]


def point(place: Place) -> dict[str, int]:
    return {"easting": place.easting, "northing": place.northing}
