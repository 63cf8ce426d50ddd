"""Who wants to be told when registration opens. They hold an e-mail address, so a row lives until it has been told."""

from datetime import datetime, timedelta
from typing import Self
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse

from npq_portal.mail.links import CONFIRM, STOP, Links
from npq_portal.retention import BY_KEY

CONFIRM_WITHIN = timedelta(days=BY_KEY["unconfirmed"].days or 0)
LINKS = Links("applications.interest")


class InterestQuerySet(models.QuerySet["Interest"]):
    def of_link(self, purpose: str, token: str) -> Self:
        """Whose mailed link for that purpose holds `token`; none where it is of no such link."""
        return self.filter(pk=LINKS.key(purpose, token))

    def confirmed(self) -> Self:
        return self.filter(confirmed_at__isnull=False)


class Interest(models.Model):
    """Somebody asked to be told when registration opens. No account belongs to it, and nobody reads who it is.

    It is deleted with the one mail that tells them, by its stop link, when the person erases themselves, and by the
    rules of npq_portal.retention, as one that nobody confirms is.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    email = models.EmailField(unique=True)
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)

    objects = InterestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(email=Lower(F("email"))), name="interest_in_small_letters"),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | Q(confirmed_at__gte=F("asked_at")),
                name="interest_confirmed_after_it_was_asked",
            ),
        ]

    def __str__(self) -> str:
        return f"Interest {self.pk}"

    def has_lapsed_at(self, now: datetime) -> bool:
        return self.confirmed_at is None and self.asked_at <= now - CONFIRM_WITHIN

    @property
    def confirm_path(self) -> str:
        return reverse("applications:interest_confirm", args=[LINKS.token(CONFIRM, self.pk)])

    @property
    def stop_path(self) -> str:
        return reverse("applications:interest_stop", args=[LINKS.token(STOP, self.pk)])
