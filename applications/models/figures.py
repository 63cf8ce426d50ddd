"""What the page of figures counts: applications, and drafts that are no more."""

from typing import TYPE_CHECKING, Self

from django.db import models

from applications.models.application import Application
from catalogue.models import LeadProvider, Qualification, Term

if TYPE_CHECKING:
    from npq_portal.accounts.models import User


class EndedDraftQuerySet(models.QuerySet["EndedDraft"]):
    def visible_to(self, user: "User") -> Self:
        """Portal staff count them; to a provider a draft says nothing yet."""
        return self if user.sees_everything else self.none()


class EndedDraft(models.Model):
    """One that was deleted before it was registered: the week it was begun, and what had been chosen by then.

    Neither whose it was nor when exactly.
    """

    week = models.DateField(help_text="The Monday of the week in which it was begun.")
    term = models.ForeignKey(Term, models.PROTECT, null=True, blank=True, related_name="+")
    qualification = models.ForeignKey(
        Qualification, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="NPQ"
    )
    provider = models.ForeignKey(LeadProvider, models.PROTECT, null=True, blank=True, related_name="+")

    objects = EndedDraftQuerySet.as_manager()

    class Meta:
        ordering = ["week", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(week__iso_week_day=1), name="ended_draft_week_begins_on_monday"
            )
        ]

    def __str__(self) -> str:
        return f"Draft of the week of {self.week:%-d %B %Y}"


class Figures(Application):
    """Applications, under the name of the page that counts them."""

    class Meta:
        proxy = True
        verbose_name = verbose_name_plural = "figures"
