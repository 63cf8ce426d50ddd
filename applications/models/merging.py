"""Accounts that two of may be one person's, and those that staff found to be two people's."""

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.conf import settings
from django.db import models

from npq_portal.accounts.models import User
from npq_portal.pairs import PairQuerySet, constraints

if TYPE_CHECKING:
    from collections.abc import Mapping

# Staff's never are: what somebody did as staff has to stay theirs.
MERGEABLE: "Mapping[str, Any]" = {
    "is_active": True,
    "is_staff": False,
    "is_superuser": False,
    "dormant_at": None,
    "erased_at": None,
    "merged_into": None,
}


class AccountToMergeQuerySet(models.QuerySet["AccountToMerge"]):
    def visible_to(self, user: User) -> Self:
        """Open accounts of people who are no staff; nobody else's to see than portal staff's."""
        return self.filter(**MERGEABLE) if user.sees_everything else self.none()


class AccountToMerge(User):
    """An account, under the name of what is to be done about it."""

    objects: ClassVar[Any] = AccountToMergeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        proxy = True
        verbose_name = "account to merge"
        verbose_name_plural = "accounts to merge"
        ordering = ["email"]


class TwoPeopleQuerySet(PairQuerySet["TwoPeople"]):
    def to_read(self) -> Self:
        """Where both may still be merged, with all that a page says of them, the last first."""
        open_ones = AccountToMerge.objects.filter(**MERGEABLE).values("pk")
        return (
            self.filter(one__in=open_ones, other__in=open_ones)
            .select_related("one", "other", "said_by")
            .order_by("-said_at", "-pk")
        )


class TwoPeople(models.Model):
    """Two accounts that look like one person's, and that staff have looked at and found to be two people's.

    `one` has the lower key. It goes with either account, and with the person who erases themselves.
    """

    one = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    other = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    reason = models.CharField(max_length=200)
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    said_at = models.DateTimeField()

    objects = TwoPeopleQuerySet.as_manager()

    class Meta:
        constraints = [
            *constraints("two_people"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="two_people_for_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.one_id} is not {self.other_id}"
