"""The course runs that somebody may choose: those of the provider, NPQ and term that still take applications."""

from datetime import date, timedelta

import pytest

from applications.journey import courses
from applications.journey.courses import course_options, course_told
from applications.journey.offered import choices_on
from applications.journey.shape import NO_COURSE
from applications.journey.walker import walk
from tests.factories.applications import ANSWERS, NOW
from tests.factories.catalogue import CourseRunFactory, PostcodeAreaFactory, SessionFactory, TermFactory

pytestmark = pytest.mark.django_db
DAY = NOW.date()


@pytest.fixture
def run(world):
    return run_of(world)


def run_of(world, **fields):
    whose = {"provider": world.ambition, "qualification": world.headship, "term": world.term}
    return CourseRunFactory(**{**whose, **fields})


def offered():
    return choices_on(DAY).courses


def options(*runs, **known):
    return course_options([str(run.pk) for run in runs], **known)


def test_those_that_take_applications(world):
    kept = {run_of(world, state=state).pk for state in ("open", "announced", "waiting_list")}
    for state in ("full", "closed", "running", "cancelled"):
        run_of(world, state=state)
    run_of(world, apply_by=DAY - timedelta(days=1))
    run_of(world, term=TermFactory(identifier="spring-2027", registration_opens=None))
    ((key, found),) = offered().items()
    assert key == ("autumn-2026", "npq-headship", "ambition-institute")
    assert set(found) == set(map(str, kept))


def test_without_a_run_nothing_is_asked(world):
    assert "course" not in [step.slug for step in walk(ANSWERS, choices_on(DAY)).path]


def test_with_a_run_it_is_asked_after_the_provider(world, run):
    path = [step.slug for step in walk(ANSWERS, choices_on(DAY)).path]
    assert path[path.index("provider") + 1] == "course"


@pytest.mark.parametrize(
    ("step", "value", "kept"),
    [
        ("name", {"name": "Somebody Else"}, True),
        ("provider", {"provider": "teach-first"}, False),
        ("npq", {"npq": "npq-leading-literacy"}, False),
        ("term", {"term": "spring-2027"}, False),
    ],
)
def test_a_run_is_kept_while_it_holds_together(world, run, step, value, kept):
    run_of(world, provider=world.other)
    answers = {**ANSWERS, "course": {"course": str(run.pk)}}
    changed = walk({**answers, step: value}, choices_on(DAY))
    assert ("course" in changed.answers) is kept


def test_a_run_that_is_not_offered_is_no_answer(world, run):
    other = run_of(world, provider=world.other)
    for key in (str(other.pk), "0", "-1", "x" * 99, "1; DROP", ""):
        assert "course" not in walk({**ANSWERS, "course": {"course": key}}, choices_on(DAY)).answers


def test_it_says_when_where_how_and_what_is_left(world):
    run = run_of(
        world,
        hub__name="Saffron Hub",
        mode="blended",
        days="saturday",
        funded_places=9,
        funded_taken=8,
        places_as_of=date(2026, 11, 20),
        is_example=True,
    )
    SessionFactory(run=run, venue="The Hall", postcode="SK7 1AA")
    (option,) = options(run)
    assert option.label == "From 13 January 2027, Saffron Hub"
    assert option.hint == (
        "An example, made up for demonstration. Blended. Saturdays. Apply by 4 January 2027. The Hall, SK7 1AA. "
        "1 funded place left, as of 20 November 2026."
    )


def test_it_says_what_is_not_known_yet(world):
    run = run_of(world, starts_on=None, ends_on=None, apply_by=None, state="announced", mode="")
    (option,) = options(run)
    assert option.label.startswith("Start to be confirmed, ")
    assert option.hint == "Venue to be confirmed. Announced: its places are not given yet."


def test_the_nearest_to_the_workplace_comes_first(world):
    PostcodeAreaFactory(outward_code="SK7", easting=391_000, northing=386_000)
    PostcodeAreaFactory(outward_code="TR1", easting=182_000, northing=45_000)
    far, near = run_of(world, starts_on=date(2027, 1, 5)), run_of(world)
    SessionFactory(run=far, postcode="TR1 1AA")
    SessionFactory(run=near, postcode="SK7 1AA")
    assert [each.value for each in options(far, near)] == [str(far.pk), str(near.pk)]
    world.school.easting, world.school.northing = 391_000, 388_000
    world.school.save()
    nearest, furthest = options(far, near, workplace="800100")
    assert nearest.value == str(near.pk)
    assert "about 1 mile away." in nearest.hint
    assert "miles away" in furthest.hint


def test_the_chosen_one_is_always_shown(world, monkeypatch):
    monkeypatch.setattr(courses, "SHOWN", 2)
    runs = [run_of(world, starts_on=date(2027, 2, day), apply_by=None) for day in (1, 2, 3)]
    last = str(runs[-1].pk)
    assert [each.value for each in options(*runs)] == [str(run.pk) for run in runs[:2]]
    assert [each.value for each in options(*runs, chosen=last)] == [last, str(runs[0].pk)]
    assert len(options(*runs, chosen=str(runs[0].pk))) == 2


def test_it_is_read_back(run):
    assert course_told(str(run.pk)) == f"From 13 January 2027, {run.hub.name}"
    assert course_told(NO_COURSE) == "No particular course"


@pytest.mark.parametrize("count", [1, 30])
def test_it_asks_no_more_for_more(world, count, django_assert_max_num_queries):
    runs = [run_of(world) for _ in range(count)]
    with django_assert_max_num_queries(7):
        options(*runs, chosen=str(runs[0].pk), workplace="800100")
    with django_assert_max_num_queries(5):
        choices_on(DAY)
