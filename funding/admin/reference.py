"""What staff of the portal may look at. Nothing here is changed by hand: the importer writes these rows."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path

from funding.admin import extracts
from funding.models import Establishment, EstablishmentChange, EstablishmentLink, ImportRun, TermList
from npq_portal.staff.admin import ScopedModelAdmin, ScopedTabularInline
from npq_portal.staff.roles import Role


class ReferenceAdmin(ScopedModelAdmin):
    """Published facts: all of them for portal staff, to read."""

    access = {Role.PORTAL: "view"}
    every_row = True


class ChangeInline(ScopedTabularInline):
    """What imports changed about the establishment, newest first."""

    model = EstablishmentChange
    access = {Role.PORTAL: "view"}
    every_row = True
    fields = ("run", "old", "new")
    verbose_name_plural = "what imports changed"

    def get_queryset(self, request: HttpRequest) -> QuerySet[EstablishmentChange]:
        return super().get_queryset(request).select_related("run")


class ValuesThatAreThere(admin.AllValuesFieldListFilter):
    """Django's, where a link to the rows that have no value has words too."""

    def choices(self, changelist: Any) -> Iterator[Any]:
        for choice in super().choices(changelist):
            yield {**choice, "display": choice["display"] or "(none)"}


@admin.register(Establishment)
class EstablishmentAdmin(ReferenceAdmin):
    # "bring" is the portal's own verb beside Django's four, as for list editions.
    access = {Role.PORTAL: "view bring"}
    list_display = ("name", "urn", "ukprn", "type_name", "status_name", "la_name", "postcode")
    list_filter = tuple((name, ValuesThatAreThere) for name in ("status_name", "phase", "region"))
    search_fields = ("=urn", "=ukprn", "name", "postcode")
    ordering = ("name", "id")
    inlines = (ChangeInline,)

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        ours = [
            path("extract/", wrap(self.bring_extract), name="funding_establishment_bring"),
            path("extract/<int:pk>/", wrap(self.extract), name="funding_establishment_extract"),
        ]
        return [*ours, *super().get_urls()]

    def bring_extract(self, request: HttpRequest) -> HttpResponse:
        self._allow(request)
        return extracts.bring(self, request)

    def extract(self, request: HttpRequest, pk: int) -> HttpResponse:
        self._allow(request)
        return extracts.extract(self, request, pk)

    def _allow(self, request: HttpRequest) -> None:
        if not self.may(request, "bring"):
            raise PermissionDenied


@admin.register(EstablishmentLink)
class EstablishmentLinkAdmin(ReferenceAdmin):
    list_display = ("urn", "kind", "linked_urn", "linked_name", "linked_on")
    search_fields = ("=urn", "=linked_urn")


@admin.register(TermList)
class TermListAdmin(ReferenceAdmin):
    list_display = ("term", "kind", "edition")
    list_filter = ("term", "kind")
    list_select_related = ("term", "edition")


@admin.register(ImportRun)
class ImportRunAdmin(ReferenceAdmin):
    list_display = (
        "source",
        "file_name",
        "finished_at",
        "rows_read",
        "rows_added",
        "rows_changed",
        "rows_removed",
        "rows_rejected",
        "refusal",
    )
    list_filter = ("bundled",)
    search_fields = ("source", "file_name")
