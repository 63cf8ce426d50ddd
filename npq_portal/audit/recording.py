"""The only writer of audit rows."""

from datetime import datetime
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models

from npq_portal.audit.models import AuditEvent, reference
from npq_portal.audit.origin import here


def record(
    *,
    action: str,
    subject: models.Model,
    by: models.Model | None,
    now: datetime,
    old: dict[str, Any] | None = None,
    new: dict[str, Any] | None = None,
    note: str = "",
    source: str = "",
) -> AuditEvent:
    """Add one row, in the caller's transaction: if that rolls back, nothing was recorded.

    `action` is "<app>.<verb in the past>", for example "applications.accepted". `by` is the person who did
    it, or another row that stands for them (a sponsor), or None for the system itself. `old` and `new` hold
    the facts that changed. `source` names what it came through where that is more than the page, command or task that
    is known by itself (a file, say). Never pass a person's name, e-mail address or TRN: the row cannot be erased.
    """
    name, network = here()
    return AuditEvent.objects.create(
        at=now,
        actor=_actor(by),
        action=action,
        subject=reference(subject),
        old=old,
        new=new,
        note=note,
        source=source or name,
        network=network,
    )


def _actor(by: models.Model | None) -> str:
    if by is None:
        return "system"
    return f"user:{by.pk}" if isinstance(by, AbstractBaseUser) else reference(by)
