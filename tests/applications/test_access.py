"""Who may know of an application, and who may do what to it."""

import pytest

from applications.access import can, role_of, sees_hidden_answers
from applications.models import Application
from applications.states import Action, Role
from catalogue.models import HubMembership, MemberRole
from tests.factories.applications import ApplicationFactory, staff_of
from tests.factories.catalogue import HubFactory
from tests.people import StaffFactory, UserFactory


@pytest.fixture
def theirs(world, teacher):
    return ApplicationFactory(submitted=True, applicant=teacher, provider=world.ambition)


@pytest.fixture
def draft(teacher):
    return ApplicationFactory(applicant=teacher)


@pytest.fixture
def hub_staff(db):
    user = StaffFactory()
    HubMembership.objects.create(user=user, hub=HubFactory())
    return user


def seen_by(user):
    return set(Application.objects.visible_to(user))


def test_an_applicant_sees_their_own_with_drafts(theirs, draft, teacher):
    assert seen_by(teacher) == {theirs, draft}


def test_a_stranger_and_hub_staff_see_none(theirs, draft, stranger, hub_staff):
    assert seen_by(stranger) == seen_by(hub_staff) == set()


def test_provider_staff_see_their_own_providers_registered_ones(theirs, draft, decider, rival):
    assert seen_by(decider) == {theirs}
    assert seen_by(rival) == set()


def test_portal_staff_see_all_registered_ones_and_no_draft(theirs, draft, portal_staff):
    assert seen_by(portal_staff) == {theirs}


def test_a_membership_without_a_staff_account_shows_nothing(world, theirs):
    user = staff_of(world.ambition)
    user.is_staff = False
    user.save()
    assert seen_by(user) == set()


def test_ending_a_membership_counts_at_once(theirs, decider):
    decider.provider_memberships.all().delete()
    assert seen_by(decider) == set()
    assert role_of(decider, theirs) is None


def test_staff_who_apply_see_their_own_and_never_decide_about_it(world, decider):
    own = ApplicationFactory(submitted=True, applicant=decider, provider=world.ambition)
    assert role_of(decider, own) is Role.APPLICANT
    assert not can(decider, Action.ACCEPT, own)


@pytest.mark.parametrize("role", [MemberRole.VIEWER, MemberRole.SCORER])
def test_viewers_and_scorers_look_and_do_not_decide(world, theirs, role):
    user = staff_of(world.ambition, role)
    assert seen_by(user) == {theirs}
    assert role_of(user, theirs) is None
    assert not sees_hidden_answers(user, theirs)


@pytest.mark.parametrize("role", [MemberRole.DECIDER, MemberRole.MANAGER])
def test_deciders_and_managers_decide(world, theirs, role):
    user = staff_of(world.ambition, role)
    assert can(user, Action.ACCEPT, theirs)
    assert sees_hidden_answers(user, theirs)


def test_rivals_may_do_nothing(theirs, rival):
    assert role_of(rival, theirs) is None
    assert not any(can(rival, action, theirs) for action in Action)


def test_a_stranger_may_do_nothing(theirs):
    assert not any(can(UserFactory(), action, theirs) for action in Action)
