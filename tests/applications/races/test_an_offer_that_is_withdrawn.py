"""An offer is withdrawn, or somebody registers for it: never both."""

import pytest

from applications import actions
from applications.models import Application
from catalogue.models import MemberRole, Offer
from tests.applications.races.threads import all_at_once
from tests.factories.applications import LATER, NOW, draft_of, staff_of
from tests.people import UserFactory

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE = 6


def test_who_registers_has_the_offer(world):
    manager = staff_of(world.ambition, MemberRole.MANAGER)
    offer = Offer.objects.get(provider=world.ambition, qualification=world.headship)
    drafts = [draft_of(UserFactory()) for _ in range(PEOPLE)]
    withdraw = [lambda: actions.withdraw_offer(offer=offer, by=manager, now=LATER)]
    register = [
        lambda each=each: actions.register(application=each, by=each.applicant, now=NOW) for each in drafts
    ]
    all_at_once([*register[:3], *withdraw, *register[3:]])
    registered = Application.objects.filter(state="registered").count()
    assert Offer.objects.filter(pk=offer.pk).exists() == bool(registered)
