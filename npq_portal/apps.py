from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "npq_portal"
    verbose_name = "NPQ Portal"

    def ready(self) -> None:
        from npq_portal import checks  # noqa: F401  (registers the system checks)
