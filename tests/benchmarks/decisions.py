"""Funding decisions a second on one core, each with its trace; facts as they come, terms and settings mixed."""

import random
from collections.abc import Callable

from funding.rules.decide import decide
from funding.rules.vocabulary import Term
from tests.benchmarks.measuring import Figure, by_turns
from tests.funding.rules.enumerated import every_case

TITLE = "Funding decisions"
USES_DATABASE = False
STEPS = 5
FOR_EACH_TERM = 1_000
TARGET = 50_000  # issue: funding, point 1


def measure(step: Callable[[], object]) -> list[Figure]:
    chance = random.Random(1)
    facts = [case for term in Term for case in chance.sample(list(every_case(term)), FOR_EACH_TERM)]
    chance.shuffle(facts)

    def decide_all() -> None:
        for each in facts:
            assert decide(each).trace is not None

    (taken,) = by_turns([decide_all], STEPS, step)
    return [
        Figure(
            "decisions on one core, traces included",
            len(facts) / taken,
            "a second",
            TARGET,
            more_is_better=True,
        )
    ]
