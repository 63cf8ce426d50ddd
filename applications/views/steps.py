"""The registration's pages: one view for every question, then check answers and register."""

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
from applications.journey.display import lines
from applications.journey.forms import StepForm
from applications.journey.steps import BY_SLUG
from applications.models import Application
from applications.states import NotAllowed, State
from applications.views.asked import Asked, as_it_was_open, place_of
from applications.views.own import (
    SignedInRequest,
    own_application,
    own_to_change,
    refused,
    say_what_was_lost,
    signed_in,
    to_step,
)
from applications.views.step_extras import EXTRAS, NOTHING

TERM = BY_SLUG["term"]


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: SignedInRequest, pk: UUID, slug: str) -> HttpResponse:
    application = own_application(request, pk)
    if slug not in BY_SLUG:
        raise Http404
    now = timezone.now()
    asked = Asked(application, BY_SLUG[slug], place_of(application, now))
    if request.method == "POST" and asked.place.walk.unanswered is TERM is not asked.step:
        asked.place = as_it_was_open(application, asked.place, now)
    if (elsewhere := _elsewhere(request, asked)) is not None:
        return elsewhere
    extra = EXTRAS.get(slug, NOTHING)
    if request.method != "POST":
        given = asked.place.walk.kept.get(slug)
        return _page(request, asked, asked.form(initial=given or extra.initial(asked)))
    if query := extra.search(request):
        return redirect(f"{request.path}?{query}")
    form = asked.form(data=request.POST)
    if not (form.is_valid() and extra.accepts(asked, form)):
        return _page(request, asked, form)
    return _save(request, asked, form, now)


def _elsewhere(request: SignedInRequest, asked: Asked) -> HttpResponseRedirect | None:
    """Where to go instead, when this question is not to be asked now; None when it is."""
    application, place = asked.application, asked.place
    if application.status is not State.DRAFT:
        messages.info(
            request, "You have registered this application, so its answers can no longer be changed."
        )
        return redirect(application)
    if not place.choices.terms:
        if request.method == "POST":
            messages.warning(request, "Registration has closed, so what you just sent was not saved.")
        return redirect("applications:start")  # Which says why nobody can register today.
    if place.walk.reaches(asked.step):
        return None
    if asked.step in place.walk.path:
        messages.info(request, "Answer this question first.")
    else:
        messages.info(
            request, "That question does not apply to you any more, after an answer that you changed."
        )
    return to_step(application, place.walk.unanswered)


def _save(request: SignedInRequest, asked: Asked, form: StepForm, now: datetime) -> HttpResponseRedirect:
    application, slug = asked.application, asked.step.slug
    try:
        walked = actions.answer(
            application=application,
            step=slug,
            value=form.cleaned_data,
            choices=asked.place.choices,
            by=request.user,
            now=now,
        )
    except (Refused, NotAllowed) as refusal:
        return refused(request, application, refusal)
    say_what_was_lost(request, walked)
    if asked.place.closed:
        told = f"Registration for {asked.place.closed.lower()} closed while you were answering."
        messages.warning(request, f"{told} Your answer is saved, and so are those before it.")
    if first := EXTRAS.get(slug, NOTHING).goes_to(application, walked.answers):
        return redirect("applications:already", first.pk)
    return to_step(application, walked.unanswered)


def _page(request: SignedInRequest, asked: Asked, form: StepForm) -> HttpResponse:
    walked, slug = asked.place.walk, asked.step.slug
    context: dict[str, Any] = {
        "application": asked.application,
        "step": asked.step,
        "form": form,
        "stop": walked.stop if walked.unanswered is asked.step else None,
        "before": walked.before(asked.step),
        "is_change": walked.is_complete,
        **EXTRAS.get(slug, NOTHING).context(asked, form, request),
    }
    template = select_template([f"applications/steps/{slug}.html", "applications/step.html"])
    return HttpResponse(template.render(context, request))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def check_answers(request: SignedInRequest, pk: UUID) -> HttpResponse:
    to_change = request.method == "POST"
    application = own_to_change(request.user, pk) if to_change else own_application(request, pk)
    if application.status is not State.DRAFT:
        return redirect("applications:registered", application.pk)
    if request.method == "POST":
        return _register(request, application)
    place = place_of(application, timezone.now())
    if not place.walk.is_complete:
        messages.info(request, "Answer this question before you check your answers.")
        return to_step(application, place.walk.unanswered)
    told = list(lines(place.walk.answers, place.choices))
    return render(request, "applications/check_answers.html", {"application": application, "lines": told})


def _register(request: SignedInRequest, application: Application) -> HttpResponseRedirect:
    """What is missing or no longer holds the verb finds by itself, and `refused` leads there."""
    try:
        actions.register(application=application, by=request.user, now=timezone.now())
    except (Refused, NotAllowed) as refusal:
        return refused(request, application, refusal)
    return redirect("applications:registered", application.pk)
