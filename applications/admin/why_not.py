"""Why something cannot be decided about an application: the same on its own page and for many at once."""

from collections.abc import Collection
from datetime import datetime

from applications.actions.errors import Erased, NotToldUntil
from applications.models import Application
from applications.states import TRANSITIONS, Action, Role

MAY_NOT = "You may read this application, and not decide about it."
UNTOLD = "Nobody has been told of this decision yet. Undo it before you decide again."


def why_not(application: Application, actions: Collection[Action], role: Role | None, now: datetime) -> str:
    """Empty where `role` may do one of `actions` to it as it stands. The verbs say what counts in the end."""
    if role not in (Role.PROVIDER, Role.PORTAL):
        return MAY_NOT
    if application.erased_at:
        return str(Erased())
    if not any((application.status, action, role) in TRANSITIONS for action in actions):
        return f"It is “{application.status.label}”, so that cannot be done to it now."
    if application.undo_until and application.can_be_undone(now):
        return str(NotToldUntil(application.undo_until)) if Action.START_TRAINING in actions else UNTOLD
    return ""
