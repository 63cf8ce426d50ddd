"""Staff accounts that nobody uses are closed 90 days after the last sign-in, with a mail 14 and 3 days before.

What closes is being staff: who is an applicant too goes on signing in as one.
"""

from datetime import datetime, timedelta

from django.db.models import F, QuerySet
from django.db.models.functions import Greatest
from django.utils import timezone

from npq_portal.accounts.models import Session, User
from npq_portal.accounts.staff_accounts import colleagues_in_portal
from npq_portal.audit.recording import record
from npq_portal.mail import outbox
from npq_portal.verbs import verb

DORMANT_AFTER = timedelta(days=90)
FIRST_NOTICE, LAST_NOTICE = timedelta(days=14), timedelta(days=3)


def see_to_dormant(*, now: datetime) -> int:
    """Tell and close whoever is due at `now`, however often it is called. How many were closed.

    Nobody is closed who was not told 3 days before, whenever this last ran; nor the last of portal staff.
    """
    staff = User.objects.filter(is_staff=True, is_active=True)
    # Postgres leaves out what is empty: who never signed in counts from the day they were let in.
    idle = staff.annotate(idle_since=Greatest(F("last_login"), F("enabled_at"), F("date_joined")))
    due = idle.filter(idle_since__lte=now - DORMANT_AFTER + FIRST_NOTICE)
    return sum(_see_to(member=member, idle_since=member.idle_since, now=now) for member in due.order_by("pk"))


@verb
def _see_to(*, member: User, idle_since: datetime, now: datetime) -> bool:
    told = member.dormancy_told_at
    if told is None or told < idle_since:
        last = now >= idle_since + DORMANT_AFTER - LAST_NOTICE
        if last and not _as_read(member).update(dormancy_told_at=now):
            return False
        closes = max(idle_since + DORMANT_AFTER, now + LAST_NOTICE)
        _tell(member, closes, f"{idle_since:%Y%m%d}:{'last' if last else 'first'}", now)
        return False
    if now < max(idle_since + DORMANT_AFTER, told + LAST_NOTICE) or _is_last_of_portal_staff(member):
        return False
    if not _as_read(member).update(is_staff=False, dormant_at=now):
        return False
    Session.objects.about(user=member.pk, address=member.email).delete()
    record(action="accounts.disabled_as_dormant", subject=member, by=None, now=now)
    return True


def _as_read(member: User) -> QuerySet[User]:
    """The row, unless they have signed in since, or somebody has opened or closed it."""
    return User.objects.filter(
        pk=member.pk,
        is_active=True,
        is_staff=True,
        last_login=member.last_login,
        enabled_at=member.enabled_at,
    )


def _is_last_of_portal_staff(member: User) -> bool:
    return member.sees_everything and not colleagues_in_portal(member).exists()


def _tell(member: User, closes: datetime, which: str, now: datetime) -> None:
    outbox.queue(
        template="dormant_account",
        to=member.email,
        context={"closes_on": timezone.localdate(closes)},
        dedupe_key=f"accounts.dormant:{member.pk}:{which}",
        about=member,
        now=now,
    )
