from django.apps import AppConfig


class SwitchesConfig(AppConfig):
    name = "npq_portal.switches"
    label = "switches"
    verbose_name = "The portal itself"
