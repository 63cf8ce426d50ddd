"""Portal staff change a record's term, NPQ or lead provider: chosen, then looked at, then confirmed."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from applications import actions
from applications.access import can, role_of
from applications.actions.errors import AlreadyDone, NotTold, Refused
from applications.actions.record_change import Change
from applications.admin.deciding import back, refused
from applications.admin.decisions import stands
from applications.admin.record_form import RecordForm
from applications.models import Application
from applications.states import Action, NotAllowed, Role
from funding.rules.vocabulary import Outcome
from funding.rules.words import OUTCOMES
from npq_portal.accounts.models import User
from npq_portal.accounts.requests import person
from npq_portal.staff.admin import ScopedModelAdmin

ADDRESS = "applications_application_change_record"


def may_change(user: User, application: Application) -> bool:
    return user.sees_everything and can(user, Action.CHANGE_RECORD, application)


def change(site: ScopedModelAdmin, request: HttpRequest, application: Application) -> HttpResponse:
    """A POST shows what follows; one from that page, which has `confirm`, does it if that is what follows still."""
    user = person(request)
    if role_of(user, application) is not Role.PORTAL:
        raise PermissionDenied
    if not may_change(user, application):
        told = f"This application is “{application.status.label}”, so its record stays as it is."
        messages.warning(request, told)
        return back(application)
    if application.can_be_undone(timezone.now()):
        return refused(request, application, NotTold())
    if request.POST.get("seen", stands(application)) != stands(application):
        return refused(request, application, AlreadyDone())
    form = RecordForm(request.POST if request.method == "POST" else None, application=application)
    looked_at = form.change if form.is_valid() else None
    if looked_at is None or "again" in request.POST:
        return _page(site, request, "change_record", application, form=form)
    if request.POST.get("confirm") != looked_at.outcome:
        return _page(site, request, "change_record_preview", application, form=form, **_told(looked_at))
    return _change(request, application, form, user)


def _change(request: HttpRequest, application: Application, form: RecordForm, user: User) -> HttpResponse:
    given = form.cleaned_data
    try:
        actions.change_record(
            application=application,
            offer=given["offer"],
            reason=given["reason"],
            payer=given["payer"],
            by=user,
            now=timezone.now(),
        )
    except (Refused, NotAllowed) as refusal:
        return refused(request, application, refusal)
    messages.success(
        request, "The record is changed. We have told the applicant and the providers by e-mail."
    )
    return back(application)


def _told(change: Change) -> dict[str, Any]:
    old = change.application
    return {
        "change": change,
        "decided": {"funding_decision": change.funding and change.funding.decision},
        "outcome": OUTCOMES[Outcome(change.outcome)].title,
        "lists": [(each.name, each) for each in change.funding.evidence] if change.funding else [],
        "was": OUTCOMES[Outcome(old.funding_outcome)].title,
        "rows": [
            (label, before, after)
            for label, before, after in (
                ("Start", old.term, change.offer.term),
                ("NPQ", old.qualification, change.offer.qualification),
                ("Lead provider", old.provider, change.offer.provider),
            )
            if before != after
        ],
    }


def _page(
    site: ScopedModelAdmin,
    request: HttpRequest,
    template: str,
    application: Application,
    *,
    form: forms.Form,
    **context: Any,
) -> HttpResponse:
    title = "What follows from the change" if context else "Change term, NPQ or lead provider"
    context |= {
        **site.admin_site.each_context(request),
        "opts": site.opts,
        "title": title,
        "application": application,
        "seen": stands(application),
        "form": form,
    }
    return TemplateResponse(request, f"admin/applications/{template}.html", context)
