"""Staff prove two factors and do not stay signed in for long; nothing shown to a signed-in person is kept by caches."""

from collections.abc import Callable
from datetime import timedelta

from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from npq_portal.accounts.sessions import STAFF_IDLE, STAFF_LONGEST

GetResponse = Callable[[HttpRequest], HttpResponse]
# How precisely idle time is kept: every request would else write the session.
IDLE_STEP = timedelta(minutes=1)


def staff_sessions(get_response: GetResponse) -> GetResponse:
    """End a staff session 30 minutes after its last page, and 12 hours after it began."""

    def middleware(request: HttpRequest) -> HttpResponse:
        # Without the cookie nobody is signed in, and the database need not be asked.
        if settings.SESSION_COOKIE_NAME in request.COOKIES and getattr(request.user, "is_staff", False):
            _end_or_prolong(request)
        return get_response(request)

    return middleware


def _end_or_prolong(request: HttpRequest) -> None:
    now = timezone.now().timestamp()
    since = request.session.setdefault("signed_in_at", now)
    seen = request.session.setdefault("seen_at", now)
    if now - seen > STAFF_IDLE.total_seconds() or now - since > STAFF_LONGEST.total_seconds():
        logout(request)
    elif now - seen > IDLE_STEP.total_seconds():
        request.session["seen_at"] = now


def second_factor(get_response: GetResponse) -> GetResponse:
    """Nobody passes into the admin without having proven a second factor in this session, however they signed in."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(reverse("admin:index")) or not getattr(
            request.user, "is_staff", False
        ):
            return get_response(request)
        if any(proof["method"] == "mfa" for proof in get_authentication_records(request, request.user)):
            return get_response(request)
        page = "mfa_reauthenticate" if is_mfa_enabled(request.user) else "mfa_activate_totp"
        return redirect(f"{reverse(page)}?{urlencode({'next': request.get_full_path()})}")

    return middleware


def no_store(get_response: GetResponse) -> GetResponse:
    """Pages made for a signed-in person are kept neither by caches nor by the back button after signing out."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        # A page that never looked at the session cannot hold anything personal.
        if request.session.accessed and request.user.is_authenticated:
            response["Cache-Control"] = "no-store, private"
        return response

    return middleware
