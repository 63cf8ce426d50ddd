"""Where nothing fits what is wanted: what there is without one of the filters, and the nearest courses to it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F, QuerySet, Value
from django.db.models.functions import Greatest

from catalogue.finder.find import Counted, Found, count, first_of
from catalogue.finder.nearest import nearest_ids
from catalogue.finder.runs import FoundRun, shown, with_venues
from catalogue.finder.search import Search
from catalogue.models import CourseRun

NEAREST = 3
# What somebody would give up first. Which NPQ it is comes last: another one is another course.
GIVEN_UP = ("within", "start", "days", "places", "mode", "hub", "provider", "npq")
# Of so few runs without a filter, which they are is told at once.
FEW = 500
FITTING = """
    SELECT {columns}, count(*), count(*) FILTER (WHERE is_online), (array_agg(id))[:%(few)s]
    FROM ({nearly}) run GROUP BY {columns}
"""


@dataclass(frozen=True)
class Alternative:
    """What there is if one filter is dropped; `ids` are its runs where these are few, else some of them."""

    name: str
    counted: Counted
    ids: list[int]

    @property
    def total(self) -> int:
        return self.counted.total

    @property
    def are_few(self) -> bool:
        return self.total == len(self.ids)


@dataclass(frozen=True)
class Otherwise:
    """The courses that come nearest: `without` that filter, or where it is "", all those of the NPQ wanted."""

    search: Search
    without: str
    runs: list[FoundRun]


def alternatives(search: Search) -> list[Alternative]:
    """Each filter that keeps something out by itself, and how much there is without it.

    One query, which looks at each run once. Most first.
    """
    names = search.fitting.names
    if not names:
        return []
    statement = FITTING.format(columns=", ".join(f"fits_{name}" for name in names), nearly="{nearly}")
    found: dict[str, Alternative] = {}
    for *flags, total, online, ids in search.fitting.rows(statement, few=FEW):
        missed = [name for name, flag in zip(names, flags, strict=True) if not flag]
        if len(missed) == 1:
            (name,) = missed  # met twice where some runs do not fit, and of others it is not known
            known = found.get(name, Alternative(name, Counted(0, 0), []))
            counted = Counted(known.total + total, known.counted.online + online)
            found[name] = Alternative(name, counted, [*known.ids, *ids])
    return sorted((found[name] for name in search.conditions if name in found), key=lambda each: -each.total)


def otherwise(search: Search, found: list[Alternative], version: str) -> Otherwise | None:
    """The three courses that come nearest: by place, else by date. None where there are none. At most five queries."""
    known = {each.name: each for each in found}
    without = next((name for name in GIVEN_UP if name in known), "")
    if without:
        wider = search.wider(search.wanted.but(**{without: ""}))
    elif len(search.conditions) > 1 and search.wanted.npq:
        wider = search.wider(search.wanted.only("npq", "near"))
    else:
        return None
    runs = _nearest(search, wider, known.get(without), version)
    return Otherwise(wider, without, runs) if runs else None


def _nearest(search: Search, wider: Search, given_up: Alternative | None, version: str) -> list[FoundRun]:
    """The nearest of what is found `wider`, where `given_up` is what its one filter less brings."""
    if given_up is None:
        return first_of(wider, count(wider, version), slice(0, NEAREST), version)
    runs = CourseRun.objects.filter(pk__in=given_up.ids) if given_up.are_few else wider.runs
    if given_up.name == "start" and not wider.place:
        ids = _by_date(runs, search.wanted.month)
    elif given_up.are_few and wider.place and wider.order == "distance":
        ids = nearest_ids(runs, wider.place, NEAREST)
    else:
        return first_of(wider, given_up.counted, slice(0, NEAREST), version)
    return with_venues(shown(ids, version), wider.place)


def farther(search: Search, found: Found, version: str) -> Otherwise | None:
    """The three nearest courses at a venue, where all that were found within a distance are online, and another way of
    teaching is wanted as well. Else None. At most five queries.
    """
    if search.metres is None or found.counted.at_venues or search.wanted.mode:
        return None
    wider = search.wider(search.wanted.but(within="", order="distance"))
    nearest = first_of(wider, count(wider, version), slice(0, NEAREST), version)
    runs = [each for each in nearest if each.venue and each.venue.miles is not None]
    return Otherwise(wider, "within", runs) if runs else None


def _by_date(runs: QuerySet[CourseRun], wanted: date) -> list[int]:
    """The three that start nearest to the day wanted, before or after it; those without a date last."""
    apart = Greatest(F("starts_on") - Value(wanted), Value(wanted) - F("starts_on"))
    nearest = runs.order_by(apart.asc(nulls_last=True), "pk")[:NEAREST]
    return list(nearest.values_list("pk", flat=True))
