"""People for tests, and signing them in as the portal itself would leave them: staff with a proven second step."""

import time

import factory
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import update_last_login
from django.test import Client

from npq_portal.accounts.models import User
from npq_portal.accounts.sessions import SessionStore

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
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
    methods = [{"method": "code", "at": (now := time.time())}]
    if user.is_staff:
        methods.append({"method": "mfa", "at": now, "type": "totp"})
    session = _session_of(client, user)
    session["signed_in_at"] = now
    session[AUTHENTICATION_METHODS_SESSION_KEY] = methods
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    return client


def _session_of(client: Client, user: User) -> SessionStore:
    """What signing in leaves. One that is there already goes Django's own way; a new one is written once, where that
    would write it four times: a sixtieth of the time of all tests.
    """
    if settings.SESSION_COOKIE_NAME in client.cookies:
        client.force_login(user, backend=BACKEND)
        return client.session
    update_last_login(User, user)
    user.backend = BACKEND
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = BACKEND
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    return session
