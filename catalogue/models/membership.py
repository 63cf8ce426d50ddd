"""Which staff work for which organisation. Removing a row takes effect on the person's next request."""

from django.conf import settings
from django.db import models

from catalogue.models.hub import TeachingSchoolHub
from catalogue.models.provider import LeadProvider


class MemberRole(models.TextChoices):
    VIEWER = "viewer", "Viewer"
    SCORER = "scorer", "Scorer"
    DECIDER = "decider", "Decider"
    MANAGER = "manager", "Manager"


class ProviderMembership(models.Model):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="provider_memberships")
    provider = models.ForeignKey(LeadProvider, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=8, choices=MemberRole, default=MemberRole.VIEWER)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "provider"], name="provider_membership_once")]

    def __str__(self) -> str:
        return f"{self.user} at {self.provider}"


class HubMembership(models.Model):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="hub_memberships")
    hub = models.ForeignKey(TeachingSchoolHub, models.CASCADE, related_name="memberships")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "hub"], name="hub_membership_once")]

    def __str__(self) -> str:
        return f"{self.user} at {self.hub}"
