from django.apps import AppConfig


class StaffConfig(AppConfig):
    name = "npq_portal.staff"
    label = "staff"
