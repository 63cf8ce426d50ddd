"""What was done, for portal staff to read. Nothing can be added, changed or deleted here, nor anywhere else."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from npq_portal.audit.models import AuditEvent
from npq_portal.audit.presenters import actor_names, sentence
from npq_portal.staff.admin import ScopedModelAdmin
from npq_portal.staff.roles import Role


@admin.register(AuditEvent)
class AuditEventAdmin(ScopedModelAdmin):
    access: ClassVar = {Role.PORTAL: "view"}
    every_row = True  # only portal staff come here, and they see everything
    list_display = ("at", "what", "subject", "who", "source")
    search_fields = ("=subject", "=actor", "=action")
    search_help_text = "A whole action, subject or actor, for example applications.accepted"
    date_hierarchy = "at"

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """Names are looked up for the page that is shown, in one query."""
        changelist = super().get_changelist_instance(request)
        names = actor_names(changelist.result_list)
        for event in changelist.result_list:
            event.actor_name = names[event.actor]
        return changelist

    @admin.display(description="by", ordering="actor")
    def who(self, event: AuditEvent) -> str:
        return getattr(event, "actor_name", event.actor)

    @admin.display(description="what happened", ordering="action")
    def what(self, event: AuditEvent) -> SafeString:
        return format_html("{} <code>{}</code>", sentence(event), event.action)
