"""A lead provider, under the name of what its managers keep about it."""

from typing import TYPE_CHECKING, Any, ClassVar, Self

from catalogue.models import LeadProvider
from catalogue.models.provider import LeadProviderQuerySet

if TYPE_CHECKING:
    from npq_portal.accounts.models import User


class ProviderSetUpQuerySet(LeadProviderQuerySet):
    def visible_to(self, user: "User") -> Self:
        """Those that have not left: all for portal staff, else those that `user` works for."""
        return self.teaching().of_staff(user)


class ProviderSetUp(LeadProvider):
    objects: ClassVar[Any] = ProviderSetUpQuerySet.as_manager()

    class Meta:
        proxy = True
        ordering = ["name"]
        verbose_name = "provider set-up"
        verbose_name_plural = "provider set-ups"
