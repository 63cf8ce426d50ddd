"""Where a person is signed in, as they see it themselves, and ending it there."""

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.contrib.auth import SESSION_KEY

from npq_portal.accounts.models import Session, User
from npq_portal.accounts.sessions import STAFF_IDLE, STAFF_LONGEST
from npq_portal.audit.recording import record
from npq_portal.verbs import verb

# What a browser calls itself, the more particular first: each but Firefox names others too.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("CrOS", "Chromebook"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True)
class OpenSession:
    """`name` stands for the session's key, which never leaves the cookie. `seen` is known of staff's alone."""

    name: str
    browser: str
    began: datetime | None
    seen: datetime | None
    is_this: bool


def browser_of(user_agent: str) -> str:
    """ "Firefox on Windows": enough for a person to know which of theirs it is, and no more is kept."""
    browser = next((told for mark, told in BROWSERS if re.search(rf"\b{mark}", user_agent)), "")
    system = next((told for mark, told in SYSTEMS if mark in user_agent), "")
    return " on ".join(filter(None, [browser or "A browser", system]))


def open_sessions(user: User, this: str, now: datetime) -> list[OpenSession]:
    """Those that still count at `now`, this browser's first, then the newest. One query."""
    found = []
    for row in Session.objects.filter(user_key=user.pk, expire_date__gt=now):
        kept = row.get_decoded()
        if SESSION_KEY in kept and not _over(user, kept, now):
            began, seen = _moment(kept.get("signed_in_at")), _moment(kept.get("seen_at"))
            is_this = row.session_key == this
            name = name_of(row.session_key)
            found.append(OpenSession(name, kept.get("browser") or "A browser", began, seen, is_this))
    return sorted(found, key=lambda each: (not each.is_this, -(each.began.timestamp() if each.began else 0)))


@verb
def end_sessions(
    *, user: User, by: User, now: datetime, this: str = "", only: str = "", reason: str = ""
) -> int:
    """End `user`'s sessions but the one with the key `this`; with `only`, that one of the others alone. How many.

    Who has proven the first of two steps somewhere begins again.
    """
    keys = [
        key
        for key in Session.objects.filter(user_key=user.pk).values_list("session_key", flat=True)
        if key != this and only in ("", name_of(key))
    ]
    ended, _ = Session.objects.filter(session_key__in=keys).delete()
    if ended:
        record(
            action="accounts.sessions_ended",
            subject=user,
            by=by,
            now=now,
            new={"sessions": ended},
            note=reason,
        )
    return ended


def name_of(key: str) -> str:
    return hashlib.sha256(b"name of a session " + key.encode()).hexdigest()[:32]


def _over(user: User, kept: dict[str, Any], now: datetime) -> bool:
    """Staff's end before their rows do (`npq_portal.accounts.middleware`)."""
    if not user.is_staff:
        return False
    began, seen = _moment(kept.get("signed_in_at")), _moment(kept.get("seen_at"))
    return bool((began and now - began > STAFF_LONGEST) or (seen and now - seen > STAFF_IDLE))


def _moment(seconds: float | None) -> datetime | None:
    return datetime.fromtimestamp(seconds, UTC) if seconds else None
