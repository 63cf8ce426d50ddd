"""Withdrawing: the person (or portal staff for them) ends the application.

A funded place goes to the next on the waiting list.
"""

from datetime import datetime

from applications.access import role_of
from applications.actions import places
from applications.actions.duplicates import hold_with_same_person
from applications.actions.errors import Incomplete
from applications.actions.mails import tell_applicant, tell_others_it_ended
from applications.actions.moving import move
from applications.actions.offers import free_place
from applications.actions.undoing import put_back
from applications.models import Application, Note
from applications.states import Action, Role, State
from npq_portal.accounts.models import User
from npq_portal.verbs import verb


@verb
def withdraw(*, application: Application, by: User, now: datetime, reason: str = "") -> Application:
    """A second call changes nothing and returns the application as it is.

    Portal staff, who do it for somebody, give a reason, which the applicant is told and which is kept as a note. Raises
    Incomplete without one.

    It cannot be undone: one applies again. A decision of which the applicant was not told gives way, even a rejection:
    they never hear of it.
    """
    role = role_of(by, application)
    if application.status is State.WITHDRAWN and role in (Role.APPLICANT, Role.PORTAL):
        return application
    for_them = role is Role.PORTAL
    if for_them and not reason.strip():
        raise Incomplete("reason", "Give a reason: the applicant reads it.")
    if role is Role.APPLICANT and application.can_be_undone(now):
        application = Application.objects.with_names().get(pk=application.pk)
    before, funded_place, held = application.status, application.funded_place, places.holds(application)
    if held:
        hold_with_same_person(application)
    if role is Role.APPLICANT and application.can_be_undone(now):
        put_back(application, now)
    key = move(
        application=application,
        action=Action.WITHDRAW,
        by=by,
        now=now,
        event="withdrawn",
        old={"state": before.value, "funded_place": funded_place},
        funded_place=None,
    )
    if for_them:
        Note.objects.create(application=application, author=by, text=reason.strip(), written_at=now)
    tell_applicant("withdrawn", application, key=key, now=now, reason=reason.strip() if for_them else "")
    tell_others_it_ended(application, key=key, now=now, had_a_place=held)
    if held:
        free_place(application, now)
    return application
