from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "npq_portal.audit"
    label = "audit"
