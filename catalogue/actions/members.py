"""Who works for a lead provider or a hub: invited, given a role, removed.

Portal staff may for all, a provider's managers and the staff of a hub for their own.

Audit rows are about the organisation, and name the member by the key of their account alone.
"""

from datetime import datetime, timedelta
from secrets import token_urlsafe
from typing import Any

from django.urls import reverse

from catalogue.models import (
    HubMembership,
    Invitation,
    LeadProvider,
    MemberRole,
    ProviderMembership,
    TeachingSchoolHub,
)
from catalogue.models.invitation import hash_of
from npq_portal.accounts import limits
from npq_portal.accounts.models import User
from npq_portal.accounts.staff_accounts import enable, let_in, let_out
from npq_portal.audit.recording import record
from npq_portal.mail import outbox
from npq_portal.verbs import Refused, verb

Organisation = LeadProvider | TeachingSchoolHub
Membership = ProviderMembership | HubMembership
GOOD_FOR = timedelta(days=14)
INVITED_A_DAY = 50


class NotTheirPeople(Refused):
    def __init__(self) -> None:
        super().__init__("Only those who keep this organisation's people change them. Nothing was changed.")


class WorksHere(Refused):
    def __init__(self) -> None:
        super().__init__("This person works here already. Change what they may do on their own page.")


class InviteThem(Refused):
    def __init__(self) -> None:
        super().__init__(
            "Only portal staff put somebody in at once: invite them instead. Nothing was changed."
        )


class InvitedAlready(Refused):
    def __init__(self) -> None:
        super().__init__("This address is invited already. Send that invitation again, or withdraw it first.")


class TooManyInvitations(Refused):
    def __init__(self) -> None:
        super().__init__("That is a lot of invitations for one day. Nothing was sent: invite more tomorrow.")


class NoName(Refused):
    def __init__(self) -> None:
        super().__init__("This person has given no name. Write it on their page under People first.")


class LastOne(Refused):
    def __init__(self) -> None:
        super().__init__(
            "Nobody else could keep this organisation's people then. Have somebody else do it first: "
            "invite a manager, or make one of the members manager."
        )


class LinkOver(Refused):
    def __init__(self) -> None:
        super().__init__("This invitation was used, withdrawn or has run out. Ask for another.")


def keeps_people_of(user: User, organisation: Organisation) -> bool:
    if isinstance(organisation, LeadProvider):
        return LeadProvider.objects.managed_by(user).filter(pk=organisation.pk).exists()
    return TeachingSchoolHub.objects.peopled_by(user).filter(pk=organisation.pk).exists()


@verb
def invite(*, organisation: Organisation, email: str, role: str, by: User, now: datetime) -> Invitation:
    """Mail a link that works once, for 14 days, to `email`. Nobody is looked up beyond the organisation's own people,
    and nobody is made: an address that is known is answered as one that is not. `role` is empty for a hub.

    Raises WorksHere, InvitedAlready, TooManyInvitations, NotTheirPeople.
    """
    held = _held(organisation, by)
    address = email.strip().lower()
    if held.memberships.filter(user__email__iexact=address).exists():
        raise WorksHere
    if held.invitations.pending().filter(email=address).exists():
        raise InvitedAlready
    if not limits.hit(
        name="staff invited", key=str(by.pk), limit=INVITED_A_DAY, window=timedelta(days=1), now=now
    ):
        raise TooManyInvitations
    token = token_urlsafe(32)
    invitation = Invitation.objects.create(
        **_to(held),
        role=role,
        email=address,
        token_hash=hash_of(token),
        invited_by=by,
        sent_at=now,
        expires_at=now + GOOD_FOR,
    )
    _mail(invitation, token, now)
    record(action="catalogue.invited", subject=held, by=by, now=now, new={"role": role} if role else None)
    return invitation


@verb
def send_again(*, invitation: Invitation, by: User, now: datetime) -> None:
    """A new link for 14 days; the one before works no more. Raises LinkOver once it was accepted or withdrawn."""
    held = _held(invitation.organisation, by)
    token = token_urlsafe(32)
    renewed = {"token_hash": hash_of(token), "invited_by": by, "sent_at": now, "expires_at": now + GOOD_FOR}
    if not limits.hit(
        name="staff invited", key=str(by.pk), limit=INVITED_A_DAY, window=timedelta(days=1), now=now
    ):
        raise TooManyInvitations
    if Invitation.objects.pending().filter(pk=invitation.pk).update(**renewed) != 1:
        raise LinkOver
    _mail(Invitation.objects.get(pk=invitation.pk), token, now)
    record(action="catalogue.invitation_sent_again", subject=held, by=by, now=now)


@verb
def withdraw(*, invitation: Invitation, by: User, now: datetime) -> None:
    """The link works no more, and the address is forgotten. One that is over already stays as it is."""
    held = _held(invitation.organisation, by)
    ended = Invitation.objects.pending().filter(pk=invitation.pk).update(withdrawn_at=now, email="")
    if ended:
        record(action="catalogue.invitation_withdrawn", subject=held, by=by, now=now)


@verb
def accept(*, invitation: Invitation, by: User, now: datetime, name: str = "") -> None:
    """`by`, who has proven the invited address, works for the organisation from now on. Of two at once one does.

    `name` is what they are called from now on where their account says nothing. Who is a member by now keeps what
    they have. Raises LinkOver, NoName.
    """
    _locked(invitation.organisation)
    still = Invitation.objects.pending().filter(pk=invitation.pk, email=by.email, expires_at__gt=now)
    # Its rights are those of who gave it: also where their account was closed, or they were let out, since.
    if not keeps_people_of(invitation.invited_by, invitation.organisation):
        raise LinkOver
    if still.update(accepted_at=now, email="") != 1:
        raise LinkOver
    unnamed = User.objects.filter(pk=by.pk, full_name="")
    if name:
        unnamed.update(full_name=name)
    elif unnamed.exists():
        raise NoName
    let_in(member=by, by=by, now=now)
    if invitation.provider:
        ProviderMembership.objects.get_or_create(
            user=by, provider=invitation.provider, defaults={"role": invitation.role}
        )
    else:
        HubMembership.objects.get_or_create(user=by, hub=invitation.hub)
    facts = {"member": str(by.pk), **({"role": invitation.role} if invitation.role else {})}
    record(action="catalogue.member_joined", subject=invitation.organisation, by=by, now=now, new=facts)


@verb
def put_in(*, membership: Membership, by: User, now: datetime) -> None:
    """Save a new one for somebody who has an account, at once and unasked: for portal staff alone.

    They may come into the staff area from then on. They are not told.

    Raises WorksHere, InviteThem, NoName, AccountClosed.
    """
    if not by.sees_everything:
        raise InviteThem
    held, member = _held(organisation_of(membership), by), membership.user
    if held.memberships.filter(user=member).exists():
        raise WorksHere
    if not member.full_name:
        raise NoName
    let_in(member=member, by=by, now=now)
    membership.save(force_insert=True)
    role = {"role": membership.role} if isinstance(membership, ProviderMembership) else {}
    record(
        action="catalogue.member_put_in", subject=held, by=by, now=now, new={"member": str(member.pk), **role}
    )


@verb
def change_role(*, membership: ProviderMembership, role: MemberRole, by: User, now: datetime) -> None:
    """From the member's next request on. Raises LastOne where nobody would be manager then."""
    held = _held(membership.provider, by)
    current = ProviderMembership.objects.filter(pk=membership.pk).first()
    if current is None or current.role == role:
        return
    _must_not_be_last(current)
    ProviderMembership.objects.filter(pk=current.pk).update(role=role)
    _withdraw_those_of(current.user, held, now)
    member = {"member": str(current.user_id)}
    record(
        action="catalogue.member_role_changed",
        subject=held,
        by=by,
        now=now,
        old={**member, "role": current.role},
        new={**member, "role": role},
    )


@verb
def remove(*, membership: Membership, by: User, now: datetime) -> None:
    """From their next request on they see nothing of the organisation; who works nowhere else is staff no more.

    Raises LastOne where nobody could keep its people then.
    """
    held = _held(organisation_of(membership), by)
    current: Any = type(membership)._default_manager.filter(pk=membership.pk).select_related("user").first()
    if current is None:
        return
    _must_not_be_last(current)
    # Held: of two last memberships removed at once, the later lets them out.
    member = User.objects.select_for_update(no_key=True).get(pk=current.user_id)
    current.delete()
    elsewhere = member.provider_memberships.exists() or member.hub_memberships.exists()
    if not (elsewhere or member.is_portal_staff or member.is_superuser):
        let_out(member=member, by=by, now=now)
    _withdraw_those_of(member, held, now)
    facts = {"member": str(member.pk), **({"role": current.role} if hasattr(current, "role") else {})}
    record(action="catalogue.member_removed", subject=held, by=by, now=now, old=facts)


@verb
def open_account(*, membership: Membership, by: User, now: datetime) -> None:
    """The account of a member which was closed because nobody signed in is open again.

    One that portal staff have closed stays closed: they say when.
    """
    if not keeps_people_of(by, organisation_of(membership)):
        raise NotTheirPeople
    if User.objects.filter(pk=membership.user_id, is_active=True, dormant_at__isnull=False).exists():
        enable(member=membership.user, by=by, now=now)


def organisation_of(membership: Membership) -> Organisation:
    return membership.provider if isinstance(membership, ProviderMembership) else membership.hub


def _held(organisation: Organisation, by: User) -> Any:
    """The organisation, held until the transaction ends: whoever changes its people at the same time waits."""
    if not keeps_people_of(by, organisation):
        raise NotTheirPeople
    held = _locked(organisation)
    if not keeps_people_of(by, organisation):  # who was removed while this waited
        raise NotTheirPeople
    return held


def _locked(organisation: Organisation) -> Any:
    rows: Any = type(organisation)._default_manager
    return rows.select_for_update(no_key=True).get(pk=organisation.pk)


def _must_not_be_last(membership: Membership) -> None:
    """Of those whose account is open."""
    others: Any = organisation_of(membership).memberships.exclude(pk=membership.pk)
    if isinstance(membership, ProviderMembership):
        if membership.role != MemberRole.MANAGER:
            return
        others = others.filter(role=MemberRole.MANAGER)
    if not others.filter(user__is_active=True, user__is_staff=True).exists():
        raise LastOne


def _withdraw_those_of(member: User, held: Any, now: datetime) -> None:
    """What they invited to, once they keep its people no more: nobody comes back in by a link they gave."""
    if not keeps_people_of(User.objects.get(pk=member.pk), held):
        held.invitations.pending().filter(invited_by=member).update(withdrawn_at=now, email="")


def _to(organisation: Organisation) -> dict[str, Organisation]:
    return {"provider" if isinstance(organisation, LeadProvider) else "hub": organisation}


def _mail(invitation: Invitation, token: str, now: datetime) -> None:
    """Emptied once it is sent: it holds the link."""
    outbox.queue(
        template="catalogue/staff_invitation",
        to=invitation.email,
        context={
            "organisation": str(invitation.organisation),
            "role": MemberRole(invitation.role).label.lower() if invitation.role else "",
            "path": reverse("catalogue:invitation", args=[token]),
            "expires_at": invitation.expires_at,
        },
        dedupe_key=f"catalogue.invitation:{invitation.token_hash[:24]}",
        about=invitation,
        now=now,
        sensitive=True,
        forget_address=True,
    )
