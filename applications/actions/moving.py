"""What verbs share beside their transaction (npq_portal.verbs): holding the row, and the move of the state itself."""

from datetime import datetime
from typing import Any
from uuid import UUID

from applications.access import role_of
from applications.actions.errors import AlreadyDone
from applications.models import Application, Sponsor
from applications.models.application_sets import ApplicationQuerySet
from applications.states import Action, State, next_state
from npq_portal.accounts.models import User
from npq_portal.audit.recording import record
from npq_portal.mail.outbox import withdraw

# What is known only while an application is in a state.
LEFT_BEHIND: dict[State, dict[str, None]] = {
    State.WAITING_LIST: {"waiting_number": None},
    State.OFFERED: {"offer_ends_at": None},
}


def locked(application: Application) -> Application:
    """The row as it is now, held until the transaction ends. For verbs that read much before they move.

    Raises AlreadyDone where it is gone: a draft that was deleted in another window.
    """
    if not hold(Application.objects.filter(pk=application.pk)):
        raise AlreadyDone
    return Application.objects.with_names().get(pk=application.pk)


def locked_draft(application: Application) -> Application:
    """As `locked`, for what is likely a draft and names nothing yet: one query, which reads the row alone."""
    row = Application.objects.filter(pk=application.pk).select_for_update().first()
    if row is None:
        raise AlreadyDone
    return row


def hold(applications: ApplicationQuerySet) -> list[UUID]:
    """Their keys, in one order for everybody, held until the transaction ends.

    What they belong to is read afterwards: joined to what it was before the wait, a row that somebody changed in
    between would come without its provider.
    """
    return list(applications.order_by("pk").select_for_update(of=("self",)).values_list("pk", flat=True))


def take_back_mail(application: Application, now: datetime) -> bool:
    """Of a decision that the applicant was not told of yet, who then never is. False where they were, or may be."""
    until = application.undo_until
    return until is not None and now < until and withdraw(about=application, send_after=until)


def move(
    *,
    application: Application,
    action: Action,
    by: User | Sponsor | None,
    now: datetime,
    event: str,
    old: dict[str, Any] | None = None,
    new: dict[str, Any] | None = None,
    **changes: Any,
) -> str:
    """Take `application` from the state it was read in to the next, with `changes`, and write the audit row.

    `by` is None where the portal itself acts. What belongs to a state alone is cleared on leaving it.

    Returns a key that is unique to this event, for the mails about it. Raises NotAllowed where the table has
    no such move, AlreadyDone where the row has left that state since it was read. `application` is updated in
    memory only after the database agreed.
    """
    before = application.status
    after = next_state(before, action, role_of(by, application))
    changes["state"] = after.value
    if after is not before:
        undone = {"undo_until": None, "before_decision": None}
        changes = {**undone, **changes, "state_since": now, **LEFT_BEHIND.get(before, {})}
    # The same stay in that state, with the same provider: it may have left, and come as far again. What was decided
    # about the funding in between may change what is done now.
    as_read = Application.objects.filter(
        pk=application.pk,
        state=before,
        state_since=application.state_since,
        provider=application.provider_id,
        funding_outcome=application.funding_outcome,
    )
    if as_read.update(**changes) != 1:
        raise AlreadyDone
    if after is not before:  # What the mail about a decision says is no longer so.
        take_back_mail(application, now)
    for name, value in changes.items():
        setattr(application, name, value)
    written = record(
        action=f"applications.{event}",
        subject=application,
        by=by,
        now=now,
        old={"state": before.value, **(old or {})},
        new={"state": State(application.state).value, **(new or {})},
    )
    return f"applications.{event}:{application.pk}:{written.pk}"
