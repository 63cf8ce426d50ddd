"""The pages on which a form is built: its questions, how it will look, and publishing it."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from applications import actions
from applications.access import builds_forms_of
from applications.actions.errors import Refused, StaleForm
from applications.admin.form_builder import Entries, TitleForm, initial_of
from applications.form_definition import UnusableForm
from applications.journey.deadlines import form_expected
from applications.models import Application, ProviderForm
from applications.provider_forms.build import ProviderFormForm
from applications.queries import LEAST_TOLD, counted
from applications.vocabulary import PURPOSES, Purpose, example_npq
from catalogue.models import LeadProvider, Qualification
from npq_portal.accounts.models import User
from npq_portal.accounts.requests import person
from npq_portal.staff.admin import ScopedModelAdmin


class BeginForm(forms.Form):
    purpose = forms.ChoiceField(
        label="Which NPQs is it for?",
        choices=[(purpose.value, label) for purpose, label in PURPOSES.items()],
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        whose = forms.ModelChoiceField(
            buildable(user),
            label="Whose form is it?",
            required=not user.sees_everything,
            empty_label="Providers without a form of their own" if user.sees_everything else None,
            error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose whose form it is"),
        )
        self.fields = {"provider": whose, **self.fields}


def buildable(user: User) -> Any:
    """The lead providers whose forms `user` builds."""
    managed = LeadProvider.objects.managed_by(user)
    return managed.teaching() if user.sees_everything else managed.order_by("name")


def begin(site: ScopedModelAdmin, request: HttpRequest) -> HttpResponse:
    form = BeginForm(request.POST or None, user=person(request), initial=request.GET.dict())
    if request.method != "POST" or not form.is_valid():
        return _page(site, request, "begin_form", title="Build a form", form=form)
    try:
        draft = actions.begin_draft(
            provider=form.cleaned_data["provider"],
            purpose=Purpose(form.cleaned_data["purpose"]),
            by=person(request),
            now=timezone.now(),
        )
    except Refused as refusal:
        messages.warning(request, str(refusal))
        return _page(site, request, "begin_form", title="Build a form", form=form)
    return redirect(_address("change", draft))


def build(site: ScopedModelAdmin, request: HttpRequest, form: ProviderForm) -> HttpResponse:
    """A draft is edited; a published version is looked at, and a draft of the next one begun from it."""
    if form.published_at or not builds_forms_of(person(request), form.provider):
        return _look(site, request, form)
    seen = {"title": form.title, "seen": form.edited_at.isoformat() if form.edited_at else ""}
    titled = TitleForm(request.POST or None, initial=seen)
    entries: Any = Entries(request.POST or None, initial=initial_of(form.questions), prefix="entries")
    problem = ""
    if request.method == "POST" and titled.is_valid() and entries.is_valid():
        try:
            actions.save_draft(
                form=form,
                title=titled.cleaned_data["title"],
                questions=entries.entries(),
                seen=moment(titled.cleaned_data["seen"]),
                by=person(request),
                now=timezone.now(),
            )
        except StaleForm as refusal:
            messages.warning(request, str(refusal))
            return redirect(_address("change", form))
        except UnusableForm as refusal:
            problem = f"{refusal} Nothing was saved."
        except Refused as refusal:
            problem = str(refusal)
        else:
            messages.success(request, "The draft is saved.")
            return redirect(_address(_next(request), form))
    wrong = problem or titled.errors or (entries.is_bound and not entries.is_valid())
    told = {"form_title": titled, "entries": entries, "problem": problem, "wrong": wrong}
    return _page(site, request, "build_form", title=f"Build: {form.title}", asked=form, errors=wrong, **told)


def _next(request: HttpRequest) -> str:
    return next((page for page in ("preview", "publish") if page in request.POST), "change")


def preview(site: ScopedModelAdmin, request: HttpRequest, form: ProviderForm) -> HttpResponse:
    """The very page that an applicant gets, about nobody. Posting it checks the answers and saves nothing."""
    try:
        definition = form.definition
    except UnusableForm as refusal:
        messages.error(request, f"This form cannot be shown: {refusal}")
        return redirect(_address("change", form))
    now = timezone.now()
    filled = ProviderFormForm(
        definition, strict=True, data=request.POST if request.method == "POST" else None
    )
    context = {
        "application": _nobodys(form, person(request), now),
        "asked": form,
        "form": filled,
        "form_by": form_expected(now),
        "passed": filled.is_bound and filled.is_valid(),
    }
    return render(request, "admin/applications/preview_form.html", context)


def _nobodys(form: ProviderForm, user: User, now: datetime) -> Application:
    """An application that is not stored, for the page to speak of."""
    npq = Qualification.objects.filter(identifier=example_npq(Purpose(form.purpose))).first()
    return Application(
        applicant=user,
        provider=form.provider or LeadProvider(name="The provider"),
        qualification=npq,
        full_name="Ada Example",
        reference="NPQ-EXAMPLE",
        workplace_name="Example School",
        registered_at=now,
        answers_saved_at=now,
    )


def publish(site: ScopedModelAdmin, request: HttpRequest, form: ProviderForm) -> HttpResponse:
    if form.published_at:
        messages.info(request, "This version is published already.")
        return redirect(_address("change", form))
    seen = form.edited_at.isoformat() if form.edited_at else ""
    if request.method != "POST":
        return _page(site, request, "publish_form", title="Publish this form?", asked=form, seen=seen)
    try:
        actions.publish_form(
            form=form, seen=moment(request.POST.get("seen", "")), by=person(request), now=timezone.now()
        )
    except (Refused, UnusableForm) as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(
            request, "It is published: whoever begins the form from now on is asked these questions."
        )
    return redirect(_address("change", form))


def _look(site: ScopedModelAdmin, request: HttpRequest, form: ProviderForm) -> HttpResponse:
    try:
        sections, problem, figures = form.definition.sections, "", counted(form, person(request))
    except UnusableForm as refusal:
        sections, problem, figures = (), str(refusal), []
    told = {
        "counted": figures,
        "least": LEAST_TOLD,
        "sections": sections,
        "problem": problem,
        "may_build": builds_forms_of(person(request), form.provider),
        "begun": form.applications.count(),
    }
    return _page(site, request, "form", title=str(form), asked=form, **told)


def moment(text: str) -> datetime | None:
    """None for what is no time: then nothing is as it was seen."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _address(page: str, form: ProviderForm) -> str:
    return reverse(f"admin:applications_providerform_{page}", args=[form.pk])


def _page(site: ScopedModelAdmin, request: HttpRequest, template: str, **context: Any) -> HttpResponse:
    shared = {**site.admin_site.each_context(request), "opts": site.opts}
    return TemplateResponse(request, f"admin/applications/{template}.html", {**shared, **context})
