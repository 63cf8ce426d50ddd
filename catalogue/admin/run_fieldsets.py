"""How the form of a course run is divided."""

from typing import Any

DATES = ("Dates", {"fields": [("starts_on", "ends_on"), "apply_by"]})
PRICE = ("Price", {"fields": [("price", "price_plus_vat", "price_as_of")]})
PLACES = (
    "Places",
    {"fields": [("funded_places", "funded_taken"), ("paying_places", "paying_taken"), "places_as_of"]},
)
WHOSE = ["qualification", "term", "provider", "hub", "partner"]


def fieldsets(*, is_portal: bool, is_new: bool) -> list[Any]:
    """Whose a run is says who adds it, and afterwards portal staff alone: to others it stands there as text."""
    said = [*WHOSE, "is_example"] if is_portal else WHOSE
    fixed = said if is_portal or is_new else ["whose"]
    hidden = ["confirmed", "token" if is_new else "seen"]
    standing = ["state", "mode", "days", *([] if is_new else ["updated_at"])]
    return [
        (None, {"fields": [*fixed, *hidden]}),
        DATES,
        ("Where it stands", {"fields": standing}),
        PRICE,
        PLACES,
    ]
