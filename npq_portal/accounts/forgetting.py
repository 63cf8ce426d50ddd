"""What erasing a person does to their account, and to what signing in has left behind.

The row stays, since history points at it, and says nothing about anybody any more; the address is free again.
"""

from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import LogEntry
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.models import Session

from npq_portal.accounts.models import ERASED, ERASED_ADDRESS, SignInCode, User


def forget(*, person: User, now: datetime) -> None:
    """Empty the account, close it, and end every session and sign-in code of its address. In the caller's transaction.

    Counts of failed sign-ins stay: they know an address by its hash, and are deleted two days later. The time it takes
    grows with the number of sessions that are open, of everybody: about a second for 20,000.
    """
    address = person.email
    SignInCode.objects.filter(email__iexact=address).delete()
    EmailAddress.objects.filter(user=person).delete()
    Authenticator.objects.filter(user=person).delete()
    LogEntry.objects.filter(object_id=str(person.pk)).delete()
    _end_sessions(person, address)
    User.objects.filter(pk=person.pk).update(
        email=f"{person.pk}{ERASED_ADDRESS}",
        password=make_password(None),
        full_name=ERASED,
        trn="",
        trn_verified=False,
        date_of_birth=None,
        is_active=False,
        last_login=None,
        erased_at=now,
    )


def _end_sessions(person: User, address: str) -> None:
    """The person's own, and those that wait for a code sent to the address: a session can be read, not searched."""
    ended = [
        session.pk
        for session in Session.objects.iterator(chunk_size=2_000)
        if _mentions(session.get_decoded(), (str(person.pk), address))
    ]
    Session.objects.filter(pk__in=ended).delete()


def _mentions(data: object, words: tuple[str, ...]) -> bool:
    if isinstance(data, dict):
        return any(_mentions(value, words) for value in data.values())
    if isinstance(data, list):
        return any(_mentions(value, words) for value in data)
    return isinstance(data, str) and data.lower() in words
