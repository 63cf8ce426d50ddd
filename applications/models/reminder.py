"""Reminders that applicants were sent, and those that somebody wants no more."""

from typing import Self
from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import models
from django.db.models import Q
from django.urls import reverse

from applications.models.application import Application
from applications.vocabulary import ReminderKind
from npq_portal.accounts.models import User

KIND_IS_KNOWN = Q(kind__in=sorted(kind.value for kind in ReminderKind))
KINDS = [(kind.value, kind.value) for kind in ReminderKind]
SIGNER = Signer(salt="applications.reminders_off")


class Reminder(models.Model):
    """One mail: of what, and which day it counted from. The database lets no application have two on one day."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="reminders")
    kind = models.CharField(max_length=8, choices=KINDS)
    counted_from = models.DateField(help_text="The deadline, or the day that the reminder comes after.")
    days = models.PositiveSmallIntegerField(help_text="So many before the deadline, or after that day.")
    sent_on = models.DateField()

    class Meta:
        ordering = ["application", "sent_on"]
        constraints = [
            models.CheckConstraint(condition=KIND_IS_KNOWN, name="reminder_kind_is_known"),
            models.UniqueConstraint(
                fields=["application", "kind", "counted_from", "days"], name="reminder_once"
            ),
            models.UniqueConstraint(fields=["application", "sent_on"], name="reminder_one_a_day"),
        ]

    def __str__(self) -> str:
        return f"{ReminderKind(self.kind).label}, {self.sent_on:%-d %B %Y}"


class ReminderOffQuerySet(models.QuerySet["ReminderOff"]):
    def of(self, user: User) -> Self:
        return self.filter(user=user)

    def kinds(self) -> frozenset[ReminderKind]:
        return frozenset(map(ReminderKind, self.values_list("kind", flat=True)))


class ReminderOff(models.Model):
    """A person wants no reminders of this kind. It goes with their account."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="reminders_off")
    kind = models.CharField(max_length=8, choices=KINDS)

    objects = ReminderOffQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=KIND_IS_KNOWN, name="reminder_off_kind_is_known"),
            models.UniqueConstraint(fields=["user", "kind"], name="reminder_off_once"),
        ]

    def __str__(self) -> str:
        return ReminderKind(self.kind).label


def off_path(user: User, kind: ReminderKind) -> str:
    """The page that switches these reminders off for `user`, without signing in. It does not grow old."""
    return reverse("applications:reminders_off", args=[SIGNER.sign(f"{kind.value}:{user.pk}")])


def of_off_link(token: str) -> tuple[User, ReminderKind] | None:
    """Whose reminders of which kind the mailed link with `token` is about; None for no such link or person."""
    try:
        kind, _, user = SIGNER.unsign(token).partition(":")
    except BadSignature:
        return None
    known = User.objects.select_related("merged_into").filter(pk=UUID(user)).first()
    person = known and (known.merged_into or known)
    return (person, ReminderKind(kind)) if person and person.is_active else None
