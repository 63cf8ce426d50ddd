"""Lead providers, what each offers, hubs and delivery partners."""

from django.contrib import admin

from catalogue.models import DeliveryPartner, HubArea, LeadProvider, Offer, TeachingSchoolHub
from npq_portal.staff.admin import ScopedModelAdmin, ScopedTabularInline
from npq_portal.staff.roles import Role


@admin.register(LeadProvider)
class LeadProviderAdmin(ScopedModelAdmin):
    access = {Role.PORTAL: "view add change"}
    every_row = True
    audited_fields = ("name", "slug", "ofsted_grade", "ofsted_on", "left_on", "note")
    list_display = ["name", "ofsted_grade", "ofsted_on", "left_on"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}
    fields = ["name", "slug", "ofsted_grade", "ofsted_on", "left_on", "note"]


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
    """Shown only: hubs come from the published list."""

    access = {Role.PORTAL: "view"}
    every_row = True
    inlines = [AreaInline]
    list_display = ["name", "code", "lead_school_name", "lead_school_urn"]
    search_fields = ["name", "code", "areas__district_name"]


@admin.register(DeliveryPartner)
class DeliveryPartnerAdmin(ScopedModelAdmin):
    access = {Role.PORTAL: "view add change"}
    every_row = True
    audited_fields = ("name", "slug")
    list_display = ["name"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}
