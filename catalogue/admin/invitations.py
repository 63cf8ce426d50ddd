"""Inviting people to work for a provider or a hub: what waits for an answer, sent again or withdrawn."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone

from catalogue.actions import members
from catalogue.models import Invitation, LeadProvider, TeachingSchoolHub
from npq_portal.accounts.requests import person
from npq_portal.staff.admin import ScopedModelAdmin
from npq_portal.staff.roles import Role
from npq_portal.staff.scoping import request_roles
from npq_portal.verbs import Refused

ONE = "Choose a lead provider or a hub, and not both"


class InvitationForm(forms.ModelForm):
    class Meta:
        model = Invitation
        fields = ("provider", "hub", "email", "role")
        labels: ClassVar = {"role": "What they may do", "hub": "teaching school hub"}
        help_texts: ClassVar = {
            "email": "We send a link that works once, for 14 days.",
            "role": "A viewer reads. A scorer scores. A decider decides. A manager decides, and keeps the set-up"
            " and the people.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if email := self.fields.get("email"):  # none of them where an invitation is only looked at
            email.required = True
            email.error_messages["required"] = "Enter the e-mail address of the person to invite"

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).strip().lower()

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        provider, hub = given.get("provider"), given.get("hub")
        if bool(provider) == bool(hub):
            self.add_error("provider" if "provider" in self.fields else "hub", ONE)
        elif provider and not given.get("role"):
            self.add_error("role", "Choose what they may do")
        elif hub:
            given["role"] = ""  # who works for a hub may do all that there is to do for it
        return given

    def validate_constraints(self) -> None:
        """The verb tells of them, in the words of the page."""


@admin.register(Invitation)
class InvitationAdmin(ScopedModelAdmin):
    access = {
        Role.PORTAL: "view add",
        Role.MANAGER: "view add",
        Role.HUB: "view add",
    }
    form = InvitationForm
    refusals = (Refused,)
    actions = None
    list_display = ["email", "whom_for", "role", "sent_at", "standing"]
    list_select_related = ["provider", "hub", "invited_by"]
    search_fields = ["email"]
    change_form_template = "admin/catalogue/invitation.html"

    def get_queryset(self, request: HttpRequest) -> "models.QuerySet[Invitation]":
        """Those that wait: of one that was accepted there is a member, of one withdrawn the audit tells."""
        rows: Any = super().get_queryset(request)
        return rows.pending()

    @admin.display(description="To work for")
    def whom_for(self, invitation: Invitation) -> str:
        return str(invitation.organisation)

    @admin.display(description="Link", ordering="expires_at")
    def standing(self, invitation: Invitation) -> str:
        if invitation.giver_has_left:
            return "Works no more: whoever sent it has left. Send it again, or withdraw it"
        day = f"{timezone.localdate(invitation.expires_at):%-d %B %Y}"
        return f"Has run out, {day}" if invitation.has_run_out_at(timezone.now()) else f"Works until {day}"

    def get_fields(self, request: HttpRequest, obj: Invitation | None = None) -> list[Any]:
        if obj:
            return ["email", "whom_for", "role", "sent_at", "standing"]
        roles = request_roles(request)
        for_provider = ["provider"] if roles & {Role.PORTAL, Role.MANAGER} else []
        for_hub = ["hub"] if roles & {Role.PORTAL, Role.HUB} else []
        return [*for_provider, *for_hub, "email", *(["role"] if for_provider else [])]

    def get_readonly_fields(self, request: HttpRequest, obj: Invitation | None = None) -> list[str]:
        return self.get_fields(request, obj) if obj else []

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Whoever keeps one organisation's people alone invites to that one."""
        if Role.PORTAL in request_roles(request):
            return super().get_changeform_initial_data(request)
        of = person(request)
        providers = list(LeadProvider.objects.managed_by(of).values_list("pk", flat=True)[:2])
        hubs = list(TeachingSchoolHub.objects.peopled_by(of).values_list("pk", flat=True)[:2])
        if len(providers) + len(hubs) != 1:
            return super().get_changeform_initial_data(request)
        return {"provider": providers[0]} if providers else {"hub": hubs[0]}

    def formfield_for_foreignkey(
        self, db_field: "models.ForeignKey[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> Any:
        by = person(request)
        kept = {
            "provider": LeadProvider.objects.managed_by(by),
            "hub": TeachingSchoolHub.objects.peopled_by(by),
        }
        kwargs["queryset"] = kept[db_field.name].order_by("name")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_form(
        self, request: HttpRequest, obj: Invitation | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        """Whom it is for is chosen here, and not changed or added to on the way."""
        form: Any = super().get_form(request, obj, change, **kwargs)
        for name in {"provider", "hub"} & set(form.base_fields):
            widget = form.base_fields[name].widget
            widget.can_add_related = widget.can_change_related = widget.can_view_related = False
        return form

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **more: Any
    ) -> Any:
        if more.get("add"):
            context["title"] = "Invite somebody"
        return super().render_change_form(request, context, *args, **more)

    def save_model(self, request: HttpRequest, obj: Invitation, form: Any, change: bool) -> None:
        made = members.invite(
            organisation=obj.organisation,
            email=obj.email,
            role=form.cleaned_data.get("role") or "",
            by=person(request),
            now=timezone.now(),
        )
        obj.pk = made.pk

    def log_addition(self, request: HttpRequest, obj: Invitation, message: Any) -> None:  # type: ignore[override]
        """The verb has written it."""

    def response_add(
        self, request: HttpRequest, obj: Invitation, post_url_continue: Any = None
    ) -> HttpResponse:
        messages.success(request, "The invitation is sent. Here it waits until it is accepted.")
        return redirect("admin:catalogue_invitation_changelist")

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        ours = [
            path("<int:pk>/send-again/", wrap(self.send_again), name="catalogue_invitation_send_again"),
            path("<int:pk>/withdraw/", wrap(self.withdraw), name="catalogue_invitation_withdraw"),
        ]
        return [*ours, *super().get_urls()]

    def send_again(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._do(
            request, pk, members.send_again, "The invitation is sent again. The earlier link ends."
        )

    def withdraw(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._do(request, pk, members.withdraw, "The invitation is withdrawn: its link ends.")

    def _do(self, request: HttpRequest, pk: int, verb: Callable[..., object], told: str) -> HttpResponse:
        invitation: Invitation = self.known(request, pk)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        now: datetime = timezone.now()
        try:
            verb(invitation=invitation, by=person(request), now=now)
        except Refused as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, told)
        return redirect("admin:catalogue_invitation_changelist")
