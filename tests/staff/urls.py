"""The portal's pages with an admin of a few test pages, to try the scoping on."""

from typing import ClassVar

from django.urls import path

from catalogue.models.membership import ProviderMembership
from npq_portal.accounts.models import User
from npq_portal.staff.admin import ScopedModelAdmin, ScopedTabularInline
from npq_portal.staff.roles import Role
from npq_portal.staff.site import PortalAdminSite
from npq_portal.urls import handler400, handler403, handler404, handler500, urlpatterns  # noqa: F401

site = PortalAdminSite(name="admin")


class MembershipInline(ScopedTabularInline):
    model = ProviderMembership
    access: ClassVar = {Role.PORTAL: "view add change delete", Role.PROVIDER: "view"}
    every_row = True


class PersonAdmin(ScopedModelAdmin):
    """Everybody sees themselves, portal staff all (User.objects.visible_to)."""

    access: ClassVar = {Role.PORTAL: "view add change delete", Role.PROVIDER: "view change", Role.HUB: "view"}
    list_display = ("email",)
    list_filter = ("is_staff",)
    date_hierarchy = "date_joined"
    search_fields = ("email",)
    fields = ("email", "full_name", "trn")
    audited_fields = ("trn",)
    inlines = (MembershipInline,)


class MembershipAdmin(ScopedModelAdmin):
    """Its rows are open, to show what a foreign key and a filter tell of people who are not."""

    access: ClassVar = {Role.PORTAL: "view add change delete", Role.PROVIDER: "view add change"}
    every_row = True
    list_display = ("role",)
    list_filter = ("role", "provider")


site.register(User, PersonAdmin)
site.register(ProviderMembership, MembershipAdmin)
urlpatterns = [path("admin/", site.urls), *urlpatterns]
