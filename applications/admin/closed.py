"""What a provider keeps of applications that went on to another: to look at, by whoever works there."""

from typing import ClassVar

from django.contrib import admin

from applications.models import ClosedApplication
from npq_portal.staff.admin import ScopedModelAdmin
from npq_portal.staff.roles import Role


@admin.register(ClosedApplication)
class ClosedApplicationAdmin(ScopedModelAdmin):
    access: ClassVar[dict[Role, str]] = {Role.PORTAL: "view", Role.PROVIDER: "view"}
    list_display = ("reference", "qualification", "term", "provider", "registered_at", "closed_at", "why")
    list_filter = ("qualification", "term", "provider")
    list_select_related = ("qualification", "term", "provider")
    search_fields = ("reference",)
    search_help_text = "A reference"
    fields = (
        "reference",
        "qualification",
        "term",
        "provider",
        "registered_at",
        "submitted_at",
        "closed_at",
        "why",
    )
