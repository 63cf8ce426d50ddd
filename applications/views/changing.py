"""Registered already: what can be changed instead of registering again."""

from dataclasses import replace
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from applications import actions
from applications.access import can
from applications.actions.errors import Refused
from applications.journey.choices import Choices
from applications.journey.courses import run_of
from applications.journey.forms import form_for
from applications.journey.offered import choices_on
from applications.journey.shape import NO_COURSE, Answers
from applications.journey.steps import BY_SLUG
from applications.models import Application
from applications.states import Action, NotAllowed, State
from applications.views.own import SignedInRequest, own_application, refused, signed_in, ways_to_change
from catalogue.models import LeadProvider


@signed_in
@require_safe
def already(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Where a second registration for the same NPQ and term leads."""
    application = own_application(request, pk)
    if application.status is State.DRAFT:
        return redirect(application)
    ways = ways_to_change(request.user, application)
    context = {"application": application, "course": run_of(application.course_run_id), **ways}
    return render(request, "applications/already.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def change_course(request: SignedInRequest, pk: UUID) -> HttpResponse:
    application = own_application(request, pk)
    if not can(request.user, Action.CHANGE_COURSE, application):
        return _too_late(request, application)
    now = timezone.now()
    choices, known = choices_on(timezone.localdate(now), registered=True), _known(application)
    if not choices.options(BY_SLUG["course"].asks[0], known):
        messages.info(request, f"{application.provider} lists no course that can be applied for now.")
        return redirect(application)
    form = form_for(
        BY_SLUG["course"],
        known,
        choices,
        data=request.POST if request.method == "POST" else None,
        initial=known["course"],
    )
    if request.method != "POST" or not form.is_valid():
        return render(request, "applications/change_course.html", {"application": application, "form": form})
    run = run_of(form.cleaned_data["course"])
    try:
        actions.change_course(application=application, run=run, by=request.user, now=now)
    except (Refused, NotAllowed) as refusal:
        return refused(request, application, refusal)
    messages.success(request, "The course you want is saved.")
    return redirect(application)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def change_provider(request: SignedInRequest, pk: UUID) -> HttpResponse:
    application = own_application(request, pk)
    if not can(request.user, Action.CHANGE_PROVIDER, application):
        return _too_late(request, application)
    now = timezone.now()
    choices = _without_its_own(choices_on(timezone.localdate(now), registered=True), application)
    known = _known(application)
    if not choices.options(BY_SLUG["provider"].asks[0], known):
        messages.info(request, "No other lead provider can be chosen for this NPQ and term now.")
        return redirect(application)
    form = form_for(
        BY_SLUG["provider"], known, choices, data=request.POST if request.method == "POST" else None
    )
    if request.method != "POST" or not form.is_valid():
        return render(
            request, "applications/change_provider.html", {"application": application, "form": form}
        )
    chosen = LeadProvider.objects.get(slug=form.cleaned_data["provider"])
    try:
        changed = actions.change_provider(application=application, provider=chosen, by=request.user, now=now)
    except (Refused, NotAllowed) as refusal:
        return refused(request, application, refusal)
    messages.success(request, f"Your application is now with {chosen}. Its form comes next.")
    if choices.options(BY_SLUG["course"].asks[0], _known(changed)):
        return redirect("applications:change_course", application.pk)
    return redirect(application)


def _known(application: Application) -> Answers:
    """The application as answers of the registration, so that its two questions are asked by the same forms."""
    return {
        "term": {"term": application.term and application.term.identifier},
        "npq": {"npq": application.qualification and application.qualification.identifier},
        "workplace": {"workplace": application.workplace_reference},
        "provider": {"provider": application.provider and application.provider.slug},
        "course": {"course": str(application.course_run_id or NO_COURSE)},
    }


def _without_its_own(choices: Choices, application: Application) -> Choices:
    own = application.provider and application.provider.slug
    others = {
        course: {slug: name for slug, name in names.items() if slug != own}
        for course, names in choices.providers.items()
    }
    return replace(choices, providers=others)


def _too_late(request: SignedInRequest, application: Application) -> HttpResponseRedirect:
    if application.status is not State.DRAFT:
        messages.info(request, "This application is decided or has ended, so this can no longer be changed.")
    return redirect(application)
