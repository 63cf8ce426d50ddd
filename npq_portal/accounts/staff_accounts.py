"""What is done to a staff account from outside: closed and opened, its second step reset.

Who may is decided before. Each leaves one audit row, with the reason; sessions end by `own_sessions.end_sessions`.
"""

from datetime import datetime

from allauth.mfa.models import Authenticator

from npq_portal.accounts.models import Session, User
from npq_portal.audit.recording import record
from npq_portal.verbs import Refused, verb


class NotOneself(Refused):
    def __init__(self) -> None:
        super().__init__("Nobody closes their own account: ask a colleague.")


@verb
def disable(*, member: User, by: User, reason: str, now: datetime) -> None:
    """They are signed out everywhere and cannot sign in. One that is closed already stays as it is."""
    if member.pk == by.pk:
        raise NotOneself
    if User.objects.filter(pk=member.pk, is_active=True).update(is_active=False):
        Session.objects.about(user=member.pk, address=member.email).delete()
        record(action="accounts.disabled", subject=member, by=by, now=now, note=reason)


@verb
def enable(*, member: User, by: User, now: datetime, reason: str = "") -> None:
    """They can sign in as before, and have 90 days to do so. An erased one stays closed, and a merged one."""
    closed = User.objects.filter(pk=member.pk, is_active=False, erased_at=None, merged_into=None)
    if closed.update(is_active=True, dormant_at=None, enabled_at=now):
        record(action="accounts.enabled", subject=member, by=by, now=now, note=reason)


@verb
def reset_second_step(*, member: User, by: User, reason: str, now: datetime) -> None:
    """For who has lost a phone or key. They are signed out, and set up a new one when they next sign in."""
    Authenticator.objects.filter(user=member).delete()
    Session.objects.about(user=member.pk, address=member.email).delete()
    record(action="accounts.second_step_removed", subject=member, by=by, now=now, note=reason)
