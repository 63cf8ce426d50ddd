"""Signing in by emailed code, and signing out. Passwords and second factors are django-allauth's (urls.py)."""

import uuid

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from npq_portal.accounts import codes
from npq_portal.accounts.forms import CodeForm, EmailForm
from npq_portal.accounts.limits import client_address
from npq_portal.accounts.models import User
from npq_portal.accounts.own_sessions import end_sessions, open_sessions
from npq_portal.accounts.requests import person

# What the asking browser keeps in its session until the code is proven.
PENDING = "sign_in"


def internal(request: HttpRequest, address: str | None) -> str:
    """`address` if it is a page of this site, else the page after signing in."""
    allowed = url_has_allowed_host_and_scheme(
        address or "", allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return address if address and allowed else resolve_url(settings.LOGIN_REDIRECT_URL)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    then = internal(request, request.POST.get("next") or request.GET.get("next"))
    if request.user.is_authenticated:
        return redirect(then)
    form = EmailForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "accounts/sign_in.html", {"form": form, "next": then})
    try:
        pk = codes.send(email=form.cleaned_data["email"], address=client_address(request), now=timezone.now())
    except codes.TooManyTriesError:
        return too_many_tries(request)
    _forget_pending(request)
    request.session[PENDING] = {"code": str(pk), "email": form.cleaned_data["email"], "next": then}
    return redirect("sign_in_code")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_code(request: HttpRequest) -> HttpResponse:
    pending = request.session.get(PENDING)
    if request.user.is_authenticated or not pending:
        return redirect("sign_in")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            email = codes.prove(
                pk=uuid.UUID(pending["code"]),
                code=form.cleaned_data["code"],
                address=client_address(request),
                now=timezone.now(),
            )
        except codes.TooManyTriesError:
            return too_many_tries(request)
        if email:
            return _signed_in(request, email, then=pending["next"])
        form.add_error(
            "code", "That code does not match, or is more than 15 minutes old. Check it, or ask for another"
        )
    return render(request, "accounts/sign_in_code.html", {"form": form, **pending})


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    get_adapter().logout(request)
    return redirect("signed_out")


@require_POST
def sign_in_again(request: HttpRequest) -> HttpResponse:
    """Signed out, and back to the page in `next` once a new code has been proven."""
    then = internal(request, request.POST.get("next"))
    get_adapter().logout(request)
    return redirect_to_login(then, resolve_url("sign_in"))


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def own_sessions(request: HttpRequest) -> HttpResponse:
    """Where one is signed in, and ending it there. The session of this browser ends by signing out."""
    user, now, this = person(request), timezone.now(), request.session.session_key or ""
    if request.method == "POST":
        ended = end_sessions(user=user, this=this, only=request.POST.get("session", ""), by=user, now=now)
        messages.success(request, f"Ended {ended} other session{'' if ended == 1 else 's'}.")
        return redirect("own_sessions")
    return render(request, "accounts/sessions.html", {"sessions": open_sessions(user, this, now)})


@require_safe
def signed_out(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/signed_out.html")


@require_safe
def sign_in_merged(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/sign_in_merged.html")


def _signed_in(request: HttpRequest, email: str, then: str) -> HttpResponse:
    """allauth takes it from here: it asks for the second factor first, if the person has one."""
    request.session.pop(PENDING, None)
    user = User.objects.of_email(email)
    record_authentication(request, user, method="code", email=email)
    return perform_login(request, user, redirect_url=then, email=email)


def _forget_pending(request: HttpRequest) -> None:
    if pending := request.session.pop(PENDING, None):
        codes.forget(uuid.UUID(pending["code"]))


def too_many_tries(request: HttpRequest, *args: object) -> HttpResponse:
    """Also django-axes' answer to a locked password (settings: AXES_LOCKOUT_CALLABLE)."""
    until = timezone.now() + codes.LOCKED_FOR
    return render(request, "accounts/too_many_tries.html", {"until": until}, status=429)
