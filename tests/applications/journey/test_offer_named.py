"""What registering reads of the offer that was chosen says the same of its answers as all that is offered does."""

from datetime import timedelta

import pytest

from applications.journey.offered import choices_of, choices_on, offer_named
from applications.journey.shape import NO_COURSE
from applications.journey.walker import walk
from tests.factories.applications import ANSWERS, NOW
from tests.factories.catalogue import CourseRunFactory
from tests.queries import queries_of

DAY = NOW.date()
YESTERDAY = DAY - timedelta(days=1)
RUNS = {
    "open": {"state": "open"},
    "of no day": {"starts_on": None, "ends_on": None, "apply_by": None},
    "its waiting list": {"state": "waiting_list"},
    "full": {"state": "full"},
    "cancelled": {"state": "cancelled"},
    "too late": {"apply_by": YESTERDAY},
}


def both(answers):
    """The walk by the offer alone, and by everything."""
    offer = offer_named(answers, DAY)
    return walk(answers, choices_of(offer, DAY)), walk(answers, choices_on(DAY))


@pytest.mark.parametrize("course", ["this one", NO_COURSE, None, "1"])
@pytest.mark.parametrize("run", RUNS)
def test_it_walks_alike(world, run, course):
    whose = {"provider": world.ambition, "qualification": world.headship, "term": world.term}
    made = CourseRunFactory(**whose | RUNS[run])
    said = {"this one": str(made.pk)}.get(course, course)
    given = ANSWERS | ({"course": {"course": said}} if said else {})
    narrow, wide = both(given)
    assert narrow == wide
    assert narrow.dropped == wide.dropped


def test_what_may_be_in_the_future_is_the_same_as_on_the_steps(world):
    assert choices_of(offer_named(ANSWERS, DAY), DAY).day == choices_on(DAY).day == DAY


def test_the_courses_of_other_offers_do_not_count(world):
    CourseRunFactory(provider=world.other, qualification=world.headship, term=world.term)
    CourseRunFactory(provider=world.ambition, qualification=world.literacy, term=world.term)
    narrow, wide = both(ANSWERS)
    assert "course" not in {step.slug for step in narrow.path} | {step.slug for step in wide.path}


@pytest.mark.parametrize(
    ("of", "change"),
    [
        ("headship", {"hidden": True}),
        ("term", {"registration_closes": YESTERDAY}),
        ("term", {"registration_opens": None}),
        ("term", {"identifier": "autumn-2099"}),
        ("ambition", {"slug": "another-name"}),
    ],
)
def test_what_cannot_be_chosen_is_no_offer(world, of, change):
    assert offer_named(ANSWERS, DAY)
    changed = getattr(world, of)
    type(changed).objects.filter(pk=changed.pk).update(**change)
    assert offer_named(ANSWERS, DAY) is None


@pytest.mark.parametrize("missing", ["term", "npq", "provider"])
def test_without_an_answer_there_is_none(world, missing):
    assert offer_named({step: value for step, value in ANSWERS.items() if step != missing}, DAY) is None


@pytest.mark.parametrize("runs", [1, 30])
def test_two_queries_whatever_the_number_of_runs(world, runs):
    whose = {"provider": world.ambition, "qualification": world.headship, "term": world.term}
    CourseRunFactory.create_batch(runs, **whose)
    assert queries_of(lambda: choices_of(offer_named(ANSWERS, DAY), DAY)) == 2
