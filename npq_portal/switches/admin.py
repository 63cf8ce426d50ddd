"""The page of the switches, for portal staff: what it would look like is shown before it is so."""

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from npq_portal.accounts.requests import person
from npq_portal.staff.admin import ScopedModelAdmin
from npq_portal.staff.roles import Role
from npq_portal.switches.actions import mark_of, turn
from npq_portal.switches.forms import SwitchesForm
from npq_portal.switches.models import Switches
from npq_portal.verbs import Refused

PAGE = "admin:switches_switches_change"


@admin.register(Switches)
class SwitchesAdmin(ScopedModelAdmin):
    access: ClassVar = {Role.PORTAL: "view change"}
    every_row = True

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """There is one row, and its page is all there is to see."""
        if not self.has_view_permission(request):
            return super().changelist_view(request, extra_context)
        return redirect(PAGE, 1)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        switches: Switches = self.known(request, object_id)
        now = timezone.now()
        posted = request.POST if request.method == "POST" else None
        form = SwitchesForm(posted, switches, now)
        wanted = form.values if posted is not None and form.is_valid() else None
        if posted is not None and wanted is not None and "save" in posted:
            return _turn(request, wanted, posted.get("seen", ""))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": "Switches",
            "form": form,
            "switches": switches,
            "now": now,
            "standing": switches.at(now),
            "preview": Switches(**wanted) if wanted else None,
            "seen": mark_of(switches),
        }
        return TemplateResponse(request, "admin/switches/switches.html", context)


def _turn(request: HttpRequest, wanted: dict[str, Any], seen: str) -> HttpResponse:
    try:
        changed = turn(to=wanted, seen=seen, by=person(request), now=timezone.now())
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(
            request, "Saved. Every page shows it from now on." if changed else "Nothing was different."
        )
    return redirect(PAGE, 1)
