"""Lead providers, and what each offers in a term."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from catalogue.models.dated import Dated
from catalogue.models.qualification import Qualification
from catalogue.models.run_constraints import HIGHEST_PRICE
from catalogue.models.term import Term
from npq_portal.addresses import path_of

if TYPE_CHECKING:
    from npq_portal.accounts.models import User


class LeadProviderQuerySet(models.QuerySet["LeadProvider"]):
    def teaching(self) -> Self:
        """Those that have not left."""
        return self.filter(left_on="")

    def past(self) -> Self:
        return self.exclude(left_on="")

    def of_staff(self, user: "User") -> Self:
        """All for portal staff, else those that `user` works for."""
        if user.sees_everything:
            return self
        if not user.works_here:
            return self.none()
        return self.filter(pk__in=user.provider_memberships.values("provider"))

    def managed_by(self, user: "User") -> Self:
        """All for portal staff, else those that `user` is a manager of: whose set-up and people they keep."""
        if user.sees_everything:
            return self
        if not user.works_here:
            return self.none()
        return self.filter(pk__in=user.provider_memberships.filter(role="manager").values("provider"))


class LeadProvider(Dated):
    class Grade(models.TextChoices):
        OUTSTANDING = "outstanding", "Outstanding"
        GOOD = "good", "Good"
        REQUIRES_IMPROVEMENT = "requires_improvement", "Requires improvement"
        INADEQUATE = "inadequate", "Inadequate"

    name = models.CharField(max_length=120, unique=True)
    slug = models.SlugField(max_length=80, unique=True)
    ofsted_grade = models.CharField("Ofsted grade", max_length=24, choices=Grade, blank=True)
    ofsted_on = models.DateField("Ofsted grade published", null=True, blank=True)
    left_on = models.CharField(
        "stopped",
        max_length=40,
        blank=True,
        help_text="When the provider left, as known: a month or a school year.",
    )
    note = models.CharField(max_length=300, blank=True)
    website = models.URLField(blank=True)
    email = models.EmailField(
        "e-mail",
        blank=True,
        help_text="That people can write to about its NPQs. The provider's, not a person's.",
    )
    telephone = models.CharField(max_length=20, blank=True, help_text="The provider's own, not a person's.")
    own_words = models.TextField(
        "in its own words",
        max_length=1_000,
        blank=True,
        help_text="What people should know before they choose it. Plain text, shown on its page.",
    )
    contact_as_of = models.DateField("contact details and words stood on", null=True, blank=True)

    objects = LeadProviderQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ofsted_grade="", ofsted_on__isnull=True)
                | (~Q(ofsted_grade="") & Q(ofsted_on__isnull=False)),
                name="provider_grade_has_its_date",
            ),
            models.CheckConstraint(
                condition=Q(contact_as_of__isnull=False) | Q(email="", telephone="", own_words=""),
                name="provider_contact_has_its_day",
                violation_error_message="Enter the day on which the contact details stood.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return path_of("catalogue:provider", self.slug)


class OfferQuerySet(models.QuerySet["Offer"]):
    def visible_to(self, user: "User") -> Self:
        """All for portal staff, their own provider's for provider staff."""
        return self.filter(provider__in=LeadProvider.objects.of_staff(user))

    def managed_by(self, user: "User") -> Self:
        return self.filter(provider__in=LeadProvider.objects.managed_by(user))


class Offer(Dated):
    """A lead provider offers an NPQ in a term, at a price where that is known.

    The price is what it asks of people without a scholarship; a course run may ask another.
    """

    provider = models.ForeignKey(LeadProvider, models.PROTECT, related_name="offers")
    qualification = models.ForeignKey(Qualification, models.PROTECT, related_name="offers")
    term = models.ForeignKey(Term, models.PROTECT, related_name="offers")
    price = models.DecimalField(
        "price in pounds",
        max_digits=8,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="What people without a scholarship pay for the whole NPQ. Leave empty while it is not decided.",
    )
    price_plus_vat = models.BooleanField(
        "VAT is added", null=True, blank=True, help_text="Leave unknown where it is not said."
    )
    as_of = models.DateField(
        "stood on", null=True, blank=True, help_text="The day the offer, and its price, were seen to stand."
    )

    objects = OfferQuerySet.as_manager()

    class Meta:
        ordering = ["term", "qualification", "provider"]
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "qualification", "term"],
                name="offer_once_per_term",
                violation_error_message="This NPQ is offered in this term already.",
            ),
            models.CheckConstraint(
                condition=Q(price__gt=0, price__lte=HIGHEST_PRICE),
                name="offer_price_is_an_amount",
                violation_error_message=f"Enter a price above 0 and of no more than £{HIGHEST_PRICE:,}.",
            ),
            models.CheckConstraint(
                condition=Q(price__isnull=True, price_plus_vat__isnull=True)
                | Q(price__isnull=False, as_of__isnull=False),
                name="offer_price_has_its_day",
                violation_error_message="Enter the price, and the day on which it stood.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.provider}: {self.qualification}, {self.term}"
