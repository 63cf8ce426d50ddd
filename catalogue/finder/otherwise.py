"""Where nothing fits what is wanted: what there is without one of the filters, and the nearest courses to it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F, QuerySet, Value
from django.db.models.functions import Greatest

from catalogue.finder.find import Counted, Found, count, first_of
from catalogue.finder.runs import FoundRun, shown, with_venues
from catalogue.finder.search import Search
from catalogue.models import CourseRun

NEAREST = 3
# What somebody would give up first. Which NPQ it is comes last: another one is another course.
GIVEN_UP = ("within", "start", "days", "places", "mode", "hub", "provider", "npq")

# From the filter that fewest runs fit, as a rule, to those that cost most to look at.
FEWEST_FIT = ("hub", "npq", "provider", "start", "days", "mode", "places", "within")
FITTING = """
    SELECT {columns}, count(*), count(*) FILTER (WHERE is_online) FROM ({flagged}) run WHERE {likely} GROUP BY {columns}
"""


@dataclass(frozen=True)
class Alternative:
    """What there is if one filter is dropped."""

    name: str
    counted: Counted

    @property
    def total(self) -> int:
        return self.counted.total


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
    names = sorted(search.fitting.filters, key=FEWEST_FIT.index)
    if not names:
        return []
    columns = [f"fits_{name}" for name in names]
    # Of two filters, what fits all but one fits at least one: that alone leaves few runs to look at closely.
    likely = [f"({one} OR {other})" for one, other in zip(columns[::2], columns[1::2], strict=False)]
    statement = FITTING.format(
        columns=", ".join(columns), likely=" AND ".join(likely) or "true", flagged="{flagged}"
    )
    totals = {name: Counted(0, 0) for name in names}
    for *flags, total, online in search.fitting.rows(statement):
        missed = [name for name, flag in zip(names, flags, strict=True) if not flag]
        if len(missed) == 1:
            known = totals[missed[0]]
            totals[missed[0]] = Counted(known.total + total, known.online + online)
    found = [Alternative(name, totals[name]) for name in search.conditions]
    return sorted((each for each in found if each.total), key=lambda each: -each.total)


def otherwise(search: Search, found: list[Alternative], version: str) -> Otherwise | None:
    """The three courses that come nearest: by place, else by date. None where there are none. At most five queries."""
    counted = {each.name: each.counted for each in found}
    without = next((name for name in GIVEN_UP if name in counted), "")
    if without:
        wider = search.wider(search.wanted.but(**{without: ""}))
    elif len(search.conditions) > 1 and search.wanted.npq:
        wider = search.wider(search.wanted.only("npq", "near"))
    else:
        return None
    if without == "start" and not wider.place:
        runs = with_venues(shown(_by_date(wider.runs, search.wanted.month), version), None)
    else:
        runs = first_of(wider, counted.get(without) or count(wider, version), slice(0, NEAREST), version)
    return Otherwise(wider, without, runs) if runs else None


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
