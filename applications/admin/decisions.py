"""The small pages on which a decision is made: asked once, confirmed by a POST, told kindly when somebody was first."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from applications import actions
from applications.access import can, role_of
from applications.actions.errors import AlreadyDone, Refused
from applications.admin.forms import AcceptForm, NoteForm, RejectForm
from applications.models import Application
from applications.queries import places_of
from applications.states import Action, NotAllowed, Role
from funding.rules.vocabulary import Outcome
from npq_portal.accounts.models import User
from npq_portal.accounts.requests import person
from npq_portal.staff.admin import ScopedModelAdmin


def decides(user: User, application: Application) -> bool:
    return role_of(user, application) in (Role.PROVIDER, Role.PORTAL)


def accept(site: ScopedModelAdmin, request: HttpRequest, application: Application) -> HttpResponse:
    if not can(person(request), Action.ACCEPT, application):
        return _too_late(request, application)
    places = places_of(application)
    may_fund = application.funding_outcome == Outcome.FUNDED and places is not None and places.left > 0
    form = AcceptForm(request.POST or None, with_places=may_fund)
    if request.method != "POST" or not form.is_valid():
        return _page(site, request, application, "accept", form, places=places, may_fund=may_fund)
    try:
        actions.accept(
            application=application,
            funded_place=form.cleaned_data["place"] == "funded",
            by=person(request),
            now=timezone.now(),
        )
    except (Refused, NotAllowed) as refusal:
        return _refused(request, application, refusal)
    messages.success(request, f"{application.full_name} is accepted. We have told them by e-mail.")
    return _back(application)


def reject(site: ScopedModelAdmin, request: HttpRequest, application: Application) -> HttpResponse:
    if not can(person(request), Action.REJECT, application):
        return _too_late(request, application)
    form = RejectForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _page(site, request, application, "reject", form)
    try:
        actions.reject(
            application=application,
            reason=form.cleaned_data["reason"],
            by=person(request),
            now=timezone.now(),
        )
    except (Refused, NotAllowed) as refusal:
        return _refused(request, application, refusal)
    messages.success(
        request, f"{application.full_name} is not accepted. We have told them by e-mail, with the reason."
    )
    return _back(application)


def note(site: ScopedModelAdmin, request: HttpRequest, application: Application) -> HttpResponse:
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    form = NoteForm(request.POST)
    if form.is_valid():
        actions.note(
            application=application,
            text=form.cleaned_data["text"],
            by=person(request),
            now=timezone.now(),
        )
        messages.success(request, "Your note is saved.")
    else:
        messages.warning(request, str(next(iter(form.errors.values()))[0]))
    return _back(application)


def _page(
    site: ScopedModelAdmin,
    request: HttpRequest,
    application: Application,
    verb: str,
    form: forms.Form,
    **more: Any,
) -> HttpResponse:
    title = "Accept this application?" if verb == "accept" else "Do not accept this application?"
    context = {
        **site.admin_site.each_context(request),
        "opts": site.opts,
        "title": title,
        "application": application,
        "form": form,
        **more,
    }
    return TemplateResponse(request, f"admin/applications/{verb}.html", context)


def _too_late(request: HttpRequest, application: Application) -> HttpResponse:
    messages.warning(
        request, f"This application is “{application.status.label}”, so that cannot be done to it now."
    )
    return _back(application)


def _refused(request: HttpRequest, application: Application, refusal: Exception) -> HttpResponse:
    """Someone else was first, or no place is left: say which, on the page that shows how things stand now."""
    told = AlreadyDone() if isinstance(refusal, NotAllowed) else refusal
    messages.warning(request, str(told))
    return _back(application)


def _back(application: Application) -> HttpResponse:
    return redirect(reverse("admin:applications_application_change", args=[application.pk]))
