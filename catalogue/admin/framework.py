"""Frameworks as portal staff see them: each section with its statements, and a slip in a statement put right.

Sections are changed in catalogue/data, reviewed as code. Statements come from a file (see catalogue.frameworks.load),
and the next file for their edition says again what they say: so nobody adds or removes one here.
"""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from catalogue.models import FrameworkSection, FrameworkStatement
from npq_portal.staff.admin import ScopedModelAdmin, ScopedTabularInline
from npq_portal.staff.roles import Role


class StatementInline(ScopedTabularInline):
    model = FrameworkStatement
    access = {Role.PORTAL: "view"}
    every_row = True
    show_change_link = True
    fields = ["edition", "kind", "number", "text"]
    ordering = ["-edition__published_on", "position"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[FrameworkStatement]:
        return super().get_queryset(request).select_related("edition__qualification")


@admin.register(FrameworkSection)
class FrameworkSectionAdmin(ScopedModelAdmin):
    access = {Role.PORTAL: "view"}
    every_row = True
    inlines = [StatementInline]
    list_display = ["title", "qualification", "position", "certain"]
    list_select_related = ["qualification"]
    list_filter = ["qualification"]
    search_fields = ["title", "qualification__name", "qualification__code"]


@admin.register(FrameworkStatement)
class FrameworkStatementAdmin(ScopedModelAdmin):
    access = {Role.PORTAL: "view change"}
    every_row = True
    audited_fields = ("text",)
    list_display = ["text", "number", "kind", "section", "edition"]
    list_select_related = ["section__qualification", "edition__qualification"]
    list_filter = ["section__qualification", "kind"]
    search_fields = ["text", "section__title", "number"]
    fields = ["section", "edition", "kind", "number", "text"]
    readonly_fields = ["section", "edition", "kind", "number"]
