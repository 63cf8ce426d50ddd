"""Example course runs: plausible, marked as examples, and made once."""

import pytest

from catalogue import demo
from catalogue.models import CourseRun
from tests.catalogue.conftest import DAY, NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def runs(loaded):
    demo.create(NOW)
    return list(CourseRun.objects.select_related("hub", "provider").prefetch_related("sessions"))


def test_a_few_dozen_all_marked(runs):
    assert len(runs) == 36
    assert all(run.is_example for run in runs)


def test_both_demonstration_providers_and_the_demonstration_hub(runs):
    assert {run.provider.name for run in runs} == {"Ambition Institute", "Teach First"}
    assert "EE1" in {run.hub.code for run in runs}
    assert len({run.hub for run in runs}) > 5


def test_every_npq_has_one(runs):
    assert len({run.qualification_id for run in runs}) == 11


def test_they_are_still_to_come_and_some_have_no_date(runs):
    dated = [run for run in runs if run.starts_on]
    assert all(run.starts_on > DAY for run in dated)
    assert 0 < len(runs) - len(dated) < len(runs) / 2


def test_nobody_starts_in_the_christmas_holidays(runs):
    starts = {run.starts_on for run in runs if run.starts_on}
    assert not any((day.month, day.day) >= (12, 18) or (day.month, day.day) <= (1, 4) for day in starts)


def test_sessions_are_in_the_week(runs):
    assert all(session.on.weekday() < 5 for run in runs for session in run.sessions.all())


def test_making_them_again_makes_no_more(runs):
    demo.create(NOW)
    assert CourseRun.objects.count() == len(runs)
