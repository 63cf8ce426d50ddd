"""The sessions of all course runs that a member of staff keeps, in one list. Each is changed on the page of its run."""

from datetime import date
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html

from catalogue.admin import cancelling
from catalogue.clashes import SHOWN_AT_MOST, clashes
from catalogue.models import CourseRun, Session
from npq_portal.accounts.requests import person
from npq_portal.staff.admin import ScopedModelAdmin
from npq_portal.staff.roles import Role


class WhenFilter(admin.SimpleListFilter):
    """Opens on what is to come."""

    title = "when"
    parameter_name = "when"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("undated", "Date to be confirmed"), ("past", "Past"), ("any", "All")]

    def choices(self, changelist: Any) -> Any:
        first, *others = super().choices(changelist)
        yield {**first, "display": "To come"}
        yield from others

    def queryset(self, request: HttpRequest, queryset: QuerySet[Session]) -> QuerySet[Session]:
        day = timezone.localdate()
        match self.value():
            case "undated":
                return queryset.filter(on=None)
            case "past":
                return queryset.filter(on__lt=day)
            case "any":
                return queryset
        return queryset.filter(Q(on__gte=day) | Q(on=None))


@admin.register(Session)
class SessionAdmin(ScopedModelAdmin):
    # "cancel" is a verb of the portal's own beside Django's four.
    access = {Role.PORTAL: "view cancel", Role.PROVIDER: "view cancel", Role.HUB: "view cancel"}
    list_display = ["when", "hours", "what", "where", "facilitator", "stands"]
    list_select_related = ["run__qualification", "run__term", "run__hub", "run__partner", "run__provider"]
    list_filter = [
        WhenFilter,
        "cancelled",
        "online",
        "run__qualification",
        "run__term",
        "run__hub",
        "run__provider",
    ]
    search_fields = ["venue", "postcode", "facilitator", "title"]
    search_help_text = "A venue, postcode, facilitator or title"
    ordering = ["on", "starts_at", "pk"]
    actions = None

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return super().changelist_view(request, {"title": "Sessions", **(extra_context or {})})

    @admin.display(description="Date", ordering="on", empty_value="to be confirmed")
    def when(self, session: Session) -> date | None:
        return session.on

    @admin.display(description="Time", ordering="starts_at")
    def hours(self, session: Session) -> str:
        return " to ".join(f"{at:%H:%M}" for at in (session.starts_at, session.ends_at) if at)

    @admin.display(description="Session", ordering="run__qualification__name")
    def what(self, session: Session) -> str:
        return f"{session}: {session.run}"

    @admin.display(description="Where", ordering="venue")
    def where(self, session: Session) -> str:
        parts = (session.venue, session.postcode, "online" * session.online)
        return ", ".join(part for part in parts if part)

    @admin.display(description="Takes place")
    def stands(self, session: Session) -> str:
        if session.cancelled:
            return "Cancelled"
        address = reverse("admin:catalogue_session_cancel", args=[session.pk])
        return format_html(
            '<a href="{}">Cancel<span class="visually-hidden"> {}</span></a>', address, session
        )

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        ours = [
            path("clashes/", wrap(self.clashes), name="catalogue_session_clashes"),
            path("<int:pk>/cancel/", wrap(self.cancel), name="catalogue_session_cancel"),
        ]
        return [*ours, *super().get_urls()]

    def clashes(self, request: HttpRequest) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        user, day = person(request), timezone.localdate()
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": "Sessions that clash",
            "kinds": [
                ("The same venue at the same time", list(clashes(user, "venue", day))),
                ("The same facilitator at the same time", list(clashes(user, "facilitator", day))),
            ],
            "shown_at_most": SHOWN_AT_MOST,
        }
        return TemplateResponse(request, "admin/catalogue/clashes.html", context)

    def cancel(self, request: HttpRequest, pk: int) -> HttpResponse:
        session: Session = self.known(request, pk)
        kept = CourseRun.objects.kept_by(person(request))
        if not self.may(request, "cancel") or not kept.filter(pk=session.run_id).exists():
            raise PermissionDenied
        return cancelling.cancel_session(self, request, session)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        run = self.known(request, object_id).run
        return redirect(reverse("admin:catalogue_courserun_change", args=[run.pk]) + "#sessions-group")

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """A session's changes stand in the history of its run."""
        return redirect("admin:catalogue_courserun_history", self.known(request, object_id).run.pk)
