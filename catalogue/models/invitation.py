"""An invitation to work for a lead provider or a hub in the staff area, by a mailed link that works once."""

from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from catalogue.models.hub import TeachingSchoolHub
from catalogue.models.membership import MemberRole
from catalogue.models.provider import LeadProvider

if TYPE_CHECKING:
    from npq_portal.accounts.models import User

_OPEN = Q(accepted_at__isnull=True, withdrawn_at__isnull=True)


def hash_of(token: str) -> str:
    return sha256(token.encode(errors="replace")).hexdigest()


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def visible_to(self, user: "User") -> Self:
        """Those to the organisations whose people `user` keeps."""
        providers = LeadProvider.objects.managed_by(user)
        return self.filter(Q(provider__in=providers) | Q(hub__in=TeachingSchoolHub.objects.peopled_by(user)))

    def pending(self) -> Self:
        """Neither accepted nor withdrawn; the time of some may be over."""
        return self.filter(_OPEN)

    def of_link(self, token: str) -> "Invitation | None":
        return self.select_related("provider", "hub", "invited_by").filter(token_hash=hash_of(token)).first()


class Invitation(models.Model):
    """The address stands in it only until it is accepted or withdrawn; the link itself is nowhere but in the mail."""

    provider = models.ForeignKey(
        LeadProvider, models.CASCADE, null=True, blank=True, related_name="invitations"
    )
    hub = models.ForeignKey(
        TeachingSchoolHub, models.CASCADE, null=True, blank=True, related_name="invitations"
    )
    role = models.CharField(max_length=8, choices=MemberRole, blank=True)
    email = models.EmailField("e-mail address", blank=True)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    sent_at = models.DateTimeField("sent", editable=False)
    expires_at = models.DateTimeField("the link works until", editable=False)
    accepted_at = models.DateTimeField(null=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(provider__isnull=False, hub__isnull=True, role__in=MemberRole.values)
                | Q(provider__isnull=True, hub__isnull=False, role=""),
                name="invitation_is_to_one_organisation",
            ),
            models.CheckConstraint(
                condition=(_OPEN & ~Q(email="")) | (~_OPEN & Q(email="")),
                name="invitation_says_whom_until_it_ends",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(withdrawn_at__isnull=True),
                name="invitation_ends_once",
            ),
            models.UniqueConstraint(
                fields=["provider", "email"], condition=_OPEN, name="invitation_once_to_a_provider"
            ),
            models.UniqueConstraint(
                fields=["hub", "email"], condition=_OPEN, name="invitation_once_to_a_hub"
            ),
        ]

    def __str__(self) -> str:
        return f"invitation to {self.organisation}"

    @property
    def organisation(self) -> LeadProvider | TeachingSchoolHub:
        found = self.provider or self.hub
        assert found is not None  # noqa: S101 - invitation_is_to_one_organisation
        return found

    @property
    def giver_has_left(self) -> bool:
        """Their account was closed since, or they are staff no more: what they gave is not to be had."""
        return not self.invited_by.works_here

    def has_run_out_at(self, now: datetime) -> bool:
        return self.expires_at <= now
