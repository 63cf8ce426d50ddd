"""After registering: the confirmation, the tracker, withdrawing."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from applications import actions
from applications.access import can
from applications.actions.errors import Refused
from applications.journey import deadlines
from applications.journey import tracker as tracking
from applications.journey.carrying import carried_query
from applications.journey.courses import run_of
from applications.states import Action, NotAllowed, State
from applications.views.asked import place_of
from applications.views.own import (
    SignedInRequest,
    own_application,
    refused,
    signed_in,
    to_step,
    ways_to_change,
)

# Nothing more comes of it: the way on is another one.
OVER = (State.REJECTED, State.WITHDRAWN)


@signed_in
@require_safe
def tracker(request: SignedInRequest, pk: UUID) -> HttpResponse:
    application = own_application(request, pk)
    if application.status is State.DRAFT:
        return to_step(application, place_of(application, timezone.now()).walk.unanswered)
    context = {
        "application": application,
        "course": run_of(application.course_run_id),
        "stages": tracking.stages(application, timezone.now()),
        "awaits_sponsor": application.status is State.AWAITING_SPONSOR,
        "may_write_form": can(request.user, Action.SAVE_FORM, application),
        "start_again": carried_query(application) if application.status in OVER else "",
        "messages_written": application.messages.count(),
        **ways_to_change(request.user, application),
    }
    return render(request, "applications/tracker.html", context)


@signed_in
@require_safe
def registered(request: SignedInRequest, pk: UUID) -> HttpResponse:
    application = own_application(request, pk)
    if application.registered_at is None:
        return redirect("applications:check_answers", application.pk)
    course, registered_at = application.course_run, application.registered_at
    context = {
        "application": application,
        "course": run_of(application.course_run_id),
        "form_by": deadlines.form_expected(registered_at, course),
        "decision_by": deadlines.decision_expected(registered_at + deadlines.FORM_WITHIN, course),
        "funding_told": tracking.funding_told(application),
    }
    return render(request, "applications/registered.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: SignedInRequest, pk: UUID) -> HttpResponse:
    application = own_application(request, pk)
    if not can(request.user, Action.WITHDRAW, application):
        messages.info(
            request, "This application has ended or has not begun, so there is nothing to withdraw."
        )
        return redirect(application)
    if request.method != "POST":
        return render(request, "applications/withdraw.html", {"application": application})
    try:
        actions.withdraw(application=application, by=request.user, now=timezone.now())
    except (Refused, NotAllowed) as refusal:
        return refused(request, application, refusal)
    messages.success(request, "You have withdrawn this application.")
    return redirect(application)
