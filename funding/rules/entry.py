"""What stops a registration before any funding is decided. Pure.

Source: design, funding rules, section 3, 4 (the coaching offer) and section 5 (teaching for mastery).
"""

from dataclasses import dataclass
from enum import StrEnum

from funding.rules.vocabulary import NpqhStatus


class Mastery(StrEnum):
    """How somebody shows that they understand teaching for mastery."""

    PROGRAMME = "yes"
    SIMILAR_COURSE = "similar_course"
    ANOTHER_WAY = "another_way"
    CANNOT_SHOW = "cannot_show"


@dataclass(frozen=True, slots=True)
class Stop:
    """Why an answer ends the registration here, and what the person can do instead."""

    title: str
    why: str
    instead: str


NO_HEADSHIP_NPQ = Stop(
    title="You cannot register for the early headship coaching offer yet",
    why="It is for headteachers who have completed, are taking or will soon start the NPQ in Headship.",
    instead="Register for the NPQ in Headship first, or choose another NPQ.",
)
NO_MASTERY = Stop(
    title="You cannot register for leading primary mathematics yet",
    why="Before you start you need to show that you understand teaching for mastery.",
    instead="Your local maths hub runs a year-long programme that shows it. Or choose another NPQ.",
)


def headship_npq_stop(status: str | None) -> Stop | None:
    """For the coaching offer alone. None while nothing was said."""
    return NO_HEADSHIP_NPQ if status == NpqhStatus.NONE else None


def mastery_stop(shown: str | None) -> Stop | None:
    """For leading primary mathematics alone. None while nothing was said."""
    return NO_MASTERY if shown == Mastery.CANNOT_SHOW else None
