"""Lead providers, what each offers, hubs, delivery partners, and who works with whom."""

from typing import Any

from django.contrib import admin
from django.db import models

from catalogue.models import DeliveryPartner, HubArea, LeadProvider, Offer, Partnership, TeachingSchoolHub
from npq_portal.staff.admin import ScopedModelAdmin, ScopedTabularInline
from npq_portal.staff.roles import Role

# Django takes http for an address that is typed without either.
TYPED: dict[Any, Any] = {models.URLField: {"assume_scheme": "https"}}


@admin.register(LeadProvider)
class LeadProviderAdmin(ScopedModelAdmin):
    formfield_overrides = TYPED
    access = {Role.PORTAL: "view add change"}
    every_row = True
    audited_fields = ("name", "slug", "ofsted_grade", "ofsted_on", "left_on", "note", "website")
    list_display = ["name", "ofsted_grade", "ofsted_on", "left_on"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}
    fields = ["name", "slug", "ofsted_grade", "ofsted_on", "left_on", "note", "website"]


@admin.register(Offer)
class OfferAdmin(ScopedModelAdmin):
    access = {Role.PORTAL: "view add change delete"}
    every_row = True
    audited_fields = ("provider", "qualification", "term", "as_of")
    list_display = ["provider", "qualification", "term", "as_of"]
    list_select_related = ["provider", "qualification", "term"]
    list_filter = ["term", "provider", "qualification"]
    search_fields = ["provider__name", "qualification__name"]


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
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}
    fields = ["name", "slug", "note", "website"]


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
