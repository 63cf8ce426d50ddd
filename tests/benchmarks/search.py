"""The workplace search against the register's own SQL: same database, same rows, the same things typed."""

from collections.abc import Callable

from funding.search import find_workplaces
from tests.benchmarks import register
from tests.benchmarks.judged import Judged, make
from tests.benchmarks.measuring import Figure, percentile, seconds

TITLE = "Workplace search"
USES_DATABASE = True
SEED = 2026
PER_KIND = 12
KINDS = 24
STEPS = KINDS
SHOWN = 10


class Score:
    """How often a right answer was shown, and came first; and the milliseconds of each query."""

    def __init__(self) -> None:
        self.shown = self.first = 0
        self.answered: dict[Judged, bool] = {}
        self.milliseconds: dict[Judged, float] = {}

    def ask(self, query: Judged, find: Callable[[str], list[str]]) -> None:
        find(query.text)
        found: list[str] = []
        self.milliseconds[query] = 1000 * seconds(lambda: found.extend(find(query.text)[:SHOWN]))
        self.answered[query] = bool(found)
        self.shown += bool(query.answers & set(found))
        self.first += bool(found) and found[0] in query.answers


def ours(text: str) -> list[str]:
    return [each.reference for each in find_workplaces(text, limit=SHOWN)]


def measure(step: Callable[[], object]) -> list[Figure]:
    judged = make(SEED, PER_KIND)
    portal, theirs = Score(), Score()
    register.build()
    try:
        for number, query in enumerate(judged):
            portal.ask(query, ours)
            theirs.ask(query, register.find)
            if number % PER_KIND == 0:
                step()
    finally:
        register.drop()
    return _figures(judged, portal, theirs)


def _figures(judged: list[Judged], portal: Score, theirs: Score) -> list[Figure]:
    both = [each for each in judged if portal.answered[each] and theirs.answered[each]]
    mistyped = [portal.milliseconds[each] for each in judged if each.mistyped]

    def ratio(percent: int) -> float:
        mine, other = ([score.milliseconds[each] for each in both] for score in (portal, theirs))
        return percentile(mine, percent) / percentile(other, percent)

    def part(count: int) -> float:
        return 100 * count / len(judged)

    # The targets are those of the issue: funding, point 6.
    return [
        Figure(f"right among the first ten, of {len(judged)} queries", part(portal.shown), "%", 99, True),
        Figure("right in first place", part(portal.first), "%", 95, True),
        Figure("the register: among the first ten", part(theirs.shown), "%"),
        Figure("the register: in first place", part(theirs.first), "%"),
        Figure(f"median time to the register's, {len(both)} queries", ratio(50), "x", 1),
        Figure("95th percentile to the register's", ratio(95), "x", 1.5),
        Figure("median where letters are wrong", percentile(mistyped, 50), "ms", 15),
        Figure("95th percentile where letters are wrong", percentile(mistyped, 95), "ms", 30),
    ]
