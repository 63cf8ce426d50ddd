"""What staff write on an application's screen: notes to each other, messages to the applicant."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils import timezone

from applications import actions
from applications.actions.errors import Refused
from applications.admin.deciding import back, refused
from applications.admin.forms import NoteForm, ToApplicantForm
from applications.models import Application
from npq_portal.accounts.requests import person


def note(request: HttpRequest, application: Application) -> HttpResponse:
    return _written(request, application, NoteForm, actions.note, "Your note is saved.")


def message(request: HttpRequest, application: Application) -> HttpResponse:
    told = f"Your message is sent. We have told {application.full_name} by e-mail."
    return _written(request, application, ToApplicantForm, actions.write_message, told)


def _written(
    request: HttpRequest,
    application: Application,
    form_class: type[forms.Form],
    verb: Callable[..., object],
    told: str,
) -> HttpResponse:
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    form = form_class(request.POST)
    if not form.is_valid():
        messages.warning(request, str(next(iter(form.errors.values()))[0]))
        return back(application)
    try:
        verb(application=application, text=form.cleaned_data["text"], by=person(request), now=timezone.now())
    except Refused as refusal:
        return refused(request, application, refusal)
    messages.success(request, told)
    return back(application)
