"""How django-allauth does things here: mail through the outbox, our words, audit rows, secrets encrypted at rest."""

import base64
import hashlib
import uuid
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from npq_portal.accounts.limits import client_address
from npq_portal.accounts.models import User
from npq_portal.accounts.own_sessions import browser_of
from npq_portal.audit.recording import record
from npq_portal.mail import outbox

# allauth's notices about an account, by the name of its own template.
NOTICES = {
    "account/email/password_changed": "The password of your account was changed.",
    "account/email/password_set": "A password was set for your account.",
    "mfa/email/totp_activated": "An authenticator app was set up as your second step at sign-in.",
    "mfa/email/totp_deactivated": "The authenticator app was removed from your account.",
    "mfa/email/recovery_codes_generated": "New recovery codes were made for your account.",
    "mfa/email/webauthn_added": "A passkey was added to your account.",
    "mfa/email/webauthn_removed": "A passkey was removed from your account.",
}
# What the next page says, by the name of allauth's own template; of anything else it says nothing.
MESSAGES = {
    "account/messages/password_changed.txt": "Your password is changed.",
    "account/messages/password_set.txt": "Your password is set.",
    "mfa/messages/totp_activated.txt": "Your authenticator app is set up.",
    "mfa/messages/totp_deactivated.txt": "Your authenticator app is removed.",
    "mfa/messages/recovery_codes_generated.txt": "New recovery codes are made.",
    "mfa/messages/webauthn_added.txt": "Your passkey is added.",
    "mfa/messages/webauthn_removed.txt": "Your passkey is removed.",
}


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "Check your e-mail address and your password, then try again",
        "incorrect_password": "Check your password, then try again",
        "enter_current_password": "Enter the password that you use now",
        "incorrect_code": "Enter the code that your authenticator app shows now, or a recovery code",
        "too_many_login_attempts": "There were too many tries. Wait 15 minutes, then try again",
        "rate_limited": "There were too many tries. Wait 15 minutes, then try again",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made by proving an e-mail address (views.sign_in_code), never by allauth's own form."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request)

    def login(self, request: HttpRequest, user: User) -> None:
        """The last step, when every factor is proven. The session gets a new key; the row says who came in."""
        with transaction.atomic():
            # Who is erased at this moment does not come in.
            if not User.objects.select_for_update(no_key=True).filter(pk=user.pk, is_active=True).exists():
                raise ImmediateHttpResponse(redirect("sign_in"))
            super().login(request, user)
            now = timezone.now()
            request.session["signed_in_at"] = now.timestamp()
            request.session["browser"] = browser_of(request.headers.get("User-Agent", ""))
            record(action="accounts.signed_in", subject=user, by=user, now=now)

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        """Who has proven an address that was merged into another account of theirs is told so."""
        return redirect("sign_in_merged" if user.merged_into_id else "account_inactive")

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Where to, when no page was asked for."""
        if request.user.is_staff:
            return reverse("admin:index")
        return super().get_login_redirect_url(request)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Who signed in five minutes ago or less is not asked again before a change to their sign-in security."""
        signed_in_at = self.request.session.get("signed_in_at", 0)
        if timezone.now().timestamp() - signed_in_at < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT:
            return False
        return super().is_reauthentication_required(app=app, **kwargs)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("mfa_index")

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        if text := message or MESSAGES.get(message_template or ""):
            messages.add_message(request, level, text, extra_tags)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Only notices about the account: a kind that is not listed is a mistake in our settings, and fails."""
        outbox.queue(
            template="account_notice",
            to=email,
            context={"notice": NOTICES[template_prefix]},
            dedupe_key=f"accounts.notice:{uuid.uuid4()}",
            now=timezone.now(),
        )


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "Enter the code that your authenticator app shows now, or a recovery code"
    }

    def encrypt(self, text: str) -> str:
        """A stolen copy of the database is not enough to make codes: the key comes from PORTAL_SECRET_KEY."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()


def _cipher() -> MultiFernet:
    """Encrypts with the newest key and still reads the older ones (SECRET_KEY_FALLBACKS)."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [hashlib.sha256(b"second factor " + key.encode()).digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
