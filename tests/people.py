"""People for tests, and signing them in as the portal itself would leave them: staff with a proven second step."""

import time

import factory
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.test import Client

from npq_portal.accounts.models import User

PASSWORD = "four-random-test-words"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User

    email = factory.Sequence(lambda number: f"person{number}@example.test")
    full_name = factory.Faker("name")


class StaffFactory(UserFactory):
    """May sign in to the admin; what they see there depends on their memberships."""

    is_staff = True


class PortalStaffFactory(StaffFactory):
    is_portal_staff = True


def with_second_step(user: User) -> User:
    if not Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists():
        TOTP.activate(user, SECRET)
    return user


def app_code(step: int = 0, secret: str = SECRET) -> str:
    """What the authenticator app shows now, or `step` half-minutes later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + step))


def sign_in(client: Client, user: User) -> Client:
    """Signed in; staff have passed the second step too."""
    if user.is_staff:
        with_second_step(user)
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    now = time.time()
    session["signed_in_at"] = now
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "code", "at": now}]
    if user.is_staff:
        session[AUTHENTICATION_METHODS_SESSION_KEY].append({"method": "mfa", "at": now, "type": "totp"})
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    return client
