"""Where providers and portal staff read applications and decide, and where providers keep their set-up."""

from applications.admin import (
    allowed,
    application,
    closed,
    dashboard,
    figures,
    funded_places,
    funding_review,
    merging,
    offers,
    provider_form,
    set_up,
)

__all__ = [
    "allowed",
    "application",
    "closed",
    "dashboard",
    "figures",
    "funded_places",
    "funding_review",
    "merging",
    "offers",
    "provider_form",
    "set_up",
]
