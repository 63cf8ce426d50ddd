"""What staff of the portal may look at. Nothing here is changed by hand: the importer writes these rows."""

from django.contrib import admin

from funding.models import Establishment, EstablishmentLink, ImportRun, ListEdition, TermList
from npq_portal.staff.admin import ScopedModelAdmin
from npq_portal.staff.roles import Role


class ReferenceAdmin(ScopedModelAdmin):
    """Published facts: all of them for portal staff, to read."""

    access = {Role.PORTAL: "view"}  # noqa: RUF012
    every_row = True


@admin.register(Establishment)
class EstablishmentAdmin(ReferenceAdmin):
    list_display = ("name", "urn", "ukprn", "type_name", "status_name", "la_name", "postcode")
    list_filter = ("status_name", "phase", "region")
    search_fields = ("=urn", "=ukprn", "name", "postcode")
    ordering = ("name", "id")


@admin.register(EstablishmentLink)
class EstablishmentLinkAdmin(ReferenceAdmin):
    list_display = ("urn", "kind", "linked_urn", "linked_name", "linked_on")
    search_fields = ("=urn", "=linked_urn")


@admin.register(ListEdition)
class ListEditionAdmin(ReferenceAdmin):
    list_display = ("kind", "term_name", "published_on", "entry_count", "computed", "source_name", "loaded_at")
    list_filter = ("kind", "computed")


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
    )
    list_filter = ("bundled",)
    search_fields = ("source", "file_name")
