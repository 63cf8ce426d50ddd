"""Where applying begins, and the list of a person's applications."""

from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from applications import actions
from applications.actions.errors import Refused
from applications.journey.carrying import carried_answers
from applications.journey.choices import Choices
from applications.journey.display import lines
from applications.journey.offered import choices_on, confirmed, employer_in
from applications.journey.shape import Answers, said
from applications.journey.walker import walk
from applications.models import Application
from applications.queries import drafts_with_answers
from applications.states import NotAllowed, State
from applications.views.own import (
    SignedInRequest,
    own_application,
    refused,
    registered_already,
    say_what_was_lost,
    signed_in,
    to_step,
    uuid_or_404,
)
from funding.checker.situation import Situation
from npq_portal.accounts.models import User
from npq_portal.text import clean

LONGEST_NAME = 60
# What the page of a course or an NPQ says of itself; anything else its reader said of themselves.
OF_A_COURSE = {"term", "npq", "provider", "course"}


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Says what applying takes.

    What the funding check carries in the address survives signing in, as it stays there.
    """
    now = timezone.now()
    email = request.user.email if isinstance(request.user, User) else ""
    choices = choices_on(timezone.localdate(now), email)
    course = {part: clean(request.GET.get(part, ""), LONGEST_NAME) for part in ("npq", "provider", "run")}
    situation = confirmed(Situation.read(request.GET))
    answers = carried_answers(situation, choices, **course, employer=employer_in(situation))
    carried = walk(answers, choices)
    if request.method != "POST":
        gone = bool(course["run"]) and "course" not in carried.kept
        return _explained(request, carried.kept, choices, course_gone=gone)
    if not isinstance(request.user, User):
        return redirect(_sign_in(request))
    if not choices.terms:
        return redirect("applications:start")  # Which says why nobody can register today.
    if first := registered_already(request.user, carried.answers):
        return redirect("applications:already", first.pk)
    if "draft" in request.POST:
        return _go_on(request.user, request, carried.kept, choices, now)
    try:
        draft = actions.start(by=request.user, now=now, carried=carried.kept, choices=choices)
    except Refused as refusal:
        messages.warning(request, str(refusal))
        return redirect("applications:list")
    return to_step(draft, carried.unanswered)


def _sign_in(request: HttpRequest) -> str:
    return f"{reverse('sign_in')}?{urlencode({'next': request.get_full_path()})}"


def _explained(
    request: HttpRequest, carried: Answers, choices: Choices, *, course_gone: bool
) -> HttpResponse:
    """`course_gone`: the course that the address names cannot be applied for."""
    context = {
        "sign_in": _sign_in(request),
        "carried": list(lines(carried, choices)),
        "said_before": not OF_A_COURSE.issuperset(carried),
        "begun": _begun(request, carried, choices),
        "choices": choices,
        "course_gone": course_gone,
    }
    return render(request, "applications/start.html", context)


def _begun(request: HttpRequest, carried: Answers, choices: Choices) -> list[tuple[Application, str]]:
    """The person's drafts that what is carried along may go into, each with its NPQ: they are about no other course."""
    if not carried or not isinstance(request.user, User):
        return []
    drafts = list(Application.objects.drafts().held_by(request.user).order_by("-answers_saved_at"))
    given = drafts_with_answers(drafts)
    return [
        (draft, _npq_name(walk(given[draft.pk], choices).answers, choices))
        for draft in drafts
        if given[draft.pk] and _about_the_same(given[draft.pk], carried)
    ]


def _about_the_same(given: Answers, carried: Answers) -> bool:
    pairs = ((said(given, slug), said(carried, slug)) for slug in ("term", "npq"))
    return all(None in pair or pair[0] == pair[1] for pair in pairs)


def _go_on(
    user: User, request: HttpRequest, carried: Answers, choices: Choices, now: datetime
) -> HttpResponseRedirect:
    """What was found elsewhere goes into the draft that the person chose, which goes on from there."""
    draft = own_application(request, uuid_or_404(request.POST["draft"]))
    try:
        walked = actions.carry_over(application=draft, carried=carried, choices=choices, by=user, now=now)
    except (Refused, NotAllowed) as refusal:
        return refused(request, draft, refusal)
    say_what_was_lost(request, walked)
    return to_step(draft, walked.unanswered)


@signed_in
@require_safe
def my_applications(request: SignedInRequest) -> HttpResponse:
    held = Application.objects.held_by(request.user).with_names().without_decisions()
    now = timezone.now()
    mine = [application.as_told(now) for application in held]
    drafts = [application for application in mine if application.status is State.DRAFT]
    choices = choices_on(timezone.localdate(), request.user.email)
    given = drafts_with_answers(drafts)
    named = [(draft, _npq_name(walk(given[draft.pk], choices).answers, choices)) for draft in drafts]
    registered = [application for application in mine if application.status is not State.DRAFT]
    context = {"drafts": named, "registered": registered, "can_go_on": bool(choices.terms)}
    return render(request, "applications/list.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def discard(request: SignedInRequest, pk: UUID) -> HttpResponse:
    application = own_application(request, pk)
    if application.status is not State.DRAFT:
        messages.info(
            request, "This application is registered, so it cannot be deleted. You can withdraw it."
        )
        return redirect(application)
    if request.method != "POST":
        return render(request, "applications/discard.html", {"application": application})
    try:
        actions.discard(application=application, by=request.user, now=timezone.now())
    except Refused as refusal:
        messages.warning(request, str(refusal))
        return redirect(application)
    messages.success(request, "Your draft is deleted.")
    return redirect("applications:list")


def _npq_name(answers: Answers, choices: Choices) -> str:
    """The NPQ of a draft; empty where it is not chosen yet."""
    return choices.npqs.get(said(answers, "term") or "", {}).get(said(answers, "npq") or "", "")
