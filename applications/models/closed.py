"""What a lead provider keeps of an application that went on to another one."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q

from applications.models.application import Application
from applications.models.scope import of_own_providers
from catalogue.models import LeadProvider, Qualification, Term

if TYPE_CHECKING:
    from npq_portal.accounts.models import User


class ClosedApplicationQuerySet(models.QuerySet["ClosedApplication"]):
    def visible_to(self, user: "User") -> Self:
        return of_own_providers(self, user)


class ClosedApplication(models.Model):
    """Its reference and its dates with this provider: neither whose it was nor where it went.

    `form_answers`, `sponsor` and `messages` are what the person had given to this provider and written with it. They
    stay the person's own: no page of the staff area shows them.
    """

    application = models.ForeignKey(Application, models.CASCADE, related_name="closed")
    provider = models.ForeignKey(LeadProvider, models.PROTECT, related_name="closed_applications")
    qualification = models.ForeignKey(
        Qualification, models.PROTECT, related_name="closed_applications", verbose_name="NPQ"
    )
    term = models.ForeignKey(Term, models.PROTECT, related_name="closed_applications")
    reference = models.CharField(max_length=10)
    registered_at = models.DateTimeField("with this provider since")
    submitted_at = models.DateTimeField("form sent", null=True, blank=True)
    closed_at = models.DateTimeField("closed")
    why = models.CharField(max_length=200)
    form_answers = models.JSONField(default=list, editable=False)
    sponsor = models.JSONField(default=list, editable=False)
    messages = models.JSONField(default=list, editable=False)

    objects = ClosedApplicationQuerySet.as_manager()

    class Meta:
        ordering = ["-closed_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at__gte=F("registered_at")),
                name="closed_application_closed_after_it_began",
            )
        ]

    def __str__(self) -> str:
        return self.reference
