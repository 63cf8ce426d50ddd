"""After acceptance: what the provider records of somebody's training, each with its day and its reason.

The applicant is told of each by e-mail. A funded place stays used, whatever becomes of the training (funding rules,
section 1: a scholarship counts as taken).
"""

from datetime import date, datetime

from django.utils import timezone

from applications.actions.errors import Incomplete, NotToldUntil, WrongDay
from applications.actions.mails import tell_applicant
from applications.actions.moving import move
from applications.models import Application, TrainingChange
from applications.models.training import WITH_A_REASON, WORDS
from applications.states import Action
from npq_portal.accounts.models import User
from npq_portal.verbs import verb

EVENTS: dict[Action, str] = {
    Action.START_TRAINING: "training_started",
    Action.DEFER: "training_deferred",
    Action.RESUME: "training_resumed",
    Action.LEAVE_TRAINING: "training_left",
    Action.PASS: "passed",
    Action.FAIL: "failed",
}


@verb
def record_training(
    *, application: Application, action: Action, on: date, reason: str = "", by: User, now: datetime
) -> Application:
    """Move somebody through their training: `action` is one of EVENTS, `on` the day from which it counts.

    Raises Incomplete without a reason for what wants one (WITH_A_REASON), and WrongDay for a day that is to come
    or lies before what was recorded last, or before registering. A day is not checked against the course's own.
    NotToldUntil while the person does not know yet that they are accepted.
    """
    if application.undo_until and application.can_be_undone(now):
        raise NotToldUntil(application.undo_until)
    reason = reason.strip()
    if action in WITH_A_REASON and not reason:
        raise Incomplete("reason", "Give a reason: the applicant reads it.")
    event = EVENTS[action]
    if on > timezone.localdate(now):
        raise WrongDay("Choose today or a day that has passed: this records what has happened.")
    earliest = _earliest(application)
    if on < earliest:
        raise WrongDay(f"Choose {earliest:%-d %B %Y} or a later day: that is the last day in the record.")
    key = move(
        application=application, action=action, by=by, now=now, event=event, new={"on": on.isoformat()}
    )
    TrainingChange.objects.create(
        application=application, action=action.value, on=on, reason=reason, made_by=by, made_at=now
    )
    tell_applicant("training", application, key=key, now=now, what=WORDS[action], on=on, reason=reason)
    return application


def _earliest(application: Application) -> date:
    """The day of the last change, before the first the day of registering."""
    last = application.training.order_by("-made_at", "-pk").first()
    return last.on if last else timezone.localdate(application.registered_at)
