"""Which rows of a lead provider a member of staff may see."""

from typing import TYPE_CHECKING, Any, TypeVar

from django.db.models import QuerySet

if TYPE_CHECKING:
    from npq_portal.accounts.models import User

Rows = TypeVar("Rows", bound=QuerySet[Any])


def of_own_providers(rows: Rows, user: "User") -> Rows:
    """All for portal staff, their own provider's for provider staff, none for hub staff and all others."""
    if user.sees_everything:
        return rows
    if not user.works_here:
        return rows.none()
    return rows.filter(provider__in=user.provider_memberships.values("provider"))
