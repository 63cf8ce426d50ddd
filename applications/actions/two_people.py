"""Accounts that look like one person's and are found to be two people's, until somebody takes that back."""

from datetime import datetime

from applications.actions.errors import Incomplete
from applications.actions.mergeable import (
    ClosedMeanwhile,
    NotPortalStaff,
    StaffAccounts,
    is_closed,
    is_staffs,
)
from applications.models import TwoPeople
from npq_portal.accounts.models import User
from npq_portal.audit.recording import record
from npq_portal.pairs import in_order
from npq_portal.verbs import verb


@verb
def say_two_people(*, one: User, other: User, reason: str, by: User, now: datetime) -> bool:
    """The two are not offered as a pair any more, nor merged, until it is taken back. False where it was said before.

    Neither account changes, and nobody is written to. It leaves one audit row. Raises Incomplete without a reason,
    NotPortalStaff, ClosedMeanwhile, and StaffAccounts, which are no pair to begin with.
    """
    if not (reason := reason.strip()):
        raise Incomplete("reason", "Give a reason")
    one, other = _held(one, other, by)
    said = {"reason": reason, "said_by": by, "said_at": now}
    _, new = TwoPeople.objects.get_or_create(one=one, other=other, defaults=said)
    if new:
        _record("accounts.said_two_people", one, other, by, now, reason)
    return new


@verb
def take_back_two_people(*, one: User, other: User, by: User, now: datetime) -> bool:
    """The two may be one person's again. False where nobody says otherwise. Raises as `say_two_people`."""
    one, other = _held(one, other, by)
    taken_back, _ = TwoPeople.objects.between(one, other).delete()
    if taken_back:
        _record("accounts.not_said_two_people", one, other, by, now)
    return bool(taken_back)


def follow_merge(kept: User, closed: User) -> None:
    """What was said of `closed` is true of the person, whose account is `kept` now. In the transaction of the merge."""
    for said in TwoPeople.objects.of(closed):
        third = said.other if said.one_id == closed.pk else said.one
        one, other = in_order(kept, third)
        TwoPeople.objects.get_or_create(
            one=one,
            other=other,
            defaults={"reason": said.reason, "said_by": said.said_by, "said_at": said.said_at},
        )
        said.delete()


def _held(one: User, other: User, by: User) -> tuple[User, User]:
    """Both as they are now and as a pair keeps them, held in the order in which a merge holds them."""
    if not by.sees_everything:
        raise NotPortalStaff
    held = list(User.objects.select_for_update().filter(pk__in=(one.pk, other.pk)).order_by("pk"))
    if len(held) < 2 or any(map(is_closed, held)):
        raise ClosedMeanwhile
    if any(map(is_staffs, held)):
        raise StaffAccounts
    return in_order(*held)


def _record(action: str, one: User, other: User, by: User, now: datetime, note: str = "") -> None:
    record(action=action, subject=one, by=by, now=now, new={"account": str(other.pk)}, note=note)
