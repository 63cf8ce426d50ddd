"""What was done, for portal staff to search. Nothing can be added, changed or deleted here, nor anywhere else."""

from typing import Any, ClassVar

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone

from npq_portal.accounts.requests import person
from npq_portal.audit.exporting import export
from npq_portal.audit.forms import SearchForm
from npq_portal.audit.lines import line_of, lines_of, meant, summary_of
from npq_portal.audit.models import AuditEvent
from npq_portal.audit.paging import page_of
from npq_portal.cells import csv_answer
from npq_portal.staff.admin import ScopedModelAdmin
from npq_portal.staff.roles import Role


@admin.register(AuditEvent)
class AuditEventAdmin(ScopedModelAdmin):
    access: ClassVar = {Role.PORTAL: "view"}
    every_row = True  # only portal staff come here, and they see everything
    fields = ("at", "actor", "action", "subject", "old", "new", "note", "source", "network")
    change_form_template = "admin/audit/event.html"

    def get_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view(self.export)
        return [path("export/", page, name="audit_auditevent_export"), *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The search in place of Django's list, which counts all rows and goes to a late page by reading all before."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        form = SearchForm(request.GET or None, today=timezone.localdate())
        found = form.found() if form.is_bound else AuditEvent.objects.all()
        shown = page_of(
            found, older_than=request.GET.get("older", ""), newer_than=request.GET.get("newer", "")
        )
        searched = request.GET.copy()
        for place in ("older", "newer"):
            searched.pop(place, None)
        about_some = form.is_bound and form.is_valid() and form.about_some
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": "Audit trail",
            "form": form,
            "lines": lines_of(shown.events, request),
            "page": shown,
            "searched": searched.urlencode(),
            "meant": meant(form, request) if about_some else None,
            "summary": summary_of(found) if about_some else None,
        }
        return TemplateResponse(request, "admin/audit/search.html", context)

    def render_change_form(
        self, request: HttpRequest, context: Any, *arguments: Any, **more: Any
    ) -> HttpResponse:
        """One event: in words, and under them what the database holds."""
        event = more.get("obj")
        if event:
            line, day = line_of(event, request), timezone.localtime(event.at)
            title = f"{line['what'].rstrip('.')}: {line['record']['name']}"
            context |= {"line": line, "title": title, "subtitle": f"{day:%-d %B %Y, %H:%M:%S}"}
        return super().render_change_form(request, context, *arguments, **more)

    def export(self, request: HttpRequest) -> HttpResponseBase:
        """What the search in the address finds, as CSV. A POST, since taking it is recorded."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        now = timezone.now()
        form = SearchForm(request.GET, today=timezone.localdate(now))
        if not form.is_valid():
            return self.changelist_view(request)
        lines = export(search=form, by=person(request), now=now)
        return csv_answer(lines, "audit-trail", timezone.localdate(now))
