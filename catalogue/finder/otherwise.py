"""Where nothing fits what is wanted: what there is without one of the filters, and the nearest courses to it."""

from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Greatest

from catalogue.finder.find import Counted, Found, count, first_of
from catalogue.finder.runs import FoundRun, shown, with_venues
from catalogue.finder.search import Search
from catalogue.models import CourseRun

NEAREST = 3
# What somebody would give up first. Which NPQ it is comes last: another one is another course.
GIVEN_UP = ("within", "start", "days", "places", "mode", "hub", "provider", "npq")


@dataclass(frozen=True)
class Alternative:
    """What there is if one filter is dropped."""

    name: str
    total: int


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
    names = list(search.conditions)
    if not names:
        return []
    fits = {f"fits_{name}": _one_if(q) for name, q in search.conditions.items()}
    # Of two filters, what fits all but one fits at least one: that alone leaves few runs to look at closely.
    every = list(search.conditions.values())
    likely = CourseRun.objects.to_join(search.day).filter(
        *(one | other for one, other in zip(every[::2], every[1::2], strict=False))
    )
    totals = dict.fromkeys(names, 0)
    for *flags, total in likely.order_by().annotate(**fits).values_list(*fits).annotate(total=Count("pk")):
        for name, flag in zip(names, flags, strict=True):
            totals[name] += total if sum(flags) - flag == len(names) - 1 else 0
    found = [Alternative(name, total) for name, total in totals.items()]
    return sorted((each for each in found if each.total), key=lambda each: -each.total)


def otherwise(search: Search, found: list[Alternative], version: str) -> Otherwise | None:
    """The three courses that come nearest: by place, else by date. None where there are none. At most five queries."""
    totals = {each.name: each.total for each in found}
    without = next((name for name in GIVEN_UP if name in totals), "")
    if without:
        wider = replace(search, wanted=search.wanted.but(**{without: ""}))
    elif len(search.conditions) > 1 and search.wanted.npq:
        wider = replace(search, wanted=search.wanted.only("npq", "near"))
    else:
        return None
    if without == "start" and not wider.place:
        runs = with_venues(shown(_by_date(wider.runs, search.wanted.month)[:NEAREST], version), None)
    else:
        counted = Counted(totals[without], 0) if without == "within" else count(wider)
        runs = first_of(wider, counted, slice(0, NEAREST), version)
    return Otherwise(wider, without, runs) if runs else None


def farther(search: Search, found: Found, version: str) -> Otherwise | None:
    """The three nearest courses at a venue, where all that were found within a distance are online, and another way of
    teaching is wanted as well. Else None. At most five queries.
    """
    if search.metres is None or found.counted.at_venues or search.wanted.mode:
        return None
    wider = replace(search, wanted=search.wanted.but(within="", order="distance"))
    nearest = first_of(wider, count(wider), slice(0, NEAREST), version)
    runs = [each for each in nearest if each.venue and each.venue.miles is not None]
    return Otherwise(wider, "within", runs) if runs else None


def _one_if(q: Q) -> Case:
    return Case(When(q, then=1), default=0, output_field=IntegerField())


def _by_date(runs: QuerySet[CourseRun], wanted: date) -> QuerySet[CourseRun]:
    """Those that start nearest to the day wanted, before or after it; those without a date last."""
    apart = Greatest(F("starts_on") - Value(wanted), Value(wanted) - F("starts_on"))
    return runs.order_by(apart.asc(nulls_last=True), "pk")
