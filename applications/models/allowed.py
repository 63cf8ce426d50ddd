"""Who may register while registration is closed to everybody else, by e-mail address: they may have no account yet."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from catalogue.models import Term

if TYPE_CHECKING:
    from npq_portal.accounts.models import User


class AllowedAddressQuerySet(models.QuerySet["AllowedAddress"]):
    def visible_to(self, user: "User") -> Self:
        return self if user.sees_everything else self.none()

    def of(self, email: str) -> Self:
        return self.filter(email=email.lower())


class AllowedAddress(models.Model):
    """Personal data, of people who may never come: removed by portal staff, when the person erases themselves, and
    by npq_portal.retention."""

    term = models.ForeignKey(Term, models.CASCADE, related_name="allowed_addresses")
    email = models.EmailField("e-mail address")
    added_at = models.DateTimeField()

    objects = AllowedAddressQuerySet.as_manager()

    class Meta:
        ordering = ["email", "pk"]
        verbose_name = "address that may register while closed"
        verbose_name_plural = "addresses that may register while closed"
        constraints = [
            models.UniqueConstraint(fields=["email", "term"], name="address_allowed_once_a_term"),
            models.CheckConstraint(
                condition=Q(email=Lower(F("email"))), name="allowed_address_in_small_letters"
            ),
        ]

    def __str__(self) -> str:
        return f"Allowed address {self.pk}"
