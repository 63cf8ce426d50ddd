"""Accepting an invitation to work here. Following the link changes nothing: mail scanners do."""

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from catalogue.actions import members
from catalogue.models import Invitation
from npq_portal.accounts import codes
from npq_portal.accounts.forms import NameForm
from npq_portal.accounts.limits import client_address
from npq_portal.accounts.models import User
from npq_portal.accounts.requests import person
from npq_portal.accounts.views import PENDING, too_many_tries


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """The same for everybody who has the link, whether or not the address has an account: that is proven first."""
    found = Invitation.objects.of_link(token)
    if title := _over(found):
        told = {"invitation": found, "title": title}
        return render(request, "catalogue/invitation_over.html", told, status=200 if found else 404)
    assert found is not None  # noqa: S101 - `_over` has said so
    proven = isinstance(request.user, User) and request.user.email == found.email
    if request.method == "POST":
        return _accepted(request, found) if proven else _code_sent(request, found)
    return _page(
        request, found, NameForm() if proven and not person(request).full_name else None, proven=proven
    )


def _page(
    request: HttpRequest, found: Invitation, form: NameForm | None, *, proven: bool = True
) -> HttpResponse:
    """`form` asks for the name of who has given none."""
    told = {"invitation": found, "proven": proven, "form": form}
    return render(request, "catalogue/invitation.html", told)


def _over(found: Invitation | None) -> str:
    """Why there is nothing to accept, as the page's title; empty where there is."""
    if found is None:
        return "This link does not work"
    if found.accepted_at:
        return "This invitation was accepted"
    if found.withdrawn_at:
        return "This invitation was withdrawn"
    if found.giver_has_left:
        return "This invitation works no more"
    return "This invitation has run out" if found.has_run_out_at(timezone.now()) else ""


def _accepted(request: HttpRequest, found: Invitation) -> HttpResponse:
    member = person(request)
    form = None if member.full_name else NameForm(request.POST)
    if form and not form.is_valid():
        return _page(request, found, form)
    name = form.cleaned_data["full_name"] if form else ""
    try:
        members.accept(invitation=found, by=member, now=timezone.now(), name=name)
    except members.LinkOver:
        return redirect(request.path)
    messages.success(request, f"You work for {found.organisation} here from now on.")
    return redirect("admin:index" if member.has_usable_password() else "account_set_password")


def _code_sent(request: HttpRequest, found: Invitation) -> HttpResponse:
    """To the invited address, whatever was typed: the link alone, which may be passed on, signs nobody in."""
    if request.user.is_authenticated:
        get_adapter().logout(request)
    try:
        pk = codes.send(email=found.email, address=client_address(request), now=timezone.now())
    except codes.TooManyTriesError:
        return too_many_tries(request)
    request.session[PENDING] = {"code": str(pk), "email": found.email, "next": request.path}
    return redirect("sign_in_code")
