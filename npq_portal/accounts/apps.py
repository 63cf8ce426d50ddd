from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "npq_portal.accounts"
    label = "accounts"
