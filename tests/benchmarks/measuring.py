"""What was measured against what was wanted, and how to measure it."""

import gc
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Any

Call = Callable[[], Any]


@dataclass(frozen=True)
class Figure:
    """`unit` follows the number ("x" for a ratio, "ms", "a second"); `target` None is only for information.

    `more_is_better` says on which side of the target it passes; the target itself passes.
    """

    name: str
    measured: float
    unit: str
    target: float | None = None
    more_is_better: bool = False

    @property
    def passed(self) -> bool | None:
        if self.target is None:
            return None
        if self.more_is_better:
            return self.measured >= self.target
        return self.measured <= self.target


def seconds(call: Call) -> float:
    """How long one call takes, with the collector at rest."""
    gc.collect()
    gc.disable()
    began = perf_counter()
    try:
        call()
        return perf_counter() - began
    finally:
        gc.enable()


def by_turns(calls: Sequence[Call], rounds: int, step: Call, *, each: int = 1) -> list[float]:
    """The median seconds of each call over so many rounds, all calls in every round, so that a busy moment of
    the machine meets them alike. A round times `each` calls in a row. One round before is not counted.
    """
    for call in calls:
        call()
    taken: list[list[float]] = [[] for _ in calls]
    for _ in range(rounds):
        for times, call in zip(taken, calls, strict=True):
            times.append(seconds(lambda call=call: [call() for _ in range(each)]) / each)
        step()
    return [percentile(times, 50) for times in taken]


def percentile(values: Sequence[float], percent: int) -> float:
    """The value that so many per cent do not exceed (nearest rank). Raises ValueError for no values."""
    if not values:
        raise ValueError("There is nothing to take a percentile of.")
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)]
