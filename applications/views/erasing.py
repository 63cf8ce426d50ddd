"""Erasing all that is held about oneself: what goes and what stays is said first, and it is asked for on purpose."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from applications import actions
from applications.actions.errors import Refused
from applications.forms import EraseForm
from applications.models import Application
from applications.queries import in_training
from applications.states import LIVE, State
from applications.views.own import SignedInRequest, signed_in
from npq_portal.accounts.requests import proved_at

# An open browser is not enough: whoever erases has just shown that they read the person's mail.
RECENT = timedelta(minutes=15)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: SignedInRequest) -> HttpResponse:
    now = timezone.now()
    recent = proved_at(request) > now - RECENT
    form = EraseForm(request.POST if request.method == "POST" and recent else None)
    if form.is_valid():
        try:
            actions.erase(person=request.user, by=request.user, now=now)
        except Refused as refusal:
            messages.warning(request, str(refusal))
            return redirect("applications:erase")
        logout(request)
        return redirect("applications:erased")
    held = Application.objects.held_by(request.user).with_names().without_decisions()
    mine = [application.as_told(now) for application in held]
    context = {
        "form": form,
        "recent": recent,
        "training": [application for application in mine if in_training(application)],
        "live": [application for application in mine if application.status in LIVE],
        "kept": [application for application in mine if application.status is not State.DRAFT],
        "drafts": any(application.status is State.DRAFT for application in mine),
    }
    return render(request, "applications/erase.html", context)


@require_safe
def erased(request: HttpRequest) -> HttpResponse:
    return render(request, "applications/erased.html")
