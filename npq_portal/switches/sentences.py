"""What audit rows of the switches say to staff."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from npq_portal.audit.models import AuditEvent

SENTENCES = {"switches.turned": "Switches changed."}
LABELS = {
    "registration_open": "Registration",
    "closed_words": "Words while it is closed",
    "banner": "Banner",
    "banner_from": "Banner from",
    "banner_until": "Banner until",
}


def _turned(event: AuditEvent) -> list[str]:
    """A phrase for each thing: "Registration: open \u2192 closed"."""
    old, new = event.old or {}, event.new or {}
    return [
        f"{label}: {_words(name, old.get(name))} \u2192 {_words(name, new[name])}"
        for name, label in LABELS.items()
        if name in new
    ]


def _words(name: str, value: Any) -> str:
    if name == "registration_open":
        return "open" if value else "closed"
    if name.startswith("banner_") and value:
        return f"{timezone.localtime(datetime.fromisoformat(value)):%-d %B %Y, %H:%M}"
    return value or "none"


CHANGES = {"switches.turned": _turned}
