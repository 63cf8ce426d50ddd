"""PORTAL_SMTP_URL as Django's settings. Standard library only: settings.py imports it."""

from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

PORTS = {"smtp": 25, "smtps": 465}


def smtp_settings(url: str) -> dict[str, Any]:
    """The EMAIL_* settings for smtp://user:password@host:port?tls=1 (STARTTLS) or smtps:// (TLS from the start)."""
    parts = urlsplit(url)
    try:
        port = parts.port
    except ValueError:
        port = -1
    if parts.scheme not in PORTS or not parts.hostname or port == -1:
        raise ImproperlyConfigured(
            "PORTAL_SMTP_URL looks like smtp://user:password@mail.example.org:587?tls=1"
        )
    return {
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": port or PORTS[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parse_qs(parts.query).get("tls") == ["1"],
        "EMAIL_USE_SSL": parts.scheme == "smtps",
    }
