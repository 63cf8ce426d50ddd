"""After acceptance: each change with its day and reason, told to the applicant."""

from datetime import date

import pytest

from applications import actions
from applications.actions.errors import Incomplete, WrongDay
from applications.models import Application
from applications.states import Action
from npq_portal.mail.models import OutboxMessage
from tests.factories.applications import LATER, ApplicationFactory

TODAY = date(2026, 11, 22)
WAYS = {
    "passed": [Action.START_TRAINING, Action.DEFER, Action.RESUME, Action.PASS],
    "failed": [Action.START_TRAINING, Action.FAIL],
    "left_training": [Action.START_TRAINING, Action.DEFER, Action.LEAVE_TRAINING],
}


@pytest.fixture
def theirs(world, teacher):
    return ApplicationFactory(accepted=True, applicant=teacher, provider=world.ambition)


def do(application, action, by, on=TODAY, reason="Parental leave."):
    return actions.record_training(
        application=application, action=action, on=on, reason=reason, by=by, now=LATER
    )


@pytest.mark.parametrize(("ends", "way"), WAYS.items(), ids=WAYS)
def test_from_acceptance_to_the_end(theirs, decider, ends, way, left_behind):
    for action in way:
        do(theirs, action, decider)
    assert Application.objects.get().state == ends
    assert list(theirs.training.values_list("action", "on", "reason", "made_by")) == [
        (action, TODAY, "Parental leave.", decider.pk) for action in way
    ]
    audit, mails = left_behind()
    assert len(audit) == len(way)
    assert mails == ["applications/training"] * len(way)


def test_the_applicant_reads_what_was_recorded_and_why(theirs, decider):
    do(theirs, Action.START_TRAINING, decider, reason="")
    do(theirs, Action.DEFER, decider, reason="Parental leave & <rest>")
    started, paused = OutboxMessage.objects.order_by("pk")
    assert started.subject.startswith("Started the training: ")
    assert "reason" not in started.text
    assert "recorded “Paused the training”, as of 22 November 2026" in paused.text
    assert "Parental leave & <rest>" in paused.text
    assert "Parental leave &amp; &lt;rest&gt;" in paused.html


@pytest.mark.parametrize("action", [Action.DEFER, Action.LEAVE_TRAINING, Action.FAIL])
def test_what_wants_a_reason_is_refused_without(world, decider, action, left_behind):
    active = ApplicationFactory(active=True, provider=world.ambition)
    with pytest.raises(Incomplete):
        do(active, action, decider, reason="  ")
    assert (Application.objects.get().state, left_behind()) == ("active", ([], []))


@pytest.mark.parametrize("on", [date(2026, 11, 23), date(2026, 11, 21), date(1, 1, 1), date(9999, 12, 31)])
def test_a_day_to_come_or_before_registering(theirs, decider, on, left_behind):
    with pytest.raises(WrongDay):
        do(theirs, Action.START_TRAINING, decider, on=on)
    assert (Application.objects.get().state, left_behind()) == ("accepted", ([], []))


def test_days_do_not_go_backwards(theirs, decider):
    Application.objects.update(registered_at="2026-09-01T10:00Z")
    do(Application.objects.get(), Action.START_TRAINING, decider, on=date(2026, 10, 5))
    with pytest.raises(WrongDay, match="5 October 2026"):
        do(Application.objects.get(), Action.DEFER, decider, on=date(2026, 10, 4))
