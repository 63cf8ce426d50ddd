"""Everybody who could lay hands on one application, each with the part that they play towards it."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from applications import actions
from applications.journey.choices import Choices
from applications.journey.offered import choices_on
from applications.models import Application, Sponsor
from applications.states import Role
from catalogue.models import CourseRun, HubMembership, MemberRole, Offer
from npq_portal.accounts.models import User
from tests.factories.applications import (
    NOW,
    SPONSOR,
    FundedPlacesFactory,
    World,
    draft_of,
    make_world,
    registered_by,
    staff_of,
    submitted_by,
)
from tests.factories.catalogue import CourseRunFactory, HubFactory, OfferFactory, TermFactory
from tests.people import PortalStaffFactory, StaffFactory, UserFactory

ANY = {"course": "none"}
# None for those who play none.
PARTS: dict[str, Role | None] = {
    "applicant": Role.APPLICANT,
    "stranger": None,
    "viewer": None,
    "scorer": None,
    "decider": Role.PROVIDER,
    "manager": Role.PROVIDER,
    "other provider's decider": None,
    "other provider's manager": None,
    "decider who has left": None,
    "hub staff": None,
    "portal staff": Role.PORTAL,
    "superuser": Role.PORTAL,
    "portal staff who has left": None,
    "sponsor": Role.SPONSOR,
    "somebody else's sponsor": None,
    "the portal": Role.SYSTEM,
}


@dataclass
class Cast:
    """One free funded place, somebody waiting for the next, and the applicant a second time under another account."""

    world: World
    people: dict[str, User]
    applications: dict[str, Application]
    run: CourseRun
    choices: Choices
    next_term: Offer
    elsewhere: Offer

    def signer(self, name: str) -> Any:
        """What a verb is signed with: a person, a sponsor's row, or None for the portal."""
        if name == "the portal":
            return None
        if name == "somebody else's sponsor":
            return self.applications["next in line"].sponsors.get()
        if name == "sponsor":
            mine = self.applications["applicant"]
            return mine.sponsors.last() or Sponsor(application=mine, name="Nobody", email="no@example.test")
        return self.people[name]

    def address(self, name: str) -> str:
        if name == "sponsor":
            return SPONSOR[1]
        return "other.sponsor@example.test" if name == "other sponsor" else self.people[name].email


def make_cast() -> Cast:
    world = make_world()
    mine, theirs = world.ambition, world.other
    known = {"trn": "1234567", "trn_verified": True}
    people = {
        "applicant": UserFactory(**known),
        "same person": UserFactory(**known),
        "next in line": UserFactory(),
        "stranger": UserFactory(),
        "viewer": staff_of(mine, MemberRole.VIEWER),
        "scorer": staff_of(mine, MemberRole.SCORER),
        "decider": staff_of(mine, MemberRole.DECIDER),
        "manager": staff_of(mine, MemberRole.MANAGER),
        "other provider's decider": staff_of(theirs, MemberRole.DECIDER),
        "other provider's manager": staff_of(theirs, MemberRole.MANAGER),
        "decider who has left": staff_of(mine, is_active=False),
        "hub staff": StaffFactory(),
        "portal staff": PortalStaffFactory(),
        "superuser": StaffFactory(is_superuser=True),
        "portal staff who has left": PortalStaffFactory(is_active=False),
    }
    HubMembership.objects.create(user=people["hub staff"], hub=HubFactory())
    FundedPlacesFactory(provider=mine, qualification=world.headship, term=world.term, cap=1)
    run = CourseRunFactory(provider=mine, qualification=world.headship, term=world.term)
    waiting = submitted_by(people["next in line"], course=ANY)
    actions.put_on_waiting_list(application=waiting, by=people["decider"], now=NOW)
    applications = {
        "applicant": draft_of(people["applicant"], course=ANY),
        "same person": registered_by(people["same person"], provider={"provider": theirs.slug}),
        "next in line": waiting,
    }
    next_term = OfferFactory(
        provider=mine, qualification=world.headship, term=TermFactory(identifier="spring-2026")
    )
    elsewhere = Offer.objects.get(provider=theirs)
    return Cast(world, people, applications, run, choices_on(timezone.localdate(NOW)), next_term, elsewhere)
