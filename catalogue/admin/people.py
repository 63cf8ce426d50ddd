"""Which staff work for which organisation: managers keep their own provider's, hub staff their hub's."""

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from catalogue.actions import members
from catalogue.models import HubMembership, MemberRole, ProviderMembership
from npq_portal.accounts.requests import person
from npq_portal.audit.models import AuditEvent
from npq_portal.staff.admin import ScopedModelAdmin
from npq_portal.staff.roles import Role
from npq_portal.verbs import Refused


class MembershipAdmin(ScopedModelAdmin):
    """Portal staff may put somebody in at once; everybody else invites. A member is taken out by the verb alone."""

    actions = None  # one at a time: the last who could keep the others stays
    refusals = (Refused,)
    holds_row = False  # its organisation is held first
    change_form_template = "admin/catalogue/membership.html"
    search_fields = ["user__email", "user__full_name"]
    autocomplete_fields: ClassVar[list[str]] = ["user"]

    @admin.display(description="Name", ordering="user__full_name")
    def name(self, membership: members.Membership) -> str:
        return membership.user.full_name or "Not given"

    @admin.display(description="E-mail", ordering="user__email")
    def email(self, membership: members.Membership) -> str:
        return membership.user.email

    @admin.display(description="Last signed in", ordering="user__last_login")
    def last_login(self, membership: members.Membership) -> Any:
        return membership.user.last_login

    @admin.display(description="Account")
    def account(self, membership: members.Membership) -> str:
        if membership.user.works_here:
            return "Open"
        return "Closed: nobody signed in" if membership.user.is_active else "Closed by portal staff"

    def get_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view(self.open_account)
        name = f"catalogue_{self.opts.model_name}_open_account"
        return [path("<int:pk>/open-account/", page, name=name), *super().get_urls()]

    def open_account(self, request: HttpRequest, pk: int) -> HttpResponse:
        membership = self.known(request, pk)
        if not self._kept(request, membership):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        members.open_account(membership=membership, by=person(request), now=timezone.now())
        messages.success(request, "They can sign in again.")
        return redirect(f"admin:catalogue_{self.opts.model_name}_change", pk)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """With a way to open the account, for who may, where nobody signed in for long."""
        row: Any = self.get_object(request, object_id)
        dormant = bool(row and row.user.is_active and row.user.dormant_at and self._kept(request, row))
        address = f"admin:catalogue_{self.opts.model_name}_open_account"
        open_at = reverse(address, args=[row.pk]) if dormant else ""
        return super().change_view(
            request, object_id, form_url, {"open_at": open_at, **(extra_context or {})}
        )

    def _kept(self, request: HttpRequest, obj: Any) -> bool:
        return obj is None or members.keeps_people_of(person(request), members.organisation_of(obj))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and self._kept(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and self._kept(request, obj)

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        try:
            return super().delete_view(request, object_id, extra_context)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect(f"admin:catalogue_{self.opts.model_name}_change", object_id)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Of one that is there, only what a provider's member may do can change."""
        members.put_in(membership=obj, by=person(request), now=timezone.now())

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        members.remove(membership=obj, by=person(request), now=timezone.now())

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> None:  # type: ignore[override]
        """The verb has written it."""

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> None:  # type: ignore[override]
        """The verb has written it."""

    def log_deletions(self, request: HttpRequest, queryset: Any) -> list[AuditEvent]:  # type: ignore[override]
        """The verb has written it."""
        return []


@admin.register(ProviderMembership)
class ProviderMembershipAdmin(MembershipAdmin):
    access = {
        Role.PORTAL: "view add change delete",
        Role.MANAGER: "view change delete",
        Role.PROVIDER: "view",
    }
    list_display = ["name", "email", "role", "provider", "account", "last_login"]
    list_select_related = ["user", "provider"]
    list_filter = ["provider", "role"]
    fields = ["user", "provider", "role"]

    def get_readonly_fields(self, request: HttpRequest, obj: ProviderMembership | None = None) -> list[str]:
        return ["user", "provider"] if obj else []

    def save_model(self, request: HttpRequest, obj: ProviderMembership, form: Any, change: bool) -> None:
        if change:
            role = MemberRole(obj.role)
            members.change_role(membership=obj, role=role, by=person(request), now=timezone.now())
        else:
            super().save_model(request, obj, form, change)


@admin.register(HubMembership)
class HubMembershipAdmin(MembershipAdmin):
    access = {Role.PORTAL: "view add delete", Role.HUB: "view delete"}
    list_display = ["name", "email", "hub", "account", "last_login"]
    list_select_related = ["user", "hub"]
    search_fields = ["user__email", "user__full_name", "hub__name"]
    fields = ["user", "hub"]
