"""The workplace search against the register's own SQL: same database, same rows, the same things typed.

First among the real establishments, then among 100,000: the real ones and others made of their words (multiplied). Of
each query the least of three times counts, ours and the register's by turns: what else the machine does only ever adds.
"""

import gc
from collections.abc import Callable

from funding.models import Establishment
from funding.search import find_workplaces
from tests.benchmarks import multiplied, register
from tests.benchmarks.judged import Judged, make
from tests.benchmarks.measuring import Figure, percentile, seconds

TITLE = "Workplace search"
USES_DATABASE = True
SEED = 2026
PER_KIND = 12
KINDS = 24
MANY = 100_000
STEPS = 2 * KINDS
ROUNDS = 3
SHOWN = 10


class Score:
    """How often a right answer was shown, and came first; and the milliseconds of each query."""

    def __init__(self, find: Callable[[str], list[str]]) -> None:
        self.find = find
        self.shown = self.first = 0
        self.answered: dict[Judged, bool] = {}
        self.milliseconds: dict[Judged, float] = {}

    def ask(self, query: Judged) -> None:
        found = self.find(query.text)[:SHOWN]
        self.milliseconds[query] = float("inf")
        self.answered[query] = bool(found)
        self.shown += bool(query.answers & set(found))
        self.first += bool(found) and found[0] in query.answers

    def time(self, query: Judged) -> None:
        taken = 1000 * seconds(lambda: self.find(query.text))
        self.milliseconds[query] = min(self.milliseconds[query], taken)


def ours(text: str) -> list[str]:
    return [each.reference for each in find_workplaces(text, limit=SHOWN)]


def measure(step: Callable[[], object]) -> list[Figure]:
    figures = _measure(step)
    multiplied.multiply(MANY, SEED)
    try:
        return figures + _measure(step)
    finally:
        multiplied.undo()


def _measure(step: Callable[[], object]) -> list[Figure]:
    judged = make(SEED, PER_KIND)
    portal, theirs = Score(ours), Score(register.find)
    register.build()
    gc.collect()
    gc.freeze()  # or each timing would go through all that there is
    try:
        for number, query in enumerate(judged):
            portal.ask(query)
            theirs.ask(query)
            for _ in range(ROUNDS):
                portal.time(query)
                theirs.time(query)
            if number % PER_KIND == 0:
                step()
    finally:
        gc.unfreeze()
        register.drop()
    return _figures(judged, portal, theirs)


def _figures(judged: list[Judged], portal: Score, theirs: Score) -> list[Figure]:
    among = f"among {Establishment.objects.count():,}"
    both = [each for each in judged if portal.answered[each] and theirs.answered[each]]
    mistyped = [portal.milliseconds[each] for each in judged if each.mistyped]

    def ratio(percent: int) -> float:
        mine, other = ([score.milliseconds[each] for each in both] for score in (portal, theirs))
        return percentile(mine, percent) / percentile(other, percent)

    def part(count: int) -> float:
        return 100 * count / len(judged)

    # The targets are those of the issue: funding, point 6.
    return [
        Figure(f"{among}: in the first ten, of {len(judged)} queries", part(portal.shown), "%", 99, True),
        Figure(f"{among}: in first place", part(portal.first), "%", 95, True),
        Figure(f"{among}: the register's, in the first ten", part(theirs.shown), "%"),
        Figure(f"{among}: the register's, in first place", part(theirs.first), "%"),
        Figure(f"{among}: median time to its, {len(both)} queries", ratio(50), "x", 1),
        Figure(f"{among}: 95th percentile to its", ratio(95), "x", 1.5),
        Figure(f"{among}: median where letters are wrong", percentile(mistyped, 50), "ms", 15),
        Figure(f"{among}: 95th percentile where letters are wrong", percentile(mistyped, 95), "ms", 30),
    ]
