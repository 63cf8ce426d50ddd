"""The course runs that there are to join, by all that the finder can ask of them: made once for a version of the
catalogue, in each process, so that a search asks Postgres only for what it shows.

A set of runs is a whole number whose bit n stands for the run at place n, in the order of their start: what fits two
filters is `one & other`, and 20,000 runs are 2,500 bytes.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from heapq import heapify, heappop
from itertools import chain
from threading import Lock
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import F

from catalogue.finder.place import Place
from catalogue.finder.runs import Names, names
from catalogue.models import CatalogueVersion, CourseRun, PostcodeArea, RunVenue

# Filter -> the field of a run that it asks for, where it asks for no more.
ASKED = {
    "npq": "qualification__slug",
    "provider": "provider__slug",
    "hub": "hub__code",
    "mode": "mode",
    "days": "days",
}
OTHERS = ("pk", "state", "starts_on", "apply_by")
LEFT = {kind: (f"{kind}_places", f"{kind}_taken") for kind in ("funded", "paying")}
FIELDS = (*OTHERS, *ASKED.values(), *chain(*LEFT.values()))
LAST = date.max  # of dates, one that is not known is the last
KEPT = 2  # around midnight, and around a change, two are asked for
_kept: dict[tuple[str, date], "Index"] = {}
_reading = Lock()


@dataclass(frozen=True)
class Index:
    """`ids` are the keys of the runs at each place, `starts` and `closings` their dates, LAST where there is none.

    `by_closing` are the places in the order of their closing date. `having` leads from a filter and its value to the
    set of runs that fit it. `held` are the middles of outward codes, in metres, each with the set of runs that are
    taught there; an online run is taught nowhere.
    """

    ids: Sequence[int]
    starts: Sequence[date]
    by_closing: Sequence[int]
    having: Mapping[str, Mapping[str, int]]
    to_join: int
    cancelled: int
    online: int
    held: Sequence[tuple[int, int, int]]
    names: Names

    def outward(self, place: Place) -> Iterator[tuple[int, int]]:
        """The square of a distance in metres, and the set of runs that are taught so far from `place`: nearest first.
        A run that is taught in several outward codes comes with each.
        """
        here, there = place.easting, place.northing
        nearest = [
            ((easting - here) * (easting - here) + (northing - there) * (northing - there), number)
            for number, (easting, northing, _) in enumerate(self.held)
        ]
        heapify(nearest)  # most searches end long before the last of them
        while nearest:
            squared, number = heappop(nearest)
            runs = self.held[number][2]
            while nearest and nearest[0][0] == squared:
                runs |= self.held[heappop(nearest)[1]][2]
            yield squared, runs

    def keys(self, places: Iterable[int]) -> list[int]:
        return [self.ids[place] for place in places]


def index_as_of(version: str, day: date) -> Index:
    """That of the runs to join on `day`, read when a version is first asked for: four queries then, none later."""
    found = _kept.get((version, day))
    if found is None:
        with _reading:  # of several who ask at once one reads
            found = _kept.get((version, day)) or _read_and_keep(version, day)
    return found


def index_now(day: date) -> Index:
    return index_as_of(CatalogueVersion.objects.now(), day)


def read_index(day: date) -> Index:
    """Of the runs to join on `day`, and those that are cancelled. Four queries."""
    runs = CourseRun.objects.to_join_or_cancelled(day).order_by(F("starts_on").asc(nulls_last=True), "pk")
    rows = list(runs.values_list(*FIELDS))  # in columns, for less than half the time that objects take
    column = dict(zip(FIELDS, zip(*rows, strict=True), strict=True)) if rows else dict.fromkeys(FIELDS, ())
    ids, closings = column["pk"], [each or LAST for each in column["apply_by"]]
    having = {name: _by_value(column[field]) for name, field in ASKED.items()}
    months = {each: f"{each:%Y-%m}" for each in set(column["starts_on"]) if each}
    having["start"] = _by_value(map(months.get, column["starts_on"]))
    having["places"] = _with_places(column)
    cancelled = _by_value(column["state"]).get(CourseRun.State.CANCELLED, 0)
    online = having["mode"].get(CourseRun.Mode.ONLINE, 0)
    every = (1 << len(ids)) - 1
    return Index(
        ids=ids,
        starts=[each or LAST for each in column["starts_on"]],
        by_closing=sorted(range(len(ids)), key=closings.__getitem__),
        having=having,
        to_join=every & ~cancelled,
        cancelled=cancelled,
        online=online,
        held=_held(ids, every & ~online),
        names=names(),
    )


def members(runs: int) -> Iterator[int]:
    """The places of a set's runs, in order."""
    bits = f"{runs:b}"[::-1]
    place = bits.find("1")
    while place >= 0:
        yield place
        place = bits.find("1", place + 1)


def set_of(places: Iterable[int]) -> int:
    places = list(places)
    held = bytearray(max(places, default=0) // 8 + 1)
    for place in places:
        held[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(held, "little")


def _read_and_keep(version: str, day: date) -> Index:
    index = read_index(day)
    _kept[version, day] = index
    for oldest in list(_kept)[: len(_kept) - KEPT]:
        del _kept[oldest]
    return index


def _by_value(values: Iterable[str | None]) -> dict[str, int]:
    places = defaultdict(list)
    for place, value in enumerate(values):
        if value:
            places[value].append(place)
    return {value: set_of(those) for value, those in places.items()}


def _with_places(column: Mapping[str, Sequence[Any]]) -> dict[str, int]:
    """Those with places left: "funded", "paying", or "any" of them. Places have their day (run_constraints)."""
    left = {
        kind: set_of(
            place
            for place, (places, taken) in enumerate(zip(column[of], column[less], strict=True))
            if places is not None and taken is not None and taken < places
        )
        for kind, (of, less) in LEFT.items()
    }
    return {**left, "any": left["funded"] | left["paying"]}


def _held(ids: Sequence[int], at_venues: int) -> list[tuple[int, int, int]]:
    place_of = {pk: place for place, pk in enumerate(ids)}
    middles = {
        code: (easting, northing)
        for code, easting, northing in PostcodeArea.objects.values_list(
            "outward_code", "easting", "northing"
        ).order_by()
    }
    taught = RunVenue.objects.order_by().values_list("outward_code").annotate(runs=ArrayAgg("run"))
    held = [
        (*middles[code], set_of(place_of[run] for run in runs if run in place_of) & at_venues)
        for code, runs in taught
        if code in middles
    ]
    return [each for each in held if each[2]]
