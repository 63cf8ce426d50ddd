"""What erasing a person does to their account, and to what signing in has left behind.

The row stays, since history points at it, and says nothing about anybody any more; the address is free again.
"""

from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import LogEntry
from django.contrib.auth.hashers import make_password

from npq_portal.accounts.models import ERASED, ERASED_ADDRESS, Session, SignInCode, User


def forget(*, person: User, now: datetime) -> None:
    """Empty the account, close it, and end every session and sign-in code of its address. In the caller's transaction.

    The sessions are the person's own, and those in which a code or a second step for the address is waited for, in
    whatever browser. Counts of failed sign-ins stay: they know an address by its hash, and are deleted two days later.
    """
    address = person.email
    SignInCode.objects.filter(email__iexact=address).delete()
    EmailAddress.objects.filter(user=person).delete()
    Authenticator.objects.filter(user=person).delete()
    LogEntry.objects.filter(object_id=str(person.pk)).delete()
    Session.objects.about(user=person.pk, address=address).delete()
    User.objects.filter(pk=person.pk).update(
        email=f"{person.pk}{ERASED_ADDRESS}",
        password=make_password(None),
        full_name=ERASED,
        trn="",
        trn_verified=False,
        date_of_birth=None,
        is_active=False,
        last_login=None,
        merged_into=None,
        erased_at=now,
    )
