"""How many funded places a lead provider has for one NPQ in one term, and how many it has given."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q

from applications.models.scope import of_own_providers
from catalogue.models import LeadProvider, Qualification, Term

if TYPE_CHECKING:
    from npq_portal.accounts.models import User


class FundedPlacesQuerySet(models.QuerySet["FundedPlaces"]):
    def visible_to(self, user: "User") -> Self:
        return of_own_providers(self, user)


class FundedPlaces(models.Model):
    """`taken` moves only by `actions.places`, one guarded UPDATE at a time."""

    provider = models.ForeignKey(LeadProvider, models.PROTECT, related_name="funded_places")
    qualification = models.ForeignKey(
        Qualification, models.PROTECT, related_name="funded_places", verbose_name="NPQ"
    )
    term = models.ForeignKey(Term, models.PROTECT, related_name="funded_places")
    cap = models.PositiveIntegerField("places")
    taken = models.PositiveIntegerField(default=0, editable=False)
    is_example = models.BooleanField(
        "example", default=False, help_text="Made up for the demonstration: shown as an example."
    )

    objects = FundedPlacesQuerySet.as_manager()

    class Meta:
        ordering = ["term", "qualification", "provider"]
        verbose_name_plural = "funded places"
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "qualification", "term"],
                name="funded_places_once_per_provider_npq_and_term",
            ),
            models.CheckConstraint(
                condition=Q(taken__lte=F("cap")),
                name="funded_places_never_over_the_cap",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.provider}: {self.qualification}, {self.term}"

    @property
    def left(self) -> int:
        return self.cap - self.taken
