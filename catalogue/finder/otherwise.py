"""Where nothing fits what is wanted: what there is without one of the filters, and the nearest courses to it."""

from dataclasses import dataclass

from catalogue.finder.find import Found, first_of, shown_near
from catalogue.finder.fitting import Fitting
from catalogue.finder.runs import FoundRun
from catalogue.finder.search import Search

NEAREST = 3
# What somebody would give up first. Which NPQ it is comes last: another one is another course.
GIVEN_UP = ("within", "start", "days", "places", "mode", "hub", "provider", "npq")


@dataclass(frozen=True)
class Alternative:
    """How many runs there are if one filter is dropped."""

    name: str
    total: int


@dataclass(frozen=True)
class Otherwise:
    """The courses that come nearest: `without` that filter, or where it is "", those that fit `keeping` alone."""

    search: Search
    without: str
    runs: list[FoundRun]
    keeping: str = ""


def alternatives(fitting: Fitting) -> list[Alternative]:
    """Each filter that keeps something out by itself, and how much there is without it. Most first. No query."""
    found = [Alternative(name, fitting.without(name).bit_count()) for name in fitting.sets]
    return sorted((each for each in found if each.total), key=lambda each: -each.total)


def otherwise(fitting: Fitting, found: list[Alternative]) -> Otherwise | None:
    """The three courses that come nearest: by place, else by date. None where there are none. At most two queries."""
    search, known = fitting.search, {each.name for each in found}
    without = next((name for name in GIVEN_UP if name in known), "")
    if without:
        wider = fitting.wider(search.wanted.but(**{without: ""}))
    else:
        return _by_one_filter(fitting)
    if without == "start" and not search.place:
        runs = shown_near(wider, wider.nearest_to(search.wanted.month, NEAREST))
    else:
        runs = first_of(wider, NEAREST)
    return Otherwise(wider.search, without, runs) if runs else None


def _by_one_filter(fitting: Fitting) -> Otherwise | None:
    """Where no single filter helps: what fits the one that people keep longest, of those that have something."""
    wanted = fitting.search.wanted
    for name in reversed(GIVEN_UP):
        if getattr(wanted, name) and name != "within":
            wider = fitting.wider(wanted.only(name, "near"))
            if wider.runs:
                return Otherwise(wider.search, "", first_of(wider, NEAREST), keeping=name)
    return None


def farther(fitting: Fitting, found: Found) -> Otherwise | None:
    """The three nearest courses at a venue, where all that were found within a distance are online, and another way of
    teaching is wanted as well. Else None. At most two queries.
    """
    search = fitting.search
    if search.metres is None or found.counted.at_venues or search.wanted.mode:
        return None
    wider = fitting.wider(search.wanted.but(within="", order="distance"))
    runs = [each for each in first_of(wider, NEAREST) if each.venue and each.venue.miles is not None]
    return Otherwise(wider.search, "within", runs) if runs else None
