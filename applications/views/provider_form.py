"""The provider's form: written in as many sittings as it takes, read through, sent once."""

from datetime import date
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from applications import actions
from applications.access import can
from applications.actions.errors import Refused
from applications.journey.tracker import form_expected
from applications.models import Application, ProviderForm
from applications.provider_forms.build import ProviderFormForm, form_from
from applications.provider_forms.saved import saved_form, saved_values
from applications.states import Action, NotAllowed, State
from applications.views.own import SignedInRequest, own_application, refused, signed_in


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def provider_form(request: SignedInRequest, pk: UUID) -> HttpResponse:
    application = own_application(request.user, pk)
    if not can(request.user, Action.SAVE_FORM, application):
        return _not_open(request, application)
    asked = application.form or ProviderForm.objects.current_for(application.provider)
    empty = partial(form_from, asked.definition, strict=False, applicant_email=application.applicant.email)
    if request.method != "POST":
        form = empty(initial=saved_values(application))
        if "check" in request.GET and application.form:
            form = saved_form(application, strict=True)
        return _page(request, application, asked, form)
    form = empty(data=request.POST)
    if not form.is_valid():
        return _page(request, application, asked, form)
    try:
        actions.save_form(
            application=application,
            answers=form.answers,
            sponsor=form.sponsor,
            by=request.user,
            now=timezone.now(),
        )
    except (Refused, NotAllowed) as refusal:
        return refused(request, application, refusal)
    if "later" in request.POST:
        messages.success(request, "Your form is saved. Come back to it from this page.")
        return redirect(application)
    return redirect("applications:send_form", application.pk)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def send_form(request: SignedInRequest, pk: UUID) -> HttpResponse:
    application = own_application(request.user, pk)
    if not can(request.user, Action.SUBMIT, application) or application.form is None:
        return _not_open(request, application)
    form = saved_form(application, strict=True)
    if not form.is_valid():
        return redirect(f"{application.get_absolute_url()}form/?check")
    if request.method != "POST":
        context = {"application": application, "answered": form.told(), "form_by": _by(application)}
        return render(request, "applications/send_form.html", context)
    try:
        actions.submit(application=application, by=request.user, now=timezone.now())
    except (Refused, NotAllowed) as refusal:
        return refused(request, application, refusal)
    messages.success(request, f"Your form is with {application.provider}.")
    return redirect(application)


def _not_open(request: SignedInRequest, application: Application) -> HttpResponseRedirect:
    if application.status is State.DRAFT:
        messages.info(request, "Register first: the provider's form opens then.")
    elif application.submitted_at:
        messages.info(request, "You have sent this form, so it can no longer be changed.")
    else:
        messages.info(request, "This form is not open now.")
    return redirect(application)


def _page(
    request: SignedInRequest, application: Application, asked: ProviderForm, form: ProviderFormForm
) -> HttpResponse:
    context = {"application": application, "asked": asked, "form": form, "form_by": _by(application)}
    return render(request, "applications/provider_form.html", context)


def _by(application: Application) -> date | None:
    return form_expected(application.registered_at) if application.registered_at else None
