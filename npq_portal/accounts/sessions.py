"""Sessions that can be searched for whom they are about: Django's own, with two columns beside what it stores encoded.

What is in a session can be read and not searched. Ending somebody's sessions, everywhere, would have to decode those
of everybody.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, ClassVar, cast
from uuid import UUID

from django.contrib.auth import SESSION_KEY
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.sessions.backends import db
from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models
from django.db.models import Q

# Where allauth keeps who has proven a first step and not yet the second.
HALF_WAY = "account_login"
# How long a staff session lasts: after its last page, and after it began.
STAFF_IDLE = timedelta(minutes=30)
STAFF_LONGEST = timedelta(hours=12)
# Longer than any address (RFC 5321) is something else.
LONGEST_ADDRESS = 254


class SessionQuerySet(models.QuerySet["Session"]):
    def about(self, *, user: UUID, address: str) -> "SessionQuerySet":
        """Theirs, and those that wait in some browser for somebody to prove their address."""
        return self.filter(Q(user_key=user) | Q(addresses__contains=[address.lower()]))


class Session(AbstractBaseSession):
    # Who is signed in by it, or has proven the first of two steps. No foreign key: a person is never deleted.
    user_key = models.UUIDField(null=True)
    # Every e-mail address that it holds, in small letters. Before anybody is signed in, nothing else says whose it is:
    # who waits for a code may have no account yet.
    addresses = ArrayField(models.TextField(), default=list, db_default=[])

    objects: ClassVar = BaseSessionManager.from_queryset(SessionQuerySet)()

    class Meta:
        indexes = [
            models.Index(fields=["user_key"], name="session_by_user", condition=Q(user_key__isnull=False)),
            GinIndex(fields=["addresses"], name="session_by_address"),
        ]

    @classmethod
    def get_session_store_class(cls) -> type["SessionStore"]:
        return SessionStore


class SessionStore(db.SessionStore):
    """Of the name that Django's has, which is part of how a session is signed: those from before are read too."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        session = cast(Session, super().create_model_instance(data))
        session.user_key, session.addresses = user_key_in(data), addresses_in(data)
        return session


def user_key_in(data: dict[str, Any]) -> UUID | None:
    key = data.get(SESSION_KEY) or (data.get(HALF_WAY) or {}).get("user_pk")
    return UUID(key) if key else None


def addresses_in(data: object) -> list[str]:
    """Wherever they stand in it: what the portal and allauth put there is not for us to list."""
    return sorted({text.lower() for text in _texts(data) if "@" in text and len(text) <= LONGEST_ADDRESS})


def _texts(data: object) -> Iterator[str]:
    if isinstance(data, dict):
        for value in data.values():
            yield from _texts(value)
    elif isinstance(data, list | tuple):
        for value in data:
            yield from _texts(value)
    elif isinstance(data, str):
        yield data
