"""People, for portal staff: who may come into the staff area, and help for who has lost a phone."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone

from npq_portal.accounts import own_sessions, staff_accounts
from npq_portal.accounts.models import User
from npq_portal.accounts.own_sessions import open_sessions
from npq_portal.accounts.requests import person
from npq_portal.births import EARLIEST, LATEST, OUTSIDE
from npq_portal.fields import check_name
from npq_portal.staff.admin import ScopedModelAdmin
from npq_portal.staff.forms import lasting_reason
from npq_portal.staff.roles import Role
from npq_portal.verbs import Refused

LABELS = {
    "sessions": "End all sessions",
    "second_step": "Reset the second step (lost phone or key)",
    "close": "Close the account",
    "open": "Open the account again",
}
# Written by let_in and let_out alone.
BY_VERB = {"is_staff", "is_portal_staff"}
Act = Callable[[User, User, str, datetime], object]
ACTS: dict[str, Act] = {
    "sessions": lambda member, by, reason, now: own_sessions.end_sessions(
        user=member, by=by, reason=reason, now=now
    ),
    "second_step": lambda member, by, reason, now: staff_accounts.reset_second_step(
        member=member, by=by, reason=reason, now=now
    ),
    "close": lambda member, by, reason, now: staff_accounts.disable(
        member=member, by=by, reason=reason, now=now
    ),
    "open": lambda member, by, reason, now: staff_accounts.enable(
        member=member, by=by, reason=reason, now=now
    ),
}


class ActForm(forms.Form):
    act = forms.ChoiceField(
        label="What to do",
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose what to do"),
    )
    reason = lasting_reason()

    def __init__(self, *args: Any, member: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fits = {"sessions", "second_step", "close"} if member.works_here else {"open"}
        self.fields["act"].choices = [each for each in LABELS.items() if each[0] in fits]  # type: ignore[attr-defined]


class PersonForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ("email",)

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).strip().lower()

    def clean_full_name(self) -> str:
        """Colleagues read it beside what staff do. Of an applicant it is what they wrote, by the same rules."""
        name = str(self.cleaned_data["full_name"])
        if name and "full_name" in self.changed_data:
            check_name(name)
        if not name and self.data.get("is_staff"):
            raise forms.ValidationError("Enter the full name: staff are named beside what they do")
        return name

    def clean_date_of_birth(self) -> date | None:
        born: date | None = self.cleaned_data["date_of_birth"]
        if born and not EARLIEST <= born <= LATEST:
            raise forms.ValidationError(OUTSIDE)
        return born


@admin.register(User)
class UserAdmin(ScopedModelAdmin):
    """There is no password field: people sign in by emailed code and may set a password themselves.

    There is no way to delete a person: applications, notes and history go on naming them. They are closed
    (not active), and then cannot sign in. Somebody who is no staff may erase themselves (`forgetting`).
    """

    access: ClassVar = {Role.PORTAL: "view add change"}
    tells_of_people = True
    form = PersonForm
    list_display = ("email", "full_name", "trn", "is_staff", "is_portal_staff", "is_active", "last_login")
    list_filter = ("is_staff", "is_portal_staff", "is_active")
    search_fields = ("email", "full_name", "=trn")
    ordering = ("email",)
    fields = (
        "email",
        "full_name",
        "trn",
        "trn_verified",
        "date_of_birth",
        "is_active",
        "merged_into",
        "is_staff",
        "is_portal_staff",
        "last_login",
        "date_joined",
    )
    # Opened and closed on the page of the staff account, with a reason.
    readonly_fields = ("is_active", "merged_into", "last_login", "date_joined")
    audited_fields = ("trn_verified",)  # who is let in and out, the verbs record
    refusals = (Refused,)
    change_form_template = "admin/accounts/user.html"
    actions = None

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What is left of an erased person, or of an account that was merged, is read, and stays as it is."""
        return not (obj and (obj.erased_at or obj.merged_into_id)) and super().has_change_permission(
            request, obj
        )

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        if not change:
            obj.set_unusable_password()
        staff, portal = obj.is_staff, obj.is_portal_staff
        for name in BY_VERB:
            setattr(obj, name, bool(form.initial.get(name)))
        super().save_model(request, obj, form, change)
        by, now = person(request), timezone.now()
        if change and "email" in form.changed_data:
            staff_accounts.change_address(member=obj, was=form.initial["email"], by=by, now=now)
        if not BY_VERB & set(form.changed_data):
            return
        if staff:
            staff_accounts.let_in(member=obj, portal=portal, by=by, now=now)
            if not form.initial.get("is_staff"):
                staff_accounts.tell_of_account(member=obj, by=by, now=now)
                messages.info(
                    request,
                    f"We have told {obj.email} how to sign in: with a code that we mail, and then a second step.",
                )
        else:
            staff_accounts.let_out(member=obj, by=by, now=now)

    def get_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view(self.staff_account)
        return [
            path("<uuid:pk>/staff-account/", page, name="accounts_user_staff_account"),
            *super().get_urls(),
        ]

    def staff_account(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """What a member of staff signs in with and where, and what portal staff do about it, each with a reason."""
        member: User = self.known(request, pk)
        if not member.has_staff_account:
            raise Http404
        now = timezone.now()
        form = ActForm(request.POST or None, member=member)
        if request.method == "POST" and form.is_valid():
            act, reason = form.cleaned_data["act"], form.cleaned_data["reason"]
            try:
                ACTS[act](member, person(request), reason, now)
            except Refused as refusal:
                messages.warning(request, str(refusal))
            else:
                messages.success(request, f"Done: {LABELS[act][0].lower()}{LABELS[act][1:]}.")
            return redirect("admin:accounts_user_staff_account", pk)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": f"Staff account of {member}",
            "member": member,
            "form": form,
            "sessions": open_sessions(member, "", now),
            "second_step": Authenticator.objects.filter(user=member).exclude(type="recovery_codes").exists(),
            "memberships": [
                *member.provider_memberships.select_related("provider"),
                *member.hub_memberships.select_related("hub"),
            ],
        }
        return TemplateResponse(request, "admin/accounts/staff_account.html", context)
