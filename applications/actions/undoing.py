"""A decision waits ten minutes before anybody is told of it: until then whoever decides there can undo it.

The row says until when, and what was before. The mail waits in the outbox for the same moment, and until then the
applicant's pages show the application as it was (`Application.as_told`). Asking for more is no decision: a question
goes out at once, as every message does.
"""

from datetime import datetime
from typing import Any

from applications.access import role_of
from applications.actions import places
from applications.actions.errors import AlreadyDone, NoPlaceLeft, NotYourDecision, PlaceGone, Told
from applications.actions.moving import take_back_mail
from applications.actions.reverting import told_by_the_database
from applications.models import Application
from applications.states import TRANSITIONS, Action, may_undo, next_state
from npq_portal.accounts.models import User
from npq_portal.audit.recording import record
from npq_portal.verbs import verb


@verb
def undo(*, application: Application, by: User, now: datetime) -> Application:
    """Put back what was before the decision, and take back its mail, of which the applicant then never hears.

    A funded place that it gave is free again, and offered to nobody by itself; one that it took away is taken again.
    Raises NotYourDecision for those who do not decide, Told once the mail may have gone, AlreadyDone where something
    else has happened since, PlaceGone where the place has, and LiveAgain and Erased as `revert` does.
    """
    if not may_undo(application.status, role_of(by, application)):
        raise NotYourDecision
    if application.undo_until is None:
        raise AlreadyDone
    if not application.can_be_undone(now):
        raise Told
    before, held = application.status, places.holds(application)
    put_back(application, now)
    record(
        action="applications.decision_undone",
        subject=application,
        by=by,
        now=now,
        old={"state": before.value},
        new={"state": application.state},
    )
    _settle_place(application, held=held)
    return application


def put_back(application: Application, now: datetime) -> None:
    """The row as its applicant knows it, and the mail taken back, in the caller's transaction. Places stay as they are.

    What the applicant knows is read with the row held: they may have answered since `application` was read, and an
    answer stays. Raises as `undo` does.
    """
    held = Application.objects.filter(pk=application.pk).select_for_update()
    application.before_decision = held.values_list("before_decision", flat=True).first()
    told = application.as_told(now)
    columns = {name: getattr(told, name) for name in application.before_decision or {}}
    changes = {**columns, "decision_reason": "", "undo_until": None, "before_decision": None}
    with told_by_the_database():
        _write(application, changes, now)


def give_way(application: Application, action: Action, by: User, now: datetime) -> None:
    """Put back a decision, of which its applicant `by` does not know, where it alone stands in the way of `action`.

    In the caller's transaction, which holds the row. A place that it gave is free, and offered to nobody by itself.
    NotAllowed where they could not do it as they were told that it stands either.
    """
    role = role_of(by, application)
    if not application.can_be_undone(now) or (application.status, action, role) in TRANSITIONS:
        return
    next_state(application.as_told(now).status, action, role)
    held = places.holds(application)
    put_back(application, now)
    _settle_place(application, held=held)


def _write(application: Application, changes: dict[str, Any], now: datetime) -> None:
    as_read = Application.objects.filter(
        pk=application.pk,
        state=application.state,
        state_since=application.state_since,
        undo_until=application.undo_until,
        before_decision=application.before_decision,
    )
    if as_read.update(**changes) != 1:
        raise AlreadyDone
    if not take_back_mail(application, now):
        raise Told
    for name, value in changes.items():
        setattr(application, name, value)


def _settle_place(application: Application, *, held: bool) -> None:
    holds = places.holds(application)
    if held and not holds:
        places.give_back(application)
    elif holds and not held:
        try:
            places.take(application)
        except NoPlaceLeft as gone:
            raise PlaceGone from gone
