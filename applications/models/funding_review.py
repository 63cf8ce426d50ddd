"""Applications whose funding the rules leave to a person, as portal staff go through them."""

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db.models import Q

from applications.models.application import Application
from applications.models.application_sets import ApplicationQuerySet

if TYPE_CHECKING:
    from npq_portal.accounts.models import User


class FundingReviewQuerySet(ApplicationQuerySet):
    def visible_to(self, user: "User") -> Self:
        """Those to decide and those decided; nobody else's than portal staff's."""
        if not user.sees_everything:
            return self.none()
        to_review = Application.objects.to_review().values("pk")
        return self.filter(Q(pk__in=to_review) | Q(funding_reviewed_at__isnull=False), erased_at__isnull=True)


class FundingReview(Application):
    """An application, under the name of what is to be done about it."""

    objects: ClassVar[Any] = FundingReviewQuerySet.as_manager()

    class Meta:
        proxy = True
        ordering = ["registered_at", "id"]

    @property
    def application(self) -> Application:
        """The same row as what it is: verbs and audit rows name applications alone."""
        return Application.objects.with_names().get(pk=self.pk)
