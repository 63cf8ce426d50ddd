"""How often something may be done: one row a key, counted by Postgres, so that every web process agrees.

If Postgres is down the check fails with it, and the person sees the 503 page: nothing is let through
uncounted.
"""

import hashlib
import hmac
import ipaddress
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest

from npq_portal.accounts.models import RateLimit


def hit(*, name: str, key: str, limit: int, window: timedelta, now: datetime) -> bool:
    """Count one more of `name` by `key`; False when it is more than `limit` within `window` of the first.

    Counting starts afresh when the window has passed, whether or not tries went on in the meantime: who waits
    is let in. Atomic: of two that arrive together only one takes the last place.
    """
    table = connection.ops.quote_name(RateLimit._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            INSERT INTO {table} AS kept (name, key, started_at, count) VALUES (%(name)s, %(key)s, %(now)s, 1)
            ON CONFLICT (name, key) DO UPDATE SET
                count = CASE WHEN kept.started_at <= %(since)s THEN 1 ELSE kept.count + 1 END,
                started_at = CASE WHEN kept.started_at <= %(since)s THEN %(now)s ELSE kept.started_at END
            RETURNING count
            """,  # noqa: S608  (the table's own name)
            {"name": name, "key": digest(key), "now": now, "since": now - window},
        )
        count: int = cursor.fetchone()[0]
    return count <= limit


def within(*, name: str, key: str, allowed: Mapping[timedelta, int], now: datetime) -> bool:
    """`hit` for each of several windows; whether all of them let it through. Each counts, whatever another says.

    Who raises on a no, inside a transaction, takes the counting back with it.
    """
    may = True
    for window, limit in allowed.items():
        may &= hit(name=f"{name} in {window}", key=key, limit=limit, window=window, now=now)
    return may


def reached(*, name: str, key: str, limit: int, window: timedelta, now: datetime) -> bool:
    """Whether `hit` would say no, without counting."""
    return RateLimit.objects.filter(
        name=name, key=digest(key), started_at__gt=now - window, count__gte=limit
    ).exists()


def digest(value: str) -> str:
    """A key that cannot be turned back into the address or e-mail it stands for."""
    return hmac.new(settings.SECRET_KEY.encode(), value.lower().encode(), hashlib.sha256).hexdigest()


def client_address(request: HttpRequest) -> str:
    """The address of the person's machine; an IPv6 address as its /64, which one person holds whole.

    X-Forwarded-For is believed only as far as our own proxies wrote it: each adds one entry at the end, so
    with PORTAL_TRUSTED_PROXIES = 2 it is the second from the right. Whatever the sender put before that is
    ignored.
    """
    address = request.META.get("REMOTE_ADDR", "")
    if settings.TRUSTED_PROXIES:
        forwarded = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
        if len(forwarded) >= settings.TRUSTED_PROXIES:
            address = forwarded[-settings.TRUSTED_PROXIES]
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    return str(ipaddress.ip_network(f"{ip}/64", strict=False)) if ip.version == 6 else str(ip)


def axes_address(request: HttpRequest) -> str | None:
    """The address for django-axes, which stores it as an IP address: a network does not fit."""
    address = client_address(request).partition("/")[0]
    return None if address == "unknown" else address


def axes_username(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """Whom django-axes counts failures for: hashed, so that its tables hold no e-mail address."""
    email = (credentials or {}).get("email") or request.POST.get("login", "")
    return digest(email)
