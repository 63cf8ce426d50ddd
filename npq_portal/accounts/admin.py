"""People, for portal staff: who may come into the staff area, and help for who has lost a phone."""

from typing import Any, ClassVar

from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import admin, messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from npq_portal.accounts.models import User
from npq_portal.accounts.requests import person
from npq_portal.audit.recording import record
from npq_portal.staff.admin import ScopedModelAdmin
from npq_portal.staff.roles import Role


class PersonForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ("email",)

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).strip().lower()


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
        "is_staff",
        "is_portal_staff",
        "last_login",
        "date_joined",
    )
    readonly_fields = ("last_login", "date_joined")
    audited_fields = ("is_active", "is_staff", "is_portal_staff", "trn_verified")
    actions = ("remove_second_step",)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What is left of an erased person is read, and stays as it is."""
        return not (obj and obj.erased_at) and super().has_change_permission(request, obj)

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)

    @admin.action(description="Remove the second step (lost phone or key)", permissions=["change"])
    def remove_second_step(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """They set up a new one when they next come to the staff area."""
        now = timezone.now()
        for member in queryset:
            with transaction.atomic():
                Authenticator.objects.filter(user=member).delete()
                record(action="accounts.second_step_removed", subject=member, by=person(request), now=now)
        self.message_user(request, "Second step removed.", messages.SUCCESS)
