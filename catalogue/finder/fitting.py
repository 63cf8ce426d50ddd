"""Which runs fit what is wanted, and in which order, by the index alone: nothing here asks the database."""

from bisect import bisect_left
from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, reduce
from heapq import merge
from itertools import islice, takewhile
from operator import and_, or_

from catalogue.finder.index import Index, members
from catalogue.finder.search import Search
from catalogue.finder.wanted import Wanted


@dataclass(frozen=True)
class Fitting:
    """The runs of `index` that fit `search`. A set of runs is a whole number, as there."""

    search: Search
    index: Index

    def wider(self, wanted: Wanted) -> "Fitting":
        """Those that fit the search for `wanted` instead, at the same place."""
        return Fitting(replace(self.search, wanted=wanted), self.index)

    @cached_property
    def sets(self) -> dict[str, int]:
        """Filter -> the runs that fit it."""
        having, wanted = self.index.having, self.search.wanted.filters
        sets = {name: having[name].get(value, 0) for name, value in wanted.items() if name in having}
        if self.search.metres is not None:
            # Wherever one is, an online course is within reach.
            sets["within"] = reduce(or_, (there for _, there in self._within), self.index.online)
        return sets

    @cached_property
    def runs(self) -> int:
        """Those to join that fit all filters."""
        return _all_of(self.index.to_join, self.sets.values())

    @property
    def runs_and_cancelled(self) -> int:
        """With those that would be among them were they not cancelled."""
        return _all_of(self.index.to_join | self.index.cancelled, self.sets.values())

    def without(self, name: str) -> int:
        """Those to join that fit all filters but this one."""
        return _all_of(self.index.to_join, (runs for other, runs in self.sets.items() if other != name))

    def first(self, some: slice) -> list[int]:
        """The keys of `some` of `runs`, in the order that is asked for."""
        return self.index.keys(islice(ORDERS[self.search.order](self), some.start, some.stop))

    def nearest_to(self, month: date, limit: int) -> list[int]:
        """The keys of those of `runs` that start nearest to its days, before or after; those without a date last.

        `month` is its first day.
        """
        starts, last = self.index.starts, month.replace(day=monthrange(month.year, month.month)[1])
        middle = bisect_left(starts, month)
        before = reversed(list(members(self.runs & ((1 << middle) - 1))))
        after = (middle + place for place in members(self.runs >> middle))
        nearest = merge(before, after, key=lambda place: max(month - starts[place], starts[place] - last))
        return self.index.keys(islice(nearest, limit))

    def outward(self) -> Iterable[tuple[int, int]]:
        """What the index tells of the search's place, as far as is asked for."""
        if self.search.place is None:
            return ()
        return self.index.outward(self.search.place) if self.search.metres is None else self._within

    @cached_property
    def _within(self) -> list[tuple[int, int]]:
        """As `outward`, where a distance is asked for: which runs fit it and in which order are told by the same."""
        place, metres = self.search.place, self.search.metres
        if place is None or metres is None:
            return []
        return list(takewhile(lambda each: each[0] <= metres**2, self.index.outward(place)))


def _all_of(among: int, sets: Iterable[int]) -> int:
    return reduce(and_, sets, among)


def _by_closing(fitting: Fitting) -> Iterator[int]:
    index = fitting.index
    fits = f"{fitting.runs:0{len(index.ids)}b}"[::-1]
    return (place for place in index.by_closing if fits[place] == "1")


def _by_distance(fitting: Fitting) -> Iterator[int]:
    """Those with a venue, then those online, which fit anywhere, then those whose venue nobody can place."""
    online = fitting.index.online
    left = fitting.runs & ~online
    for _, there in fitting.outward():
        if not left:
            break
        if here := there & left:
            yield from members(here)
            left ^= here
    yield from members(fitting.runs & online)
    yield from members(left)


ORDERS: dict[str, Callable[[Fitting], Iterator[int]]] = {
    "start": lambda fitting: members(fitting.runs),
    "closing": _by_closing,
    "distance": _by_distance,
}
