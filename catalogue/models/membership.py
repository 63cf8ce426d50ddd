"""Which staff work for which organisation. Removing a row takes effect on the person's next request."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models

from catalogue.models.hub import TeachingSchoolHub
from catalogue.models.provider import LeadProvider

if TYPE_CHECKING:
    from npq_portal.accounts.models import User


class MemberRole(models.TextChoices):
    VIEWER = "viewer", "Viewer"
    SCORER = "scorer", "Scorer"
    DECIDER = "decider", "Decider"
    MANAGER = "manager", "Manager"


class ProviderMembershipQuerySet(models.QuerySet["ProviderMembership"]):
    def visible_to(self, user: "User") -> Self:
        """All for portal staff, those of their own provider for provider staff."""
        return self.filter(provider__in=LeadProvider.objects.of_staff(user))


class HubMembershipQuerySet(models.QuerySet["HubMembership"]):
    def visible_to(self, user: "User") -> Self:
        return self.filter(hub__in=TeachingSchoolHub.objects.peopled_by(user))


class ProviderMembership(models.Model):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="provider_memberships")
    provider = models.ForeignKey(LeadProvider, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=8, choices=MemberRole, default=MemberRole.VIEWER)

    objects = ProviderMembershipQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "provider"], name="provider_membership_once")]

    def __str__(self) -> str:
        return f"{self.user} at {self.provider}"


class HubMembership(models.Model):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="hub_memberships")
    hub = models.ForeignKey(TeachingSchoolHub, models.CASCADE, related_name="memberships")

    objects = HubMembershipQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "hub"], name="hub_membership_once")]

    def __str__(self) -> str:
        return f"{self.user} at {self.hub}"
