"""A decision that should not have been made: portal staff take it back, and the provider decides again."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from applications.actions import places
from applications.actions.duplicates import hold_with_same_person
from applications.actions.errors import Erased, Incomplete, LiveAgain
from applications.actions.mails import tell_applicant, tell_provider
from applications.actions.moving import move
from applications.actions.offers import free_place
from applications.models import Application, Note
from applications.states import Action
from npq_portal.accounts.models import User
from npq_portal.verbs import verb

# What the database holds against it, and how that is told.
REFUSALS = {
    "application_live_once_per_npq_and_term": LiveAgain,
    "application_erased_says_nothing": Erased,
}


@verb
def revert(*, application: Application, reason: str, by: User, now: datetime) -> Application:
    """An accepted or rejected application is with its provider again, undecided, as when its form arrived.

    The funded place that it held goes to the next in line. The applicant and the provider are told, with the reason,
    which is kept as a note. What ended because the person was accepted stays ended. Raises Incomplete without a
    reason, LiveAgain where the person has applied once more since a rejection, and Erased where they were erased.
    """
    reason = reason.strip()
    if not reason:
        raise Incomplete("reason", "Give a reason: the applicant and the provider read it.")
    had_a_place = places.holds(application)
    if had_a_place:
        hold_with_same_person(application)
    key = _undecided(application, by, now)
    Note.objects.create(application=application, author=by, text=reason, written_at=now)
    given: dict[str, Any] = {"reason": reason, "had_a_place": had_a_place}
    tell_applicant("reverted", application, key=key, now=now, **given)
    tell_provider("reverted_to_provider", application, key=f"{key}:provider", now=now, **given)
    if had_a_place:
        free_place(application, now)
    return application


def _undecided(application: Application, by: User, now: datetime) -> str:
    with told_by_the_database():
        return move(
            application=application,
            action=Action.REVERT,
            by=by,
            now=now,
            event="reverted",
            old={"funded_place": application.funded_place},
            new={"funded_place": None},
            funded_place=None,
            decided_at=None,
            decision_reason="",
        )


@contextmanager
def told_by_the_database() -> Iterator[None]:
    """What it holds against an application that is undecided again, as one of REFUSALS."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as refusal:
        told = REFUSALS.get(getattr(getattr(refusal.__cause__, "diag", None), "constraint_name", ""))
        if told is None:
            raise
        raise told from refusal
