"""The registration's pages: one view for every question, then check answers and register."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.template.loader import select_template
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from applications import actions
from applications.actions.errors import Refused
from applications.journey.choices import Choices, choices_on
from applications.journey.display import lines
from applications.journey.forms import StepForm, form_for
from applications.journey.shape import Answers, Step, said
from applications.journey.steps import BY_SLUG
from applications.journey.walker import Walk, walk
from applications.models import Application
from applications.queries import answers_of, live_for
from applications.states import NotAllowed, State
from applications.views.own import SignedInRequest, own_application, refused, signed_in, to_step
from applications.views.step_extras import extra_for, is_meant, prefill, search_instead, still_true


@dataclass(frozen=True)
class Place:
    """Where a person is in the registration."""

    choices: Choices
    given: Answers
    walk: Walk


def place_of(application: Application, now: datetime) -> Place:
    choices = choices_on(timezone.localdate(now))
    given = answers_of(application)
    return Place(choices, given, walk(given, choices))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: SignedInRequest, pk: UUID, slug: str) -> HttpResponse:
    application = own_application(request.user, pk)
    asked = BY_SLUG.get(slug)
    if asked is None:
        raise Http404
    now = timezone.now()
    place = place_of(application, now)
    if (elsewhere := _elsewhere(request, application, asked, place)) is not None:
        return elsewhere
    if request.method != "POST":
        initial = place.walk.answers.get(slug) or prefill(asked, application, place.walk.answers)
        form = form_for(asked, place.walk.answers, place.choices, initial=initial)
        return _page(request, application, asked, place, form)
    if query := search_instead(asked, request):
        return redirect(f"{request.path}?{query}")
    form = form_for(asked, place.walk.answers, place.choices, data=request.POST)
    if not (form.is_valid() and still_true(form, application, place.walk.answers) and is_meant(form)):
        return _page(request, application, asked, place, form)
    return _save(request, application, asked, form, now)


def _elsewhere(
    request: SignedInRequest, application: Application, asked: Step, place: Place
) -> HttpResponseRedirect | None:
    """Where to go instead, when this question is not to be asked now; None when it is."""
    if application.status is not State.DRAFT:
        messages.info(
            request, "You have registered this application, so its answers can no longer be changed."
        )
        return redirect(application)
    if not place.choices.terms:
        return redirect("applications:start")  # Which says why nobody can register today.
    if place.walk.reaches(asked):
        return None
    if asked in place.walk.path:
        messages.info(request, "Answer this question first.")
    else:
        messages.info(
            request, "That question does not apply to you any more, after an answer that you changed."
        )
    return to_step(application, place.walk.unanswered)


def _save(
    request: SignedInRequest, application: Application, asked: Step, form: StepForm, now: datetime
) -> HttpResponseRedirect:
    try:
        walked = actions.answer(
            application=application,
            step=asked.slug,
            value=form.cleaned_data,
            by=request.user,
            now=now,
        )
    except (Refused, NotAllowed) as refusal:
        return refused(request, application, refusal)
    npq, term = said(walked.answers, "npq"), said(walked.answers, "term")
    if asked.slug in ("npq", "term") and (first := live_for(application.applicant, npq, term)):
        messages.info(request, "You have registered for this NPQ and term already. This is that application.")
        return redirect(first)
    return to_step(application, walked.unanswered)


def _page(
    request: SignedInRequest, application: Application, asked: Step, place: Place, form: StepForm
) -> HttpResponse:
    walked = place.walk
    stopped = walked.stop if walked.unanswered is asked else None
    context: dict[str, Any] = {
        "application": application,
        "step": asked,
        "form": form,
        "stop": stopped,
        "before": walked.before(asked),
        "is_change": walked.is_complete,
        **extra_for(form, request, application, walked.answers),
    }
    template = select_template([f"applications/steps/{asked.slug}.html", "applications/step.html"])
    return HttpResponse(template.render(context, request))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def check_answers(request: SignedInRequest, pk: UUID) -> HttpResponse:
    application = own_application(request.user, pk)
    if application.status is not State.DRAFT:
        return redirect("applications:registered", application.pk)
    now = timezone.now()
    place = place_of(application, now)
    if not place.walk.is_complete:
        messages.info(request, "Answer this question before you check your answers.")
        return to_step(application, place.walk.unanswered)
    if request.method != "POST":
        told = list(lines(place.walk.answers, place.choices))
        return render(request, "applications/check_answers.html", {"application": application, "lines": told})
    try:
        actions.register(application=application, by=request.user, now=now)
    except (Refused, NotAllowed) as refusal:
        return refused(request, application, refusal)
    return redirect("applications:registered", application.pk)
