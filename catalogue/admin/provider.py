"""Lead providers, hubs, delivery partners, and who works with whom. (Offers: applications/admin/offers.py.)"""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone

from catalogue.actions.partners import free_slug, hold_standing
from catalogue.admin import partner_pairs
from catalogue.models import DeliveryPartner, HubArea, LeadProvider, Partnership, TeachingSchoolHub
from npq_portal.accounts.requests import person
from npq_portal.staff.admin import ScopedModelAdmin, ScopedTabularInline
from npq_portal.staff.roles import Role
from npq_portal.staff.scoping import request_roles

# Django takes http for an address that is typed without either.
TYPED: dict[Any, Any] = {models.URLField: {"assume_scheme": "https"}}


# What a provider says of itself: its managers keep these, and its page shows them with their day.
ITS_OWN = ("website", "email", "telephone", "own_words")


@admin.register(LeadProvider)
class LeadProviderAdmin(ScopedModelAdmin):
    """Provider staff see their own; its managers keep how it is reached and what it says of itself."""

    formfield_overrides = TYPED
    access = {Role.PORTAL: "view add change", Role.MANAGER: "view change", Role.PROVIDER: "view"}
    every_row = True
    # The e-mail address and telephone number are the provider's own and public, not a person's.
    audited_fields = (
        "name",
        "slug",
        "ofsted_grade",
        "ofsted_on",
        "left_on",
        "note",
        *ITS_OWN,
        "contact_as_of",
    )
    list_display = ["name", "ofsted_grade", "ofsted_on", "left_on", "contact_as_of"]
    search_fields = ["name"]
    fieldsets = [
        (None, {"fields": ["name", "slug", "ofsted_grade", "ofsted_on", "left_on", "note"]}),
        ("How people reach it, and what it says of itself", {"fields": [*ITS_OWN, "contact_as_of"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> "models.QuerySet[LeadProvider]":
        own = LeadProvider.objects.of_staff(person(request)).values("pk")
        return super().get_queryset(request).filter(pk__in=own)

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        if not super().has_change_permission(request, obj):
            return False
        return obj is None or LeadProvider.objects.managed_by(person(request)).filter(pk=obj.pk).exists()

    def get_readonly_fields(self, request: HttpRequest, obj: LeadProvider | None = None) -> list[str]:
        if Role.PORTAL in request_roles(request):
            return []
        return ["name", "ofsted_grade", "ofsted_on", "left_on", "note", "contact_as_of"]

    def get_fieldsets(self, request: HttpRequest, obj: LeadProvider | None = None) -> list[Any]:
        """Where its page is, portal staff alone say."""
        if Role.PORTAL in request_roles(request):
            return self.fieldsets
        (title, shown), (heading, words) = self.fieldsets
        told = "Whoever saves this page confirms that all of it stands today: the public page shows the day."
        return [
            (title, {"fields": [name for name in shown["fields"] if name != "slug"]}),
            (heading, {**words, "description": told}),
        ]

    def get_prepopulated_fields(self, request: HttpRequest, obj: LeadProvider | None = None) -> Any:
        return {} if obj else {"slug": ["name"]}

    def save_model(self, request: HttpRequest, obj: LeadProvider, form: Any, change: bool) -> None:
        """What its managers save stands on that day, changed or not; portal staff say when they saw it."""
        if Role.PORTAL not in request_roles(request):
            obj.contact_as_of = timezone.localdate()
        super().save_model(request, obj, form, change)


class AreaInline(ScopedTabularInline):
    model = HubArea
    access = {Role.PORTAL: "view"}
    every_row = True


@admin.register(TeachingSchoolHub)
class TeachingSchoolHubAdmin(ScopedModelAdmin):
    """Hubs come from the published list: only how each is reached is kept here."""

    formfield_overrides = TYPED
    access = {Role.PORTAL: "view change"}
    every_row = True
    # The e-mail address and telephone number are the hub's own and public, not a person's.
    audited_fields = ("website", "email", "telephone", "contact_as_of")
    inlines = [AreaInline]
    list_display = ["name", "code", "lead_school_name", "lead_school_urn", "contact_as_of"]
    search_fields = ["name", "code", "areas__district_name"]
    fields = [
        "name",
        "code",
        ("lead_school_name", "lead_school_urn"),
        "website",
        ("email", "telephone"),
        "contact_as_of",
    ]
    readonly_fields = ["name", "code", "lead_school_name", "lead_school_urn"]


@admin.register(DeliveryPartner)
class DeliveryPartnerAdmin(ScopedModelAdmin):
    formfield_overrides = TYPED
    access = {Role.PORTAL: "view add change"}
    every_row = True
    audited_fields = ("name", "slug", "note", "website")
    list_display = ["name", "website"]
    search_fields = ["name", "aliases__name"]
    fields = ["name", "slug", "note", "website", "was_called"]
    readonly_fields = ["was_called"]

    def get_fields(self, request: HttpRequest, obj: DeliveryPartner | None = None) -> Any:
        """A new one's address is made from its name, and it has been called nothing else yet."""
        return self.fields if obj else ["name", "note", "website"]

    def save_model(self, request: HttpRequest, obj: DeliveryPartner, form: Any, change: bool) -> None:
        if not change:
            obj.slug = free_slug(obj.name)
        super().save_model(request, obj, form, change)
        if "name" in form.changed_data:
            partner_pairs.tell_of_alike(request, obj)

    @admin.display(description="was also called", empty_value="nothing else")
    def was_called(self, partner: DeliveryPartner) -> str | None:
        return "; ".join(map(str, partner.aliases.all())) if partner.pk else None

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        ours = [
            path("pairs/", wrap(self.pairs), name="catalogue_deliverypartner_pairs"),
            path("<int:pk>/with/<int:other>/", wrap(self.pair), name="catalogue_deliverypartner_pair"),
        ]
        return [*ours, *super().get_urls()]

    def pairs(self, request: HttpRequest) -> HttpResponse:
        self._allow(request)
        return partner_pairs.pairs(self, request)

    def pair(self, request: HttpRequest, pk: int, other: int) -> HttpResponse:
        self._allow(request)
        return partner_pairs.pair(self, request, pk, other)

    def _allow(self, request: HttpRequest) -> None:
        if not self.has_change_permission(request):
            raise PermissionDenied


@admin.register(Partnership)
class PartnershipAdmin(ScopedModelAdmin):
    """One that ends is marked as past and stays: nobody removes what people may have to explain later."""

    access = {Role.PORTAL: "view add change"}
    every_row = True
    audited_fields = ("provider", "hub", "partner", "period", "is_past", "seen_on")
    list_display = ["provider", "hub", "partner", "period", "is_past", "seen_on"]
    list_select_related = ["provider", "hub", "partner"]
    list_filter = ["is_past", "provider"]
    search_fields = ["provider__name", "hub__name", "partner__name", "text"]
    fields = ["provider", "hub", "partner", "period", "is_past", "text", "seen_on"]

    def save_model(self, request: HttpRequest, obj: Partnership, form: Any, change: bool) -> None:
        obj.partner_id = hold_standing(obj.partner_id)
        super().save_model(request, obj, form, change)
