"""What is done to a staff account from outside: let in and out, closed and opened, its second step reset.

Nothing else makes somebody staff or ends it. Who may is decided before. Each leaves one audit row; sessions end by
`own_sessions.end_sessions`.
"""

import uuid
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db.models import Q, QuerySet

from npq_portal.accounts import own_sessions
from npq_portal.accounts.models import Session, User
from npq_portal.audit.recording import record
from npq_portal.mail import outbox
from npq_portal.verbs import Refused, verb


class NotOneself(Refused):
    def __init__(self) -> None:
        super().__init__("Nobody closes their own account: ask a colleague.")


class StillMember(Refused):
    def __init__(self) -> None:
        super().__init__(
            "This person still works for a lead provider or a hub. Remove them there first, or close their account."
        )


class AccountClosed(Refused):
    def __init__(self) -> None:
        super().__init__("This person's account is closed. Open it again first. Nothing was changed.")


class LastOfPortalStaff(Refused):
    def __init__(self) -> None:
        super().__init__("Nobody else is portal staff. Let a colleague in first. Nothing was changed.")


@verb
def let_in(*, member: User, by: User, now: datetime, portal: bool | None = None) -> None:
    """They may come into the staff area, and have 90 days to do so. None leaves whether they are portal staff (DfE);
    who comes back is not, unless it is said.

    Raises AccountClosed, LastOfPortalStaff.
    """
    row = _held(member)
    if not row.is_active:
        raise AccountClosed
    was = row.is_staff and row.is_portal_staff
    becomes = was if portal is None else portal
    if row.is_staff and becomes == was:
        return
    if not becomes:
        _must_not_be_last(row)
    User.objects.filter(pk=row.pk).update(
        is_staff=True,
        is_portal_staff=becomes,
        is_superuser=row.is_superuser and was and becomes,
        dormant_at=None,
        enabled_at=now,
    )
    facts = {"is_staff": row.is_staff, "is_portal_staff": was}
    record(
        action="accounts.let_in",
        subject=row,
        by=by,
        now=now,
        old=facts,
        new={"is_staff": True, "is_portal_staff": becomes},
    )


@verb
def let_out(*, member: User, by: User, now: datetime) -> None:
    """Staff no more, and signed out. What they have as an applicant stays theirs.

    Raises StillMember, LastOfPortalStaff.
    """
    row = _held(member)
    if not (row.is_staff or row.dormant_at):
        return
    # The memberships are rows of the catalogue, which stands above this package: hence by their reverse names.
    if row.provider_memberships.exists() or row.hub_memberships.exists():
        raise StillMember
    _must_not_be_last(row)
    User.objects.filter(pk=row.pk).update(
        is_staff=False, is_portal_staff=False, is_superuser=False, dormant_at=None
    )
    Session.objects.about(user=row.pk, address=row.email).delete()
    record(action="accounts.let_out", subject=row, by=by, now=now)


@verb
def disable(*, member: User, by: User, reason: str, now: datetime) -> None:
    """They are signed out everywhere and cannot sign in. One that is closed already stays as it is.

    Raises NotOneself, LastOfPortalStaff.
    """
    if member.pk == by.pk:
        raise NotOneself
    _must_not_be_last(_held(member))
    if User.objects.filter(pk=member.pk, is_active=True).update(is_active=False):
        Session.objects.about(user=member.pk, address=member.email).delete()
        record(action="accounts.disabled", subject=member, by=by, now=now, note=reason)


@verb
def enable(*, member: User, by: User, now: datetime, reason: str = "") -> None:
    """They can sign in as before, and have 90 days to do so. An erased one stays closed, and a merged one."""
    closed = User.objects.filter(
        Q(is_active=False) | Q(dormant_at__isnull=False), pk=member.pk, erased_at=None, merged_into=None
    )
    staff = Q(is_staff=True) | Q(dormant_at__isnull=False)
    if closed.update(is_active=True, is_staff=staff, dormant_at=None, enabled_at=now):
        record(action="accounts.enabled", subject=member, by=by, now=now, note=reason)


@verb
def reset_second_step(*, member: User, by: User, reason: str, now: datetime) -> None:
    """For who has lost a phone or key. They are signed out, and set up a new one when they next sign in."""
    Authenticator.objects.filter(user=member).delete()
    Session.objects.about(user=member.pk, address=member.email).delete()
    record(action="accounts.second_step_removed", subject=member, by=by, now=now, note=reason)


@verb
def change_address(*, member: User, was: str, by: User, now: datetime) -> None:
    """Whoever signed in as they were called before begins again. Both addresses are told; the row has the new one."""
    own_sessions.end_sessions(user=member, by=by, now=now, reason="The e-mail address was changed.")
    Session.objects.about(user=member.pk, address=was).delete()  # and who has proven the first of two steps
    for address in (was, member.email):
        outbox.queue(
            template="account_notice",
            to=address,
            context={"notice": "The e-mail address of your account was changed by staff of the portal."},
            dedupe_key=f"accounts.address_changed:{uuid.uuid4()}",
            about=member,
            now=now,
        )


def tell_of_account(*, member: User, by: User, now: datetime) -> None:
    """How who was made staff signs in for the first time: by a code to their address, so that no link signs them in."""
    outbox.queue(
        template="staff_account",
        to=member.email,
        context={"maker": str(by)},
        dedupe_key=f"accounts.staff_account:{member.pk}:{now:%Y%m%d%H%M%S}",
        about=member,
        now=now,
    )


def colleagues_in_portal(member: User) -> QuerySet[User]:
    """Who of portal staff, other than `member`, could open an account again."""
    return _portal_staff().exclude(pk=member.pk)


def _portal_staff() -> QuerySet[User]:
    portal = Q(is_portal_staff=True) | Q(is_superuser=True)
    return User.objects.filter(portal, is_staff=True, is_active=True)


def _held(member: User) -> User:
    """Whoever lets them in or out at the same time waits. Of portal staff all are held, in one order for everybody:
    two who let out one another would wait for each other.
    """
    if member.sees_everything:
        list(_portal_staff().order_by("pk").select_for_update(no_key=True).values_list("pk"))
    return User.objects.select_for_update(no_key=True).get(pk=member.pk)


def _must_not_be_last(row: User) -> None:
    """Held, so that the last two do not let out one another."""
    if row.sees_everything and not colleagues_in_portal(row).select_for_update(no_key=True):
        raise LastOfPortalStaff
