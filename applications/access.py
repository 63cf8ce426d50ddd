"""Who may do what to one application.

Who may know of it at all is said on the queryset: `held_by` for its applicant, `visible_to` for staff.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from applications.models import Application, Sponsor
from applications.states import TAKEN_ON, TRANSITIONS, Action, Role
from catalogue.models import LeadProvider, MemberRole
from npq_portal.accounts.models import User

DECIDING = (MemberRole.DECIDER, MemberRole.MANAGER)


def role_of(user: User | Sponsor | None, application: Application) -> Role | None:
    """The part `user` plays towards `application`; None for a stranger, and for staff who may only look.

    No user at all is the portal itself; a sponsor, who has no account, is their own row.

    Being the applicant comes first: nobody decides about themselves.
    """
    if user is None:
        return Role.SYSTEM
    if isinstance(user, Sponsor):
        return Role.SPONSOR if user.application_id == application.pk else None
    if application.applicant_id == user.pk:
        return Role.APPLICANT
    if user.sees_everything:
        return Role.PORTAL
    if not user.works_here:
        return None
    decides = user.provider_memberships.filter(provider=application.provider_id, role__in=DECIDING).exists()
    return Role.PROVIDER if decides else None


def roles_of(user: User, applications: Iterable[Application]) -> dict[UUID, Role | None]:
    """`role_of` of each, in one query: key of the application -> role."""
    rows = list(applications)
    deciding = deciding_for(user)
    return {row.pk: _role_among(user, row, deciding) for row in rows}


def deciding_for(user: User) -> frozenset[int]:
    """The keys of the providers whose applications `user` decides about, as one who works there."""
    if not user.works_here:
        return frozenset()
    memberships = user.provider_memberships.filter(role__in=DECIDING)
    return frozenset(memberships.values_list("provider", flat=True))


def _role_among(user: User, application: Application, deciding: frozenset[int]) -> Role | None:
    if application.applicant_id == user.pk:
        return Role.APPLICANT
    if user.sees_everything:
        return Role.PORTAL
    return Role.PROVIDER if application.provider_id in deciding else None


def decides_somewhere(user: User) -> bool:
    """Whether there may be any application that `user` decides about."""
    if user.sees_everything or not user.works_here:
        return user.sees_everything
    return user.provider_memberships.filter(role__in=DECIDING).exists()


def scores_somewhere(user: User) -> bool:
    return user.works_here and user.provider_memberships.filter(role=MemberRole.SCORER).exists()


def may_score(user: User, application: Application) -> bool:
    """Those who score decide nothing, so that who decides reads scores that were given for themselves."""
    if application.applicant_id == user.pk or not user.works_here:
        return False
    scorers = user.provider_memberships.filter(role=MemberRole.SCORER)
    return scorers.filter(provider=application.provider_id).exists()


def reads_scores(user: User, application: Application) -> bool:
    """Those who decide, and who has given scores of their own: before that they would be swayed."""
    if role_of(user, application) in (Role.PROVIDER, Role.PORTAL):
        return True
    return may_score(user, application) and application.scores.filter(scorer=user).exists()


def can(user: User, action: Action, application: Application) -> bool:
    """Whether the table allows `user` to do `action` to `application` as it stands."""
    role = role_of(user, application)
    return role is not None and (application.status, action, role) in TRANSITIONS


def builds_forms_of(user: User, provider: LeadProvider | None) -> bool:
    """Managers build their own provider's forms; portal staff everybody's, and the portal's own (None)."""
    if user.sees_everything or not user.works_here:
        return user.sees_everything
    return user.provider_memberships.filter(provider=provider, role=MemberRole.MANAGER).exists()


def open_actions(user: User, application: Application) -> frozenset[Action]:
    """All that the table allows `user` to do to `application` as it stands. One query at most."""
    role = role_of(user, application)
    return frozenset(action for action in Action if (application.status, action, role) in TRANSITIONS)


def sees_hidden_answers(
    user: User, application: Application, now: datetime, deciding: frozenset[int] | None = None
) -> bool:
    """Whether `user` may read what must not sway a decision, such as access needs: not while it can still be undone.

    Then those who decide, and portal staff, may; those who only score or look never may. Who asks about many gives
    `deciding_for(user)` with each: then there is no query.
    """
    if application.status not in TAKEN_ON or application.can_be_undone(now):
        return False
    role = role_of(user, application) if deciding is None else _role_among(user, application, deciding)
    return role is not None
