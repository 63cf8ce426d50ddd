"""How a decision waits until its mail goes out (`undoing`)."""

from datetime import datetime, timedelta
from typing import Any

from applications.models import Application

HELD_FOR = timedelta(minutes=10)
# What a decision changes beside its reason, which nothing has that is not decided.
PUT_BACK = ("state", "state_since", "waiting_number", "offer_ends_at", "decided_at", "funded_place")


def until_told(application: Application, now: datetime) -> dict[str, Any]:
    """The changes with which a decision about `application`, as it is before that, can be undone for a while.

    Where one is waiting already, both are undone as one: the applicant knows of neither.
    """
    before = application.before_decision if application.can_be_undone(now) else _as_it_is(application)
    return {"undo_until": now + HELD_FOR, "before_decision": before}


def _as_it_is(application: Application) -> dict[str, Any]:
    values = {name: getattr(application, name) for name in PUT_BACK}
    return {
        name: value.isoformat() if isinstance(value, datetime) else value for name, value in values.items()
    }
