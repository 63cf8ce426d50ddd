"""The steps that are counted, and what can be said of a number of applications. Pure.

An application counts once, with the provider, NPQ and term that it has now, under every step that it came to: whoever
is accepted was also submitted, registered and started. So each step is a part of the one before, and those who did not
come further are either still under way or ended there.
"""

from dataclasses import astuple, dataclass
from enum import StrEnum

# Fewer than so many could be known by the figure: what is passed on is told to the nearest of these.
ROUNDED_TO = 5


class Step(StrEnum):
    STARTED = "started"
    REGISTERED = "registered"
    SUBMITTED = "submitted"
    ACCEPTED = "accepted"

    @property
    def label(self) -> str:
        return self.value.capitalize()


STEPS = tuple(Step)
MEANING = {
    Step.STARTED: "began to register, drafts that were deleted since among them",
    Step.REGISTERED: "registered and got a reference",
    Step.SUBMITTED: "sent the form, endorsed by their sponsor, to the provider",
    Step.ACCEPTED: "have a yes from the provider that still stands, or were trained",
}


@dataclass(frozen=True, slots=True)
class Tally:
    """How many came to each step; and of those who came no further, how many are still under way.

    `drafts` can still be registered, `unsent` still be submitted, `undecided` still be accepted.
    """

    started: int = 0
    registered: int = 0
    submitted: int = 0
    accepted: int = 0
    drafts: int = 0
    unsent: int = 0
    undecided: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(*(mine + theirs for mine, theirs in zip(astuple(self), astuple(other), strict=True)))

    def reached(self, step: Step) -> int:
        return int(getattr(self, step.value))

    def under_way(self, step: Step) -> int:
        waiting = {
            Step.STARTED: self.drafts,
            Step.REGISTERED: self.unsent,
            Step.SUBMITTED: self.undecided,
            Step.ACCEPTED: 0,
        }
        return waiting[step]


NOTHING = Tally()


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of the way: how many came to it, and what became of them. `went_on`, `under_way` and `ended` make up
    `reached`; after the last step nobody is asked to go on.
    """

    step: Step
    reached: int
    went_on: int
    under_way: int
    ended: int

    @property
    def share(self) -> int | None:
        """Of a hundred who reached it, how many went on; None where nobody could."""
        return round(100 * self.went_on / self.reached) if self.reached and not self.is_last else None

    @property
    def is_last(self) -> bool:
        return self.step is STEPS[-1]


def rungs(tally: Tally, steps: tuple[Step, ...]) -> list[Rung]:
    """The drop-off from each of `steps` to the next."""
    found = []
    for step, further in zip(steps, [*steps[1:], None], strict=True):
        reached, under_way = tally.reached(step), tally.under_way(step)
        went_on = tally.reached(further) if further else 0
        ended = reached - went_on - under_way if further else 0
        found.append(Rung(step, reached, went_on, under_way, ended))
    return found


def rounded(number: int) -> int:
    """To the nearest ROUNDED_TO, so that neither a small number nor a difference of two tells of one person."""
    return ROUNDED_TO * ((2 * number + ROUNDED_TO) // (2 * ROUNDED_TO))
