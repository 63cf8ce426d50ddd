"""What a list shows of the course runs that were found, and of whom and what they belong to."""

from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import F, Model, QuerySet, Value

from catalogue.finder.nearest import METRES, nearest_ids, point
from catalogue.finder.place import METRES_A_MILE, Place
from catalogue.models import CourseRun, DeliveryPartner, LeadProvider, Qualification, TeachingSchoolHub, Term

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
# What a run belongs to, and what is read of it, in the order of its columns: its name, and what its address has.
SHOWN_OF: dict[str, tuple[type[Model], tuple[str, ...]]] = {
    "provider": (LeadProvider, ("id", "name", "slug")),
    "hub": (TeachingSchoolHub, ("id", "code", "name")),
    "partner": (DeliveryPartner, ("id", "name", "slug")),
    "qualification": (Qualification, ("id", "slug", "name")),
    "term": (Term, ("id", "identifier", "name")),
}
# What of these -> key -> its fields.
Names = dict[str, dict[int, tuple[Any, ...]]]
READ = {"id", *SHOWN, *SHOWN_OF}
COLUMNS = tuple(each.attname for each in CourseRun._meta.concrete_fields if each.name in READ)
SHOWN_RUNS = f"SELECT {', '.join(COLUMNS)} FROM catalogue_courserun WHERE id = ANY(%(ids)s)"  # noqa: S608  (our own names)


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


def soonest(runs: QuerySet[CourseRun], limit: int) -> list[FoundRun]:
    """The first of `runs` to start, those without a date last. Two queries."""
    ordered = runs.order_by(F("starts_on").asc(nulls_last=True), "pk")
    return with_venues(list(_with_names(ordered)[:limit]), None)


def nearest(runs: QuerySet[CourseRun], place: Place, limit: int) -> list[FoundRun]:
    """The nearest of `runs` to `place`, then online ones, then those without a venue. Three queries. For some hundreds,
    not for all.
    """
    ids = nearest_ids(runs, place, limit)
    found = _with_names(CourseRun.objects.all()).in_bulk(ids)
    return with_venues([found[pk] for pk in ids if pk in found], place)


def _with_names(runs: QuerySet[CourseRun]) -> QuerySet[CourseRun]:
    of = (f"{name}__{field}" for name, (_, fields) in SHOWN_OF.items() for field in fields)
    return runs.select_related(*SHOWN_OF).only(*SHOWN, *of)


def shown(ids: list[int], names: Names) -> list[CourseRun]:
    """The runs, in the order of `ids`, with what a list shows of them; those that are gone are left out. One query."""
    with connection.cursor() as cursor:
        cursor.execute(SHOWN_RUNS, {"ids": ids})
        runs = [_named(row, names) for row in cursor.fetchall()]
    found = {run.pk: run for run in runs}
    return [found[pk] for pk in ids if pk in found]


def _named(row: tuple[Any, ...], names: Names) -> CourseRun:
    run = CourseRun.from_db(connection.alias, COLUMNS, row)
    for each, (model, fields) in SHOWN_OF.items():
        named = names[each].get(getattr(run, f"{each}_id"))
        if named:
            setattr(run, each, model.from_db(connection.alias, fields, named))
    return run


def with_venues(runs: list[CourseRun], place: Place | None) -> list[FoundRun]:
    """In their order, each with its venue that is nearest to the place, else its first. One query."""
    venues = _venues([run.pk for run in runs], place) if runs else {}
    return [FoundRun(run, venues.get(run.pk)) for run in runs]


def names() -> Names:
    """What a list shows of all that runs belong to, which are few. One query."""
    first, *others = (
        model._default_manager.annotate(of=Value(each)).order_by().values_list("of", *fields)
        for each, (model, fields) in SHOWN_OF.items()
    )
    found: Names = {each: {} for each in SHOWN_OF}
    for of, *row in first.union(*others, all=True):
        found[of][row[0]] = tuple(row)
    return found


def _venues(ids: list[int], place: Place | None) -> dict[int, Venue]:
    distance = METRES if place else "NULL::float8"
    statement = f"""
        SELECT DISTINCT ON (run_id) run_id, venue, postcode, {distance} AS metres
        FROM catalogue_session
        LEFT JOIN catalogue_postcodearea area ON area.outward_code = split_part(postcode, ' ', 1)
        WHERE run_id = ANY(%(ids)s) AND postcode <> '' AND NOT cancelled
        ORDER BY run_id, metres NULLS LAST, position
    """  # noqa: S608  (a part of our own)
    with connection.cursor() as cursor:
        cursor.execute(statement, {"ids": ids, **(point(place) if place else {})})
        return {
            run: Venue(name, postcode, None if metres is None else round(metres / METRES_A_MILE))
            for run, name, postcode, metres in cursor.fetchall()
        }
