"""Being told once when registration opens: asked for, confirmed by whoever reads the mail, told, stopped, forgotten.

Nobody signs these: who asks has no account, and what is written is nobody's decision, so there are no audit rows.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from applications.actions.errors import TooManyAsked
from applications.journey.offered import choices_on
from applications.models import Interest
from applications.models.interest import CONFIRM_WITHIN
from npq_portal.accounts import limits
from npq_portal.addresses import absolute
from npq_portal.mail import outbox

# So often for one e-mail address, and for one client address: a school's machines may share theirs.
IN_AN_HOUR, IN_A_DAY = timedelta(hours=1), timedelta(days=1)
ASKED_BY_EMAIL = {IN_AN_HOUR: 3, IN_A_DAY: 5}
ASKED_BY_ADDRESS = {IN_AN_HOUR: 20, IN_A_DAY: 100}
# Asking again sooner, with a double click for one, makes no second mail.
AGAIN_AFTER = timedelta(minutes=10)


@transaction.atomic
def ask_to_be_told(*, email: str, address: str, now: datetime) -> None:
    """Mail `email` a link that confirms it; or, where it is confirmed, that it is on the list.

    Nothing that happens tells whoever asks whether the address was known. Raises TooManyAsked; `address` is the
    client's.
    """
    email = email.lower()
    if not (_may_ask(email, ASKED_BY_EMAIL, now) and _may_ask(address, ASKED_BY_ADDRESS, now)):
        raise TooManyAsked
    made = Interest.objects.get_or_create(email=email, defaults={"asked_at": now})[1]
    interest = Interest.objects.select_for_update().get(email=email)
    if not made and interest.asked_at + AGAIN_AFTER > now:
        return
    if interest.confirmed_at is None:
        interest.asked_at = now
        interest.save()
    outbox.queue(
        template="applications/interest_is_on" if interest.confirmed_at else "applications/interest_confirm",
        to=interest.email,
        context={"interest": interest, "confirm_by": now + CONFIRM_WITHIN},
        dedupe_key=f"applications.interest_asked:{interest.pk}:{now.isoformat()}",
        about=interest,
        now=now,
        unsubscribe=absolute(interest.stop_path) if interest.confirmed_at else "",
        # Staff read the outbox, and nobody reads who is on the list.
        sensitive=True,
        forget_address=True,
    )


def _may_ask(key: str, allowed: dict[timedelta, int], now: datetime) -> bool:
    return limits.within(name="interest asked", key=key, allowed=allowed, now=now)


def confirm_interest(*, interest: Interest, now: datetime) -> bool:
    """Whether its link put it on the list now. Of two who follow it at once, or one who does twice, one does."""
    asked = Interest.objects.filter(
        pk=interest.pk, confirmed_at__isnull=True, asked_at__gt=now - CONFIRM_WITHIN
    )
    return asked.update(confirmed_at=now) == 1


def stop_interest(*, interest: Interest) -> None:
    """Nothing of it is left, and no mail follows."""
    interest.delete()


def tell_of_opening(*, now: datetime) -> int:
    """Mail everybody on the list once, if anybody may register now, and forget them. How many were mailed.

    While nobody may, nothing happens.
    """
    terms = list(choices_on(timezone.localdate(now)).terms.values())
    if not terms:
        return 0
    return sum(
        _tell(interest, terms, now) for interest in Interest.objects.confirmed().iterator(chunk_size=500)
    )


@transaction.atomic
def _tell(interest: Interest, terms: list[str], now: datetime) -> bool:
    """Whether it was mailed: not where somebody has stopped it, or told it, since it was read.

    The row goes and the mail is written together or not at all, so whatever ends the task tells nobody twice and
    forgets nobody.
    """
    if Interest.objects.filter(pk=interest.pk).delete()[0] == 0:
        return False
    outbox.queue(
        template="applications/interest_opened",
        to=interest.email,
        context={"terms": terms},
        dedupe_key=f"applications.interest_opened:{interest.pk}",
        about=interest,
        now=now,
        forget_address=True,
    )
    return True
