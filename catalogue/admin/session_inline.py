"""The sessions of a course run, on its own page in the staff area."""

from typing import Any

from django.contrib.admin.widgets import AdminTimeWidget
from django.db import models
from django.http import HttpRequest

from catalogue.models import CourseRun, Session
from catalogue.run_forms import SessionForm, SessionFormSet
from npq_portal.staff.admin import ScopedStackedInline
from npq_portal.staff.roles import Role


class SessionInline(ScopedStackedInline):
    model = Session
    form = SessionForm
    formset = SessionFormSet
    every_row = True
    access = {
        Role.PORTAL: "view add change delete",
        Role.PROVIDER: "view add change delete",
        Role.HUB: "view add change delete",
    }
    fields = [
        ("title", "on"),
        ("starts_at", "ends_at", "facilitator"),
        ("venue", "postcode", "online"),
        "cancelled",
    ]
    ordering = ["position"]
    max_num = 60
    # Without seconds, which no session has.
    formfield_overrides = {models.TimeField: {"widget": AdminTimeWidget(format="%H:%M")}}

    def get_extra(self, request: HttpRequest, obj: CourseRun | None = None, **kwargs: Any) -> int:
        """Empty ones to fill in: without JavaScript there is no other way to add a session."""
        return 1 if obj else 4

    def get_formset(self, request: HttpRequest, obj: CourseRun | None = None, **kwargs: Any) -> Any:
        """No more forms are built than a run can have sessions, whatever number is posted."""
        return super().get_formset(request, obj, absolute_max=self.max_num, **kwargs)
