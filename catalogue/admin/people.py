"""Which staff work for which organisation."""

from django.contrib import admin

from catalogue.models import HubMembership, ProviderMembership
from npq_portal.staff.admin import ScopedModelAdmin
from npq_portal.staff.roles import Role


@admin.register(ProviderMembership)
class ProviderMembershipAdmin(ScopedModelAdmin):
    access = {Role.PORTAL: "view add change delete"}
    every_row = True
    audited_fields = ("user", "provider", "role")
    list_display = ["user", "provider", "role"]
    list_select_related = ["user", "provider"]
    list_filter = ["provider", "role"]
    search_fields = ["user__email", "user__full_name"]
    autocomplete_fields = ["user"]


@admin.register(HubMembership)
class HubMembershipAdmin(ScopedModelAdmin):
    access = {Role.PORTAL: "view add change delete"}
    every_row = True
    audited_fields = ("user", "hub")
    list_display = ["user", "hub"]
    list_select_related = ["user", "hub"]
    search_fields = ["user__email", "user__full_name", "hub__name"]
    autocomplete_fields = ["user"]
