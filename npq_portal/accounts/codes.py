"""Sign-in by emailed code: made without looking at who is known, proven once, in the browser that asked."""

import hashlib
import hmac
import secrets
import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F

from npq_portal.accounts import limits
from npq_portal.accounts.models import SignInCode
from npq_portal.mail import outbox

GOOD_FOR = timedelta(minutes=15)
DIGITS = 6
# For one e-mail address, and for one client address (design: quality figures, 22).
REQUESTS, REQUEST_WINDOW = 10, timedelta(minutes=5)
WRONG_TRIES, LOCKED_FOR = 10, timedelta(minutes=15)


class TooManyTriesError(Exception):
    """Too many codes asked for or tried. Known and unknown addresses are told alike."""


@transaction.atomic
def send(*, email: str, address: str, now: datetime) -> uuid.UUID:
    """Mail a new code to `email` and return its id, which the asking browser keeps.

    Nobody is looked up and nobody is made: an unknown address is answered in the same words and the same
    time. Raises TooManyTriesError.
    """
    _refuse_if_locked(email, address, now)
    asked = [
        limits.hit(name="sign-in code asked", key=key, limit=REQUESTS, window=REQUEST_WINDOW, now=now)
        for key in (email, address)
    ]
    if not all(asked):
        raise TooManyTriesError
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    row = SignInCode(email=email, expires_at=now + GOOD_FOR)
    row.digest = _digest(row.pk, code)
    row.save()
    outbox.queue(
        template="sign_in_code",
        to=email,
        context={"code": code, "minutes": int(GOOD_FOR.total_seconds() // 60)},
        dedupe_key=f"accounts.sign_in_code:{row.pk}",
        now=now,
        sensitive=True,
    )
    return row.pk


def prove(*, pk: uuid.UUID, code: str, address: str, now: datetime) -> str | None:
    """The e-mail address that `code` proves, or None when the code is wrong, old or used.

    A right code is gone afterwards: of two that use it at once, one succeeds. Raises TooManyTriesError, from
    then on for the right code too.
    """
    row = SignInCode.objects.filter(pk=pk, expires_at__gt=now).first()
    if row is None:
        _count_wrong_try(address, now)
        return None
    _refuse_if_locked(row.email, address, now)
    if row.wrong_tries < WRONG_TRIES and hmac.compare_digest(row.digest, _digest(pk, code)):
        used, _ = SignInCode.objects.filter(pk=pk, wrong_tries__lt=WRONG_TRIES).delete()
        return row.email if used else None
    SignInCode.objects.filter(pk=pk).update(wrong_tries=F("wrong_tries") + 1)
    _count_wrong_try(row.email, now)
    _count_wrong_try(address, now)
    return None


def forget(pk: uuid.UUID) -> None:
    """End a code that its browser no longer wants."""
    SignInCode.objects.filter(pk=pk).delete()


def _digest(pk: uuid.UUID, code: str) -> str:
    key = f"sign-in code {settings.SECRET_KEY}".encode()
    return hmac.new(key, f"{pk}:{code}".encode(), hashlib.sha256).hexdigest()


def _count_wrong_try(key: str, now: datetime) -> None:
    limits.hit(name="sign-in code wrong", key=key, limit=WRONG_TRIES, window=LOCKED_FOR, now=now)


def _refuse_if_locked(email: str, address: str, now: datetime) -> None:
    for key in (email, address):
        if limits.reached(name="sign-in code wrong", key=key, limit=WRONG_TRIES, window=LOCKED_FOR, now=now):
            raise TooManyTriesError
