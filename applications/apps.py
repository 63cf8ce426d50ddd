from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    name = "applications"

    def ready(self) -> None:
        # Here, since the models load before this and not before the module.
        from applications.queries import open_decisions
        from funding import impact

        impact.register(open_decisions)
