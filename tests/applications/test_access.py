"""Who may know of an application, and who may do what to it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from applications.access import can, role_of, sees_hidden_answers
from applications.models import Application, FundedPlaces
from applications.states import Action, Role, State
from catalogue.models import CourseRun, HubMembership, MemberRole
from npq_portal.staff.roles import roles_of
from tests.factories.applications import LATER, ApplicationFactory, staff_of
from tests.factories.catalogue import CourseRunFactory, HubFactory
from tests.people import StaffFactory, UserFactory, sign_in


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


def test_an_applicant_holds_their_own_with_drafts_and_sees_none_as_staff(theirs, draft, teacher, stranger):
    assert set(Application.objects.held_by(teacher)) == {theirs, draft}
    assert not Application.objects.held_by(stranger).exists()
    assert seen_by(teacher) == set()


def test_a_stranger_and_hub_staff_see_none(theirs, draft, stranger, hub_staff):
    assert seen_by(stranger) == seen_by(hub_staff) == set()


def test_provider_staff_see_their_own_providers_registered_ones(theirs, draft, decider, rival):
    assert seen_by(decider) == {theirs}
    assert seen_by(rival) == set()


def test_portal_staff_see_all_registered_ones_and_no_draft(theirs, draft, portal_staff):
    assert seen_by(portal_staff) == {theirs}


@pytest.mark.parametrize("left", ["is_staff", "is_active"])
def test_what_is_left_behind_of_a_closed_staff_account_shows_nothing(world, theirs, portal_staff, left):
    member = staff_of(world.ambition)
    FundedPlaces.objects.create(
        provider=world.ambition, qualification=theirs.qualification, term=theirs.term, cap=1
    )
    CourseRunFactory(provider=world.ambition)
    for user in (member, portal_staff):
        for rows in (Application.objects, FundedPlaces.objects, CourseRun.objects):
            assert rows.visible_to(user).exists()
        setattr(user, left, False)
        for rows in (Application.objects, FundedPlaces.objects, CourseRun.objects):
            assert not rows.visible_to(user).exists()
        assert role_of(user, theirs) is None
        assert roles_of(user) == frozenset()


def test_the_list_asks_for_a_persons_memberships_once(client, theirs, decider):
    sign_in(client, decider)
    with CaptureQueriesContext(connection) as asked:
        client.get("/admin/applications/application/")
    lists = [query["sql"] for query in asked if 'FROM "applications_application"' in query["sql"]]
    assert lists
    for sql in lists:
        assert sql.count('FROM "catalogue_providermembership"') == 1, sql


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
    assert not sees_hidden_answers(user, theirs, LATER)


@pytest.mark.parametrize("role", [MemberRole.DECIDER, MemberRole.MANAGER])
def test_deciders_and_managers_decide(world, theirs, role):
    user = staff_of(world.ambition, role)
    assert can(user, Action.ACCEPT, theirs)


@pytest.mark.parametrize("role", [MemberRole.DECIDER, MemberRole.MANAGER])
def test_what_must_not_sway_a_decision_is_seen_after_it(world, theirs, role):
    user = staff_of(world.ambition, role)
    assert not sees_hidden_answers(user, theirs, LATER)
    theirs.state = State.ACCEPTED.value
    assert sees_hidden_answers(user, theirs, LATER)
    theirs.undo_until = LATER + timedelta(minutes=1)
    assert not sees_hidden_answers(user, theirs, LATER)


def test_rivals_may_do_nothing(theirs, rival):
    assert role_of(rival, theirs) is None
    assert not any(can(rival, action, theirs) for action in Action)


def test_a_stranger_may_do_nothing(theirs):
    assert not any(can(UserFactory(), action, theirs) for action in Action)
