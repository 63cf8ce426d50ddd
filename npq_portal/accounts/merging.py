"""What merging two accounts of one person does to the accounts themselves, and to what signing in has left behind.

The one that is closed keeps its address and nothing else, so that who signs in with it is told where to go instead of
beginning again in an empty account.
"""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password

from npq_portal.accounts.models import Session, SignInCode, User


def close_into(*, closed: User, kept: User) -> None:
    """Close `closed`, end every session and code of its address, and give `kept` what it did not know of the person.

    In the transaction of the caller, who holds both rows. What was merged into `closed` before belongs to `kept` too.
    """
    SignInCode.objects.filter(email__iexact=closed.email).delete()
    EmailAddress.objects.filter(user=closed).delete()
    Authenticator.objects.filter(user=closed).delete()
    closed.groups.clear()
    closed.user_permissions.clear()
    Session.objects.about(user=closed.pk, address=closed.email).delete()
    User.objects.filter(merged_into=closed).update(merged_into=kept)
    User.objects.filter(pk=closed.pk).update(
        password=make_password(None),
        full_name="",
        trn="",
        trn_verified=False,
        date_of_birth=None,
        is_active=False,
        merged_into=kept,
    )
    number = closed if closed.trn and (closed.trn_verified > kept.trn_verified or not kept.trn) else kept
    User.objects.filter(pk=kept.pk).update(
        full_name=kept.full_name or closed.full_name,
        trn=number.trn,
        trn_verified=number.trn_verified,
        date_of_birth=kept.date_of_birth or closed.date_of_birth,
    )
