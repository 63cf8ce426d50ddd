"""The provider's form: written in as many sittings as it takes, a sponsor named, read through, sent once."""

from collections.abc import Callable
from datetime import date
from functools import wraps
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from applications import actions
from applications.access import can
from applications.actions.errors import Refused
from applications.form_definition import UnusableForm
from applications.journey.deadlines import form_expected
from applications.models import Application, ProviderForm, Sponsor
from applications.provider_forms.build import ProviderFormForm
from applications.provider_forms.saved import asked_of, begun_form, saved_form
from applications.provider_forms.sponsor import SponsorForm
from applications.states import Action, NotAllowed, State
from applications.views.own import SignedInRequest, own_application, refused, signed_in
from applications.vocabulary import HEADSHIP_NPQS
from npq_portal.accounts.models import User

View = Callable[[SignedInRequest, UUID], HttpResponse]


def of_a_usable_form(view: View) -> View:
    """Says so where the stored form cannot be asked: nothing is lost, and the person can do nothing about it."""

    @wraps(view)
    def wrapped(request: SignedInRequest, pk: UUID) -> HttpResponse:
        try:
            return view(request, pk)
        except (UnusableForm, ProviderForm.DoesNotExist):
            context = {"application": own_application(request, pk)}
            return render(request, "applications/form_unusable.html", context, status=503)

    return wrapped


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@of_a_usable_form
def provider_form(request: SignedInRequest, pk: UUID) -> HttpResponse:
    application = own_application(request, pk)
    if not can(request.user, Action.SAVE_FORM, application):
        return _not_open(request, application)
    if request.method != "POST":
        checks = "check" in request.GET and application.form is not None
        form = saved_form(application, strict=True) if checks else begun_form(application)
        return _page(request, application, form)
    definition, later = asked_of(application).definition, "later" in request.POST
    form = ProviderFormForm(definition, strict=False, data=request.POST)
    if not form.is_valid():
        # Whoever goes on is told all that is wrong at once: also what could have been saved as it is.
        told = form if later else ProviderFormForm(definition, strict=True, data=request.POST)
        return _page(request, application, told)
    try:
        actions.save_form(
            application=application, answers=form.answers, sponsor=None, by=request.user, now=timezone.now()
        )
    except (Refused, NotAllowed) as refusal:
        return refused(request, application, refusal)
    if later:
        messages.success(request, "Your form is saved. Come back to it from this page.")
        return redirect(application)
    if not saved_form(application, strict=True).is_valid():
        return _to_what_is_missing(application)
    return redirect("applications:sponsor", application.pk)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def sponsor(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Named before anybody is asked; while one is waited for, another is asked instead."""
    application = own_application(request, pk)
    waits = (
        can(request.user, Action.ASK_SPONSOR, application) and application.status is State.AWAITING_SPONSOR
    )
    if not waits and (not can(request.user, Action.ASK_SPONSOR, application) or application.form is None):
        return _not_open(request, application)
    named = application.sponsors.last()
    form = _sponsor_form(request, application, None if waits else named)
    if request.method != "POST" or not form.is_valid():
        context = {"application": application, "form": form, "waits": waits, "sponsor": named}
        return render(request, "applications/sponsor.html", {**context, "for_heads": _for_heads(application)})
    try:
        _keep_sponsor(application, form, waits, request.user)
    except (Refused, NotAllowed) as refusal:
        return refused(request, application, refusal)
    if waits:
        messages.success(request, f"We have asked {form.sponsor[0]} instead.")
        return redirect(application)
    return redirect("applications:send_form", application.pk)


def _sponsor_form(request: SignedInRequest, application: Application, named: Sponsor | None) -> SponsorForm:
    return SponsorForm(
        request.POST if request.method == "POST" else None,
        applicant_email=application.applicant.email,
        npq=_npq(application),
        initial={"name": named.name, "email": named.email, "role": named.role} if named else None,
    )


def _npq(application: Application) -> str:
    return application.qualification.identifier if application.qualification else ""


def _for_heads(application: Application) -> bool:
    return _npq(application) in HEADSHIP_NPQS


def _keep_sponsor(application: Application, form: SponsorForm, waits: bool, by: User) -> None:
    now = timezone.now()
    if waits:
        name, email, role = form.sponsor
        actions.change_sponsor(application=application, name=name, email=email, role=role, by=by, now=now)
    else:
        actions.save_form(application=application, answers={}, sponsor=form.sponsor, by=by, now=now)


@signed_in
@require_http_methods(["POST"])
def sponsor_again(request: SignedInRequest, pk: UUID) -> HttpResponse:
    application = own_application(request, pk)
    try:
        actions.send_link_again(application=application, by=request.user, now=timezone.now())
    except (Refused, NotAllowed) as refusal:
        return refused(request, application, refusal)
    messages.success(request, "We have sent your sponsor another link.")
    return redirect(application)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@of_a_usable_form
def send_form(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Read through, then it goes to the sponsor."""
    application = own_application(request, pk)
    if not can(request.user, Action.SAVE_FORM, application) or application.form is None:
        return _not_open(request, application)
    form = saved_form(application, strict=True)
    if not form.is_valid():
        return _to_what_is_missing(application)
    named = application.sponsors.holding().first()
    if named is None:
        return redirect("applications:sponsor", application.pk)
    if request.method != "POST":
        context = {"application": application, "answered": form.told(), "sponsor": named}
        return render(request, "applications/send_form.html", context)
    try:
        actions.ask_sponsor(application=application, by=request.user, now=timezone.now())
    except (Refused, NotAllowed) as refusal:
        return refused(request, application, refusal)
    messages.success(request, f"We have asked {named} to endorse you.")
    return redirect(application)


def _to_what_is_missing(application: Application) -> HttpResponseRedirect:
    return redirect(f"{application.get_absolute_url()}form/?check")


def _not_open(request: SignedInRequest, application: Application) -> HttpResponseRedirect:
    if application.status is State.DRAFT:
        messages.info(request, "Register first: the provider's form opens then.")
    elif application.status is State.AWAITING_SPONSOR:
        messages.info(
            request, "Your form is complete and waits for your sponsor, so it cannot be changed now."
        )
    elif application.status is State.MORE_INFORMATION:
        messages.info(
            request, "Your form stays as your sponsor endorsed it. Answer the provider by a message."
        )
    elif application.submitted_at:
        messages.info(request, "You have sent this form, so it can no longer be changed.")
    else:
        messages.info(request, "This form is not open now.")
    return redirect(application)


def _page(request: SignedInRequest, application: Application, form: ProviderFormForm) -> HttpResponse:
    context = {"application": application, "form": form, "form_by": _by(application)}
    return render(request, "applications/provider_form.html", context)


def _by(application: Application) -> date | None:
    since = application.with_provider_since
    return form_expected(since, application.course_run) if since else None
