"""The chosen course run, shown to those who decide: its state, its places with their day, a warning if none is left."""

from datetime import date

import pytest

from applications.admin.chosen_course import places_told, warning
from applications.models import Application
from catalogue.models import CourseRun
from tests.factories.applications import FundedPlacesFactory
from tests.factories.catalogue import CourseRunFactory

COUNTED = date(2026, 11, 12)
State = CourseRun.State


def run(state=State.OPEN, funded=None, paying=None):
    """`funded` and `paying` are (places, taken)."""
    figures = {}
    for kind, each in (("funded", funded), ("paying", paying)):
        figures |= dict(zip((f"{kind}_places", f"{kind}_taken"), each or (None, None), strict=True))
    return CourseRun(state=state, places_as_of=COUNTED if funded or paying else None, **figures)


@pytest.mark.parametrize(
    ("figures", "told"),
    [
        ({"funded": (10, 10), "paying": (8, 5)}, "Funded places left: 0 of 10, paying places left: 3 of 8"),
        ({"funded": (10, None)}, "Funded places left: not known of 10"),
        ({}, "How many places it has is not known here"),
    ],
)
def test_what_is_told_of_its_places(figures, told):
    assert places_told(run(**figures)) == told


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        (run(State.FULL, (10, 3)), "is full."),
        (run(State.WAITING_LIST), "is full, and has a waiting list."),
        (run(State.CANCELLED), "is cancelled."),
        (run(State.OPEN, (10, 10), (8, 8)), "No place is left"),
        (run(State.OPEN, (10, 10), (8, 5)), "No funded place is left"),
        (run(State.OPEN, (10, 9), (8, 8)), ""),
        (run(State.OPEN), ""),
    ],
)
def test_what_is_warned_of_before_a_decision(chosen, words):
    told = warning(chosen, Application(state="submitted", funding_outcome="funded"))
    assert words in told
    assert bool(words) is bool(told)


@pytest.mark.parametrize(
    ("state", "outcome", "chosen", "warned"),
    [
        ("submitted", "not_funded", run(State.OPEN, (10, 10), (8, 5)), False),
        ("accepted", "funded", run(State.FULL), False),
        ("accepted", "funded", run(State.CANCELLED), True),
        ("withdrawn", "funded", run(State.CANCELLED), False),
    ],
)
def test_only_what_matters_to_the_application_is_warned_of(state, outcome, chosen, warned):
    assert bool(warning(chosen, Application(state=state, funding_outcome=outcome))) is warned


@pytest.mark.parametrize("page", ["change", "accept", "waiting_list"])
def test_a_full_run_is_seen_where_it_is_decided(admin_as, theirs, address, page):
    FundedPlacesFactory(provider=theirs.provider, qualification=theirs.qualification, term=theirs.term)
    full = CourseRunFactory(
        provider=theirs.provider,
        qualification=theirs.qualification,
        term=theirs.term,
        state=State.WAITING_LIST,
        funded_places=10,
        funded_taken=10,
        paying_places=10,
        paying_taken=10,
        places_as_of=COUNTED,
    )
    Application.objects.update(course_run=full)
    html = admin_as("decider").get(address(page, theirs)).content.decode()
    shown = html.partition("The chosen course is full, and has a waiting list.")[2][:600]
    assert "Funded places left: 0 of 10, paying places left: 0 of 10" in shown
    assert "12 November 2026" in shown
