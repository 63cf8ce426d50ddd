from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "npq_portal.mail"
    label = "mail"
