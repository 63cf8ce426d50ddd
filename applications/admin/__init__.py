"""Where providers and portal staff read applications and decide."""

from applications.admin import application, closed, dashboard, funded_places, funding_review, provider_form

__all__ = ["application", "closed", "dashboard", "funded_places", "funding_review", "provider_form"]
