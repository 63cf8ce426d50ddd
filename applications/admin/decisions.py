"""The small pages on which staff decide: asked once, confirmed by a POST, told kindly when somebody was first.

DECISIONS is the list of them: each has its form, its verb, and the words for what was done.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from applications import actions
from applications.access import open_actions, role_of
from applications.actions.errors import AlreadyDone, Refused
from applications.admin.chosen_course import chosen_course
from applications.admin.forms import (
    AcceptForm,
    AskForm,
    NoteForm,
    RejectForm,
    RevertForm,
    ToApplicantForm,
    TrainingForm,
)
from applications.models import Application, FundedPlaces
from applications.models.training import WORDS
from applications.queries import place_in_line, places_of
from applications.states import Action, NotAllowed, Role
from funding.rules.vocabulary import Outcome
from npq_portal.accounts.models import User
from npq_portal.accounts.requests import person
from npq_portal.staff.admin import ScopedModelAdmin

Given = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a decision's page is about: the application, what its reader may do to it now, and the funded places."""

    application: Application
    allowed: frozenset[Action]
    places: FundedPlaces | None

    @property
    def may_fund(self) -> bool:
        eligible = self.application.funding_outcome == Outcome.FUNDED
        return eligible and self.places is not None and self.places.left > 0


@dataclass(frozen=True, slots=True)
class Decision:
    """`label` is on the button that leads to its page, `title` on the page, `told` once it is done."""

    slug: str
    actions: tuple[Action, ...]
    label: str
    title: str
    told: str
    do: Callable[[Application, Given, dict[str, Any]], object]
    form: Callable[[Any, Asked], forms.Form] = lambda posted, _: forms.Form(posted)
    main: bool = False

    @property
    def address(self) -> str:
        """The name of its page's address."""
        return f"applications_application_{self.slug.replace('-', '_')}"


def decides(user: User, application: Application) -> bool:
    return role_of(user, application) in (Role.PROVIDER, Role.PORTAL)


DECISIONS: dict[str, Decision] = {
    decision.slug: decision
    for decision in (
        Decision(
            "accept",
            (Action.ACCEPT,),
            "Accept",
            "Accept this application?",
            "{name} is accepted. We have told them by e-mail.",
            lambda application, given, signed: actions.accept(
                application=application, funded_place=given["place"] == "funded", **signed
            ),
            lambda posted, asked: AcceptForm(posted, with_places=asked.may_fund),
            main=True,
        ),
        Decision(
            "training",
            tuple(WORDS),
            "Record training",
            "What happened in the training?",
            "That is recorded. We have told {name} by e-mail.",
            lambda application, given, signed: actions.record_training(
                application=application,
                action=Action(given["action"]),
                on=given["on"],
                reason=given["reason"],
                **signed,
            ),
            lambda posted, asked: TrainingForm(posted, allowed=asked.allowed),
            main=True,
        ),
        Decision(
            "waiting-list",
            (Action.PUT_ON_WAITING_LIST,),
            "Put on the waiting list",
            "Put this application on the waiting list?",
            "{name} is on the waiting list. We have told them by e-mail.",
            lambda application, _, signed: actions.put_on_waiting_list(application=application, **signed),
        ),
        Decision(
            "offer",
            (Action.OFFER_PLACE,),
            "Offer a funded place",
            "Offer a funded place?",
            "A funded place is held for {name}. We have told them by e-mail.",
            lambda application, _, signed: actions.offer_place(application=application, **signed),
        ),
        Decision(
            "ask",
            (Action.ASK_FOR_MORE,),
            "Ask for more information",
            "What do you need to know?",
            "{name} is asked. We have told them by e-mail.",
            lambda application, given, signed: actions.ask_for_more(
                application=application, text=given["text"], **signed
            ),
            lambda posted, _: AskForm(posted),
        ),
        Decision(
            "reject",
            (Action.REJECT,),
            "Do not accept",
            "Do not accept this application?",
            "{name} is not accepted. We have told them by e-mail, with the reason.",
            lambda application, given, signed: actions.reject(
                application=application, reason=given["reason"], **signed
            ),
            lambda posted, _: RejectForm(posted),
        ),
        Decision(
            "revert",
            (Action.REVERT,),
            "Take the decision back",
            "Take this decision back?",
            "The provider decides again about {name}. We have told both by e-mail.",
            lambda application, given, signed: actions.revert(
                application=application, reason=given["reason"], **signed
            ),
            lambda posted, _: RevertForm(posted),
        ),
    )
}


def open_decisions(user: User, application: Application) -> list[Decision]:
    if application.erased_at:
        return []  # Kept to be counted, as it ended.
    allowed = open_actions(user, application)
    return [decision for decision in DECISIONS.values() if allowed & set(decision.actions)]


def decide(
    site: ScopedModelAdmin, request: HttpRequest, application: Application, decision: Decision
) -> HttpResponse:
    user = person(request)
    allowed = open_actions(user, application)
    if not allowed & set(decision.actions):
        messages.warning(
            request, f"This application is “{application.status.label}”, so that cannot be done to it now."
        )
        return _back(application)
    if request.POST.get("seen", _stands(application)) != _stands(application):
        return _refused(request, application, AlreadyDone())
    asked = Asked(application, allowed, places_of(application))
    form = decision.form(request.POST if request.method == "POST" else None, asked)
    if request.method != "POST" or not form.is_valid():
        return _page(site, request, decision, form, asked)
    try:
        decision.do(application, form.cleaned_data, {"by": user, "now": timezone.now()})
    except (Refused, NotAllowed) as refusal:
        return _refused(request, application, refusal)
    messages.success(request, decision.told.format(name=application.full_name))
    return _back(application)


def _stands(application: Application) -> str:
    """Since when it is as it is, and its funding: a page that was opened before decides nothing."""
    return f"{application.state_since.isoformat()} {application.funding_outcome}"


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
        return _back(application)
    try:
        verb(application=application, text=form.cleaned_data["text"], by=person(request), now=timezone.now())
    except Refused as refusal:
        return _refused(request, application, refusal)
    messages.success(request, told)
    return _back(application)


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
        "seen": _stands(asked.application),
        "decision": decision,
        "form": form,
        "places": asked.places,
        **chosen_course(asked.application),
        "may_fund": asked.may_fund,
        "place": place_in_line(asked.application),
    }
    return TemplateResponse(request, f"admin/applications/{decision.slug}.html", context)


def _refused(request: HttpRequest, application: Application, refusal: Exception) -> HttpResponse:
    """Someone else was first, or no place is left: say which, on the page that shows how things stand now."""
    told = AlreadyDone() if isinstance(refusal, NotAllowed) else refusal
    messages.warning(request, str(told))
    return _back(application)


def _back(application: Application) -> HttpResponse:
    return redirect(reverse("admin:applications_application_change", args=[application.pk]))
