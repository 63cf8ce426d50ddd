"""Two managers who remove one another, and one link that is used twice: one of each succeeds."""

import pytest
from django.utils import timezone

from catalogue.actions import members
from catalogue.models import MemberRole, ProviderMembership
from npq_portal.audit.models import AuditEvent
from tests.applications.races.threads import all_at_once
from tests.factories.applications import staff_of
from tests.factories.catalogue import InvitationFactory, LeadProviderFactory
from tests.people import UserFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_managers_who_remove_one_another_one_stays():
    provider, now = LeadProviderFactory(), timezone.now()
    managers = [staff_of(provider, MemberRole.MANAGER) for _ in range(4)]
    rows = [ProviderMembership.objects.get(user=user) for user in managers]
    pairs = zip(rows, [*managers[1:], managers[0]], strict=True)
    all_at_once([lambda row=row, by=by: members.remove(membership=row, by=by, now=now) for row, by in pairs])
    assert ProviderMembership.objects.filter(role=MemberRole.MANAGER).count() >= 1
    gone = 4 - ProviderMembership.objects.count()
    assert AuditEvent.objects.filter(action="catalogue.member_removed").count() == gone


def test_a_link_is_used_once():
    now = timezone.now()
    invitation = InvitationFactory(email="ada@example.test", expires_at=now.replace(year=now.year + 1))
    person = UserFactory(email="ada@example.test")
    results = all_at_once(
        [lambda: members.accept(invitation=invitation, by=person, now=now) for _ in range(4)]
    )
    assert sum(isinstance(each, members.LinkOver) for each in results) == 3
    assert person.provider_memberships.count() == 1
    assert AuditEvent.objects.filter(action="catalogue.member_joined").count() == 1
