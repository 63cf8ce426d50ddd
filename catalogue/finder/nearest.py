"""Course runs in the order of their distance from a place: those with a venue, then those online, which fit anywhere,
then those whose venue nobody can place.

A distance is from the middle of one outward code to the middle of another. It is worked out once for each of the some
2,000 codes, not for each session: `RunVenue` says which codes a run is taught in.
"""

from typing import Any

from django.db.models import QuerySet

from catalogue.finder.fitting import Fitting, those
from catalogue.finder.place import Place
from catalogue.finder.search import Search
from catalogue.models import CourseRun

# From %(easting)s and %(northing)s to the middle of `area`.
METRES = "sqrt((area.easting - %(easting)s)::float8 ^ 2 + (area.northing - %(northing)s)::float8 ^ 2)"
# Of so many or fewer each is measured; of more, the areas are gone through from the nearest, until the page is full.
FEW = 500
# So many venues are gone through for each run that is wanted; and where they are of fewer runs, so many times more.
VENUES_EACH, GROWING = 2, 4
MEASURED = f"""
    WITH wanted AS ({{fitting}}),
        nearest AS (
            SELECT venue.run_id, min({METRES}) AS metres
            FROM wanted
            JOIN catalogue_runvenue venue ON venue.run_id = wanted.id AND NOT is_online
            JOIN catalogue_postcodearea area USING (outward_code)
            GROUP BY venue.run_id)
    SELECT id FROM wanted LEFT JOIN nearest ON run_id = id
    ORDER BY metres NULLS LAST, is_online DESC, starts_on NULLS LAST, id LIMIT %(limit)s OFFSET %(offset)s
"""  # noqa: S608  (parts of our own; what was asked is in the parameters)
# Venue by venue, area by area: OFFSET 0 keeps Postgres from joining all of them before the first. A run with several
# venues is met at its nearest first.
OUTWARD = f"""
    SELECT id, count(*) FROM (
        SELECT run.id, run.starts_on, there.metres
        FROM (
            SELECT * FROM (SELECT outward_code, {METRES} AS metres FROM catalogue_postcodearea area) area
            WHERE metres <= %(metres)s ORDER BY metres) there
        CROSS JOIN LATERAL (
            SELECT run.id, run.starts_on
            FROM catalogue_runvenue venue JOIN ({{fitting}}) run ON run.id = venue.run_id
            WHERE venue.outward_code = there.outward_code AND NOT run.is_online OFFSET 0) run
        ORDER BY there.metres, run.starts_on NULLS LAST, run.id LIMIT %(venues)s) held
    GROUP BY id, starts_on ORDER BY min(metres), starts_on NULLS LAST, id
"""  # noqa: S608
ONLINE_SOONEST = """
    SELECT id FROM ({fitting}) run WHERE is_online ORDER BY starts_on NULLS LAST, id LIMIT %(limit)s OFFSET %(offset)s
"""
ANYWHERE = float("inf")


def by_distance(search: Search, place: Place, total: int, at_venues: int, some: slice) -> list[int]:
    """`some` of the runs that `search` finds, in the order of their distance from its place.

    `total` is how many it finds, `at_venues` how many of these are not online. At most two queries, as a rule.
    """
    if search.metres is not None:
        return _within(search.fitting.without("within"), place, search.metres, total, at_venues, some)
    if total > FEW:
        found = _outward(search.fitting, place, some)
        if len(found) == some.stop - some.start:
            return found
    return _ids(search.fitting, MEASURED, some, **point(place))


def nearest_ids(runs: QuerySet[CourseRun], place: Place, limit: int) -> list[int]:
    """The nearest of `runs`. One query, which measures each of them: for some hundreds, not for all."""
    return _ids(Fitting(those(runs), {}), MEASURED, slice(0, limit), **point(place))


def point(place: Place) -> dict[str, int]:
    return {"easting": place.easting, "northing": place.northing}


def _within(
    anywhere: Fitting, place: Place, metres: float, total: int, at_venues: int, some: slice
) -> list[int]:
    ids = _outward(anywhere, place, some, metres) if some.start < at_venues else []
    missing = some.stop - some.start - len(ids)
    if missing and total > at_venues:
        first = max(0, some.start - at_venues)
        ids += _ids(anywhere, ONLINE_SOONEST, slice(first, first + missing))
    return ids


def _outward(runs: Fitting, place: Place, some: slice, metres: float = ANYWHERE) -> list[int]:
    """One query as a rule: more where the runs that are near have more than VENUES_EACH."""
    venues = some.stop * VENUES_EACH
    met = _met(runs, place, metres, venues)
    while len(met) < some.stop and sum(times for _, times in met) == venues:
        venues *= GROWING
        met = _met(runs, place, metres, venues)
    return [run for run, _ in met[some]]


def _met(runs: Fitting, place: Place, metres: float, venues: int) -> list[tuple[int, int]]:
    """The runs of so many venues, nearest first, each with how many of these are its own."""
    return runs.rows(OUTWARD, metres=metres, venues=venues, **point(place))


def _ids(runs: Fitting, statement: str, some: slice, **parameters: Any) -> list[int]:
    found = runs.rows(statement, limit=some.stop - some.start, offset=some.start, **parameters)
    return [pk for (pk,) in found]
