"""The small page of each decision: asked once, confirmed by a POST, told kindly when somebody was first."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from applications.access import open_actions, role_of
from applications.actions.errors import AlreadyDone, Refused
from applications.admin.chosen_course import chosen_course
from applications.admin.decisions import Asked, Decision, stands
from applications.admin.why_not import why_not
from applications.models import Application
from applications.queries import place_in_line, places_of
from applications.states import NotAllowed
from npq_portal.accounts.requests import person
from npq_portal.staff.admin import ScopedModelAdmin


def decide(
    site: ScopedModelAdmin, request: HttpRequest, application: Application, decision: Decision
) -> HttpResponse:
    user = person(request)
    if told := why_not(application, decision.actions, role_of(user, application), timezone.now()):
        messages.warning(request, told)
        return back(application)
    if request.POST.get("seen", stands(application)) != stands(application):
        return refused(request, application, AlreadyDone())
    asked = Asked(application, open_actions(user, application), places_of(application))
    form = decision.form(request.POST if request.method == "POST" else None, asked)
    if request.method != "POST" or not form.is_valid():
        return _page(site, request, decision, form, asked)
    try:
        decision.do(application, form.cleaned_data, {"by": user, "now": timezone.now()})
    except (Refused, NotAllowed) as refusal:
        return refused(request, application, refusal)
    done = decision.told.format(name=application.full_name)
    messages.success(request, f"{done} {when_told(application)}" if decision.mailed else done)
    return back(application)


def when_told(application: Application) -> str:
    """After a decision about it, in words for those who made it."""
    if application.undo_until is None:
        return "They are told by e-mail."
    at = f"{timezone.localtime(application.undo_until):%H:%M}"
    return f"They are told by e-mail at {at}: until then you can undo it."


def _page(
    site: ScopedModelAdmin,
    request: HttpRequest,
    decision: Decision,
    form: forms.Form,
    asked: Asked,
) -> HttpResponse:
    context = {
        **site.admin_site.each_context(request),
        "opts": site.opts,
        "title": decision.title,
        "application": asked.application,
        "seen": stands(asked.application),
        "decision": decision,
        "form": form,
        "places": asked.places,
        **chosen_course(asked.application),
        "asked": asked,
        "may_fund": asked.may_fund,
        "place": place_in_line(asked.application),
    }
    return TemplateResponse(request, f"admin/applications/{decision.slug}.html", context)


def refused(request: HttpRequest, application: Application, refusal: Exception) -> HttpResponse:
    """Someone else was first, or no place is left: say which, on the page that shows how things stand now."""
    told = AlreadyDone() if isinstance(refusal, NotAllowed) else refusal
    messages.warning(request, str(told))
    return back(application)


def back(application: Application) -> HttpResponse:
    return redirect(reverse("admin:applications_application_change", args=[application.pk]))
