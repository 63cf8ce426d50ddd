from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps


class StaffConfig(AppConfig):
    name = "npq_portal.staff"
    label = "staff"


class PortalAdminConfig(admin_apps.AdminConfig):
    """Django's admin app with the portal's own site in place of the stock one."""

    default = False  # the config of this package is the one above
    default_site = "npq_portal.staff.site.PortalAdminSite"
