"""The provider's decision. It can be undone until its mail goes out (`undoing`).

Two people deciding at once: the first counts, the second is told (AlreadyDone).
"""

from datetime import datetime

from applications.actions import places
from applications.actions.duplicates import close_same_person, hold_to_accept, hold_with_same_person
from applications.actions.errors import Erased, Incomplete, NotEntitled, NotYours
from applications.actions.holding import until_told
from applications.actions.mails import tell_applicant
from applications.actions.moving import locked, move
from applications.actions.noting import note_why
from applications.actions.offers import free_place
from applications.models import Application, Note
from applications.states import Action
from funding.rules.vocabulary import Outcome
from npq_portal.accounts.models import User
from npq_portal.audit.recording import record
from npq_portal.verbs import verb


@verb
def accept(
    *, application: Application, funded_place: bool, by: User, now: datetime, reason: str = ""
) -> Application:
    """The provider takes the person on, with or without one of its funded places for the NPQ and term.

    Eligible is not a place: with `funded_place` one is taken from the provider's number, and NoPlaceLeft is
    raised where none is left; NotEntitled where the funding that holds is not `funded`. Nothing is promised
    about dates. What the same person registered for the NPQ and term under another account ends, with notice.
    Only staff read the `reason`, as a note; the page asks for one.
    """
    if funded_place and application.funding_outcome != Outcome.FUNDED:
        raise NotEntitled
    elsewhere_too = hold_to_accept(application)
    key = move(
        application=application,
        action=Action.ACCEPT,
        by=by,
        now=now,
        event="accepted",
        new={"funded_place": funded_place},
        funded_place=funded_place,
        decided_at=now,
        # What ends now under another account stays ended, and is told at once.
        **({} if elsewhere_too else until_told(application, now)),
    )
    note_why("Accepted", reason, application=application, by=by, now=now)
    tell_applicant("accepted", application, key=key, now=now, send_after=application.undo_until)
    left = close_same_person(application, now)
    # Last, since everyone who accepts for this NPQ and term waits for the same row.
    places.exchange(left=left, taken_by=application if funded_place else None)
    return application


@verb
def reject(*, application: Application, reason: str, by: User, now: datetime) -> Application:
    """The provider does not take the person on; `reason` is read by the applicant, word for word.

    A place that was offered, or held by an acceptance that is now taken back, goes to the next.
    Raises Incomplete without a reason.
    """
    reason = reason.strip()
    if not reason:
        raise Incomplete("reason", "Give a reason: the applicant reads it.")
    held = places.holds(application)
    if held:
        hold_with_same_person(application)
    key = move(
        application=application,
        action=Action.REJECT,
        by=by,
        now=now,
        event="rejected",
        old={"funded_place": application.funded_place},
        funded_place=None,
        decision_reason=reason,
        decided_at=now,
        **until_told(application, now),
    )
    tell_applicant("rejected", application, key=key, now=now, send_after=application.undo_until)
    if held:
        free_place(application, now)
    return application


@verb
def note(*, application: Application, text: str, by: User, now: datetime) -> Note:
    """Staff write to each other. The state stays as it is, and the applicant is not told."""
    seen = Application.objects.visible_to(by).exclude(applicant=by)
    if not seen.filter(pk=application.pk).exists():
        raise NotYours
    if locked(application).erased_at:
        raise Erased
    written = Note.objects.create(application=application, author=by, text=text, written_at=now)
    record(action="applications.noted", subject=application, by=by, now=now)
    return written
