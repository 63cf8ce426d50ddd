"""The NPQs as portal staff see them. Shown only: they are changed in catalogue/data, reviewed as code."""

from django.contrib import admin

from catalogue.models import FrameworkEdition, FrameworkSection, PriceSeen, Qualification, QualificationFact
from npq_portal.staff.admin import ScopedModelAdmin, ScopedTabularInline
from npq_portal.staff.roles import Role


class FactInline(ScopedTabularInline):
    model = QualificationFact
    access = {Role.PORTAL: "view"}
    every_row = True
    fields = ["kind", "text", "as_of", "certain"]


class PriceInline(ScopedTabularInline):
    model = PriceSeen
    access = {Role.PORTAL: "view"}
    every_row = True
    fields = ["seen_in", "pounds", "plus_vat"]


class EditionInline(ScopedTabularInline):
    model = FrameworkEdition
    access = {Role.PORTAL: "view"}
    every_row = True
    fields = ["reference", "published_on", "pages", "size_kb"]


class SectionInline(ScopedTabularInline):
    model = FrameworkSection
    access = {Role.PORTAL: "view"}
    every_row = True
    fields = ["position", "title", "summary", "certain"]


@admin.register(Qualification)
class QualificationAdmin(ScopedModelAdmin):
    access = {Role.PORTAL: "view"}
    every_row = True
    inlines = [FactInline, PriceInline, EditionInline, SectionInline]
    list_display = ["name", "code", "category", "taught_months", "hidden"]
    list_filter = ["category", "hidden"]
    search_fields = ["name", "code", "identifier"]
