"""Accounts that two of may be one person's."""

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models

from npq_portal.accounts.models import User

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
