"""What was done, for portal staff to search. Nothing can be added, changed or deleted here, nor anywhere else."""

from typing import Any, ClassVar

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, URLPattern, path, reverse
from django.utils import timezone

from npq_portal.accounts.requests import person
from npq_portal.audit.exporting import export
from npq_portal.audit.forms import SearchForm
from npq_portal.audit.models import AuditEvent
from npq_portal.audit.paging import page_of
from npq_portal.audit.presenters import actor_names, changes, sentence
from npq_portal.audit.records import subject_names
from npq_portal.cells import csv_answer
from npq_portal.staff.admin import ScopedModelAdmin
from npq_portal.staff.roles import Role

Line = dict[str, Any]


@admin.register(AuditEvent)
class AuditEventAdmin(ScopedModelAdmin):
    access: ClassVar = {Role.PORTAL: "view"}
    every_row = True  # only portal staff come here, and they see everything
    fields = ("at", "actor", "action", "subject", "old", "new", "note", "source", "network")

    def get_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view(self.export)
        return [path("export/", page, name="audit_auditevent_export"), *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The search in place of Django's list, which counts all rows and goes to a late page by reading all before."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        form = SearchForm(request.GET or None)
        found = form.found() if form.is_bound else AuditEvent.objects.all()
        shown = page_of(
            found, older_than=request.GET.get("older", ""), newer_than=request.GET.get("newer", "")
        )
        searched = request.GET.copy()
        for place in ("older", "newer"):
            searched.pop(place, None)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": "Audit trail",
            "form": form,
            "lines": lines_of(shown.events),
            "page": shown,
            "searched": searched.urlencode(),
        }
        return TemplateResponse(request, "admin/audit/search.html", context)

    def export(self, request: HttpRequest) -> HttpResponseBase:
        """What the search in the address finds, as CSV. A POST, since taking it is recorded."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        form = SearchForm(request.GET)
        if not form.is_valid():
            return self.changelist_view(request)
        now = timezone.now()
        lines = export(search=form, by=person(request), now=now)
        return csv_answer(lines, "audit-trail", timezone.localdate(now))


def lines_of(events: list[AuditEvent]) -> list[Line]:
    """The rows in words: a query for the people, and one for each kind of record that has names."""
    actors, subjects = actor_names(events), subject_names(events)
    return [
        {
            "event": event,
            "what": sentence(event),
            "changes": changes(event),
            "who": actors[event.actor],
            "kind": event.subject.partition(":")[0],
            "record": subjects.get(event.subject) or event.subject.partition(":")[2],
            "address": _address(event.subject),
        }
        for event in events
    ]


def _address(subject: str) -> str:
    """The record's page in the staff area; empty where it has none."""
    kind, _, key = subject.partition(":")
    try:
        return reverse(f"admin:{kind.replace('.', '_')}_change", args=[key])
    except NoReverseMatch:
        return ""
