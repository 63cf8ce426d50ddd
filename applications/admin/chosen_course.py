"""The course run that an applicant chose, as those who decide need it: its state, and what is left of its places.

They are the course's own, counted by whoever keeps it on the day that is told. The provider's funded places for the NPQ
and term are another number, and the one that an acceptance takes from.
"""

from typing import Any

from applications.journey.courses import run_of
from applications.models import Application
from applications.states import LIVE, TAKEN_ON
from catalogue.models import CourseRun
from funding.rules.vocabulary import Outcome

TAKEN_UP = {
    CourseRun.State.FULL: "The chosen course is full.",
    CourseRun.State.WAITING_LIST: "The chosen course is full, and has a waiting list.",
}


def chosen_course(application: Application) -> dict[str, Any]:
    """What templates show of it; `course` is None where none in particular was chosen. One query at most."""
    run = run_of(application.course_run_id)
    if run is None:
        return {"course": None}
    return {
        "course": run,
        "course_places": places_told(run),
        "course_places_as_of": run.places_as_of,
        "course_warning": warning(run, application),
    }


def places_told(run: CourseRun) -> str:
    """ "Funded places left: 0 of 10, paying places left: 3 of 10": the day stands after it."""
    kinds = (
        ("funded", run.funded_left, run.funded_places),
        ("paying", run.paying_left, run.paying_places),
    )
    told = [
        f"{kind} places left: {'not known' if left is None else left} of {places}"
        for kind, left, places in kinds
        if places is not None
    ]
    words = ", ".join(told) or "how many places it has is not known here"
    return words[0].upper() + words[1:]


def warning(run: CourseRun, application: Application) -> str:
    """What may speak against a place on the run, for an application that is not decided yet; else nothing."""
    if application.status not in LIVE:
        return ""
    if run.state == CourseRun.State.CANCELLED:
        return "The chosen course is cancelled."
    if application.status in TAKEN_ON:
        return ""  # They have their place.
    if full := TAKEN_UP.get(CourseRun.State(run.state)):
        return full
    known = [left for left in (run.funded_left, run.paying_left) if left is not None]
    if known and not any(known):
        return "No place is left on the chosen course."
    if run.funded_left == 0 and application.funding_outcome == Outcome.FUNDED:
        return "No funded place is left on the chosen course."
    return ""
