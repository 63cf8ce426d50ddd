"""A run is cancelled while somebody registers for it: either they are refused, or they are told."""

import pytest

from applications import actions
from applications.actions.errors import Incomplete
from applications.actions.run_changes import tell_of_run_change
from applications.models import Application
from catalogue.actions.course_runs import cancel_run
from catalogue.models import CourseRun, RunChange
from tests.applications.races.threads import all_at_once
from tests.factories.applications import LATER, NOW, draft_of
from tests.factories.catalogue import CourseRunFactory

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 8


def registering(draft, teacher):
    return lambda: actions.register(application=Application.objects.get(pk=draft.pk), by=teacher, now=NOW)


def cancelling(run):
    """And telling, as soon as the cancelling is committed: how many were told."""

    def cancel():
        cancel_run(run=CourseRun.objects.get(pk=run.pk), seen=run.updated_at, by=None, now=NOW)
        return tell_of_run_change(pk=RunChange.objects.get(run=run).pk, now=LATER)

    return cancel


def test_nobody_stays_on_a_cancelled_run_without_being_told(world, teacher):
    whose = {"provider": world.ambition, "qualification": world.headship, "term": world.term, "hub": None}
    for _ in range(ROUNDS):
        run = CourseRunFactory(**whose)
        draft = draft_of(teacher, course={"course": str(run.pk)})
        registered, told = all_at_once([registering(draft, teacher), cancelling(run)])
        assert told == (0 if isinstance(registered, Incomplete) else 1)
        Application.objects.exclude(state="draft").update(state="withdrawn")
