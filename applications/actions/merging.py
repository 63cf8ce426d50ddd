"""Two accounts of one person become one: everything moves to the account that is kept, and the other is closed."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Model

from applications.actions.errors import Incomplete
from applications.actions.mergeable import FoundToBeTwo, NotPortalStaff, why_not
from applications.actions.moving import hold
from applications.actions.two_people import follow_merge
from applications.models import (
    AllowedAddress,
    Application,
    Interest,
    Message,
    ReminderOff,
    SavedFilter,
    TwoPeople,
)
from applications.models.application_sets import ApplicationQuerySet
from catalogue.models import CourseAlert, Invitation
from npq_portal.accounts.merging import close_into
from npq_portal.accounts.models import User
from npq_portal.audit.recording import record
from npq_portal.mail.outbox import queue
from npq_portal.verbs import verb

# What belongs to an address, and what of it there is once for an address.
BY_ADDRESS: tuple[tuple[type[Model], tuple[str, ...]], ...] = (
    (CourseAlert, ("search",)),
    (AllowedAddress, ("term",)),
    (Interest, ()),
    (Invitation, ("provider", "hub")),
)


@verb
def merge(*, kept: User, closed: User, reason: str, by: User, now: datetime) -> bool:
    """Move all that `closed` has to `kept`, end its sessions, close it, and tell both addresses.

    What somebody signed under `closed` stays signed by it. Nobody can sign in with its address any more: who tries is
    told to use the other one. It leaves one audit row. A second call changes nothing, and returns False.

    Mails that are queued by then go where they were written to. It does not end an application, nor does it choose
    between two. Raises Incomplete without a reason, NotPortalStaff, FoundToBeTwo, and what `why_not` returns.
    """
    reason = reason.strip()
    if not by.sees_everything:
        raise NotPortalStaff
    if not reason:
        raise Incomplete("reason", "Give a reason")
    pair = (kept.pk, closed.pk)
    # The applications before the people, as everybody holds them who writes both; then those begun in between.
    hold(Application.objects.filter(applicant__in=pair))
    held = User.objects.select_for_update().order_by("pk").in_bulk(pair)
    kept, closed = held[kept.pk], held[closed.pk]
    if closed.merged_into_id == kept.pk:
        return False
    applications = applications_of((kept, closed))
    hold(applications)
    if refusal := why_not(kept, closed, list(applications)):
        raise refusal
    if TwoPeople.objects.between(kept, closed).exists():
        raise FoundToBeTwo
    moved = _move(kept, closed)
    close_into(closed=closed, kept=kept)
    record(
        action="accounts.merged",
        subject=kept,
        by=by,
        now=now,
        new={"account": str(closed.pk), "applications": moved},
        note=reason,
    )
    for template, person in (("account_kept", kept), ("account_merged", closed)):
        key = f"accounts.merged:{closed.pk}:{template}"
        queue(template=template, to=person.email, context={}, dedupe_key=key, about=kept, now=now)
    return True


def applications_of(people: Sequence[User]) -> ApplicationQuerySet:
    """Drafts included, the oldest first."""
    return (
        Application.objects.with_names()
        .filter(applicant__in=[each.pk for each in people])
        .order_by("started_at", "pk")
    )


def _move(kept: User, closed: User) -> int:
    """How many applications. What hangs on an application goes with it."""
    Message.objects.filter(author=closed, from_applicant=True).update(author=kept)
    moved = Application.objects.held_by(closed).update(applicant=kept)
    for model, unique in BY_ADDRESS:
        _readdress(model, unique, closed.email, kept.email)
    ReminderOff.objects.of(closed).exclude(kind__in=ReminderOff.objects.of(kept).values("kind")).update(
        user=kept
    )
    ReminderOff.objects.of(closed).delete()
    follow_merge(kept, closed)
    # Of somebody who once was staff. Rights are given to a person, never moved.
    SavedFilter.objects.of(closed).delete()
    closed.provider_memberships.all().delete()
    closed.hub_memberships.all().delete()
    return moved


def _readdress(model: type[Model], unique: Sequence[str], old: str, new: str) -> None:
    """What the new address has already is not doubled."""
    rows = model._default_manager
    for row in rows.filter(email__iexact=old):
        same = {name: getattr(row, name) for name in unique}
        if rows.filter(email__iexact=new, **same).exists():
            row.delete()
        else:
            rows.filter(pk=row.pk).update(email=new)
