"""What every page about a person's own application starts with."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from applications.access import can
from applications.actions.errors import AlreadyApplied, AlreadyDone, Incomplete, InHand, Refused
from applications.journey.funding_step import FUNDING
from applications.journey.shape import Answers, Step, said
from applications.journey.steps import BY_SLUG
from applications.journey.walker import Walk
from applications.models import Application
from applications.queries import live_for
from applications.states import Action, NotAllowed
from npq_portal.accounts.models import User
from npq_portal.accounts.requests import person


class SignedInRequest(HttpRequest):
    """What a view behind `signed_in` gets."""

    user: User


# Caches keep nothing made for a signed-in person: npq_portal.accounts.middleware.no_store.
signed_in = login_required


def own_application(request: HttpRequest, pk: UUID) -> Application:
    """The person's own application as they were told that it stands: what they do not know yet, no answer tells.

    Verbs read again what they need of the row itself. 404 for anyone else's and for one that does not exist, in the
    same words.
    """
    application = get_object_or_404(Application.objects.held_by(person(request)).with_names(), pk=pk)
    return application.as_told(timezone.now())


def own_to_change(user: User, pk: UUID) -> Application:
    """As `own_application`, for a verb that reads the row again itself: what it belongs to is not read here."""
    return get_object_or_404(Application.objects.held_by(user).only("state"), pk=pk)


def to_step(application: Application, step: Step | str | None) -> HttpResponseRedirect:
    """To the page of `step`, or to the check page where every question is answered."""
    if step is None:
        return redirect("applications:check_answers", application.pk)
    return redirect("applications:step", application.pk, step if isinstance(step, str) else step.slug)


def say_what_was_lost(request: HttpRequest, walked: Walk) -> None:
    """Which other answers a change took away. Funding is left out: it is worked out again, and shown."""
    if lost := [BY_SLUG[each].summary for each in walked.dropped if each != FUNDING.slug]:
        messages.info(request, f"This changed what you had said about: {', '.join(lost)}.")


def uuid_or_404(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None


def registered_already(user: User, answers: Answers) -> Application | None:
    """The person's live application for the NPQ and term that the answers name."""
    return live_for(user, said(answers, "npq"), said(answers, "term"), timezone.now())


def ways_to_change(user: User, application: Application) -> dict[str, bool]:
    """What the person may still do about an application that is registered, for its pages."""
    return {
        "may_change_course": can(user, Action.CHANGE_COURSE, application),
        "may_change_provider": can(user, Action.CHANGE_PROVIDER, application),
        "may_withdraw": can(user, Action.WITHDRAW, application),
    }


def refused(
    request: HttpRequest, application: Application, refusal: Refused | NotAllowed
) -> HttpResponseRedirect:
    """Say why nothing was changed, on the page where the person can do something about it."""
    if isinstance(refusal, NotAllowed):
        refusal = AlreadyDone()  # The page offered it, so the application has changed since.
    if isinstance(refusal, AlreadyDone) and application.can_be_undone(timezone.now()):
        refusal = InHand()  # What changed is not theirs to know yet.
    messages.warning(request, str(refusal))
    if isinstance(refusal, AlreadyApplied):
        return redirect("applications:already", refusal.application.pk)
    if isinstance(refusal, Incomplete):
        return to_step(application, refusal.step)
    return redirect(application)
