"""What a member of staff is: portal staff (DfE), provider staff, hub staff, or several of these.

A manager is provider staff who also keep their own provider's set-up and people.
"""

from enum import StrEnum

from npq_portal.accounts.models import User


class Role(StrEnum):
    PORTAL = "portal"
    PROVIDER = "provider"
    MANAGER = "manager"
    HUB = "hub"


def roles_of(user: User) -> frozenset[Role]:
    """Asked of the database each time, so that ending a membership counts from the next request.

    Nobody who does not work here has a role, whatever memberships are left behind.
    """
    if not user.works_here:
        return frozenset()
    # The memberships are rows of the catalogue, which stands above this package: hence by their reverse names.
    at_providers = set(user.provider_memberships.values_list("role", flat=True))
    held = {
        Role.PORTAL: user.sees_everything,
        Role.PROVIDER: bool(at_providers),
        Role.MANAGER: Role.MANAGER.value in at_providers,
        Role.HUB: user.hub_memberships.exists(),
    }
    return frozenset(role for role, holds in held.items() if holds)
