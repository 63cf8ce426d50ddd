"""Being staff begins and ends by two verbs, whichever page or invitation asks for it."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from applications import actions
from catalogue.actions import members
from catalogue.models import Invitation, MemberRole, ProviderMembership
from npq_portal.accounts.models import Session, User
from npq_portal.accounts.staff_accounts import (
    AccountClosed,
    LastOfPortalStaff,
    StillMember,
    disable,
    let_in,
    let_out,
)
from npq_portal.audit.models import AuditEvent
from npq_portal.mail.models import OutboxMessage
from npq_portal.staff.roles import Role, roles_of
from tests.applications.races.threads import all_at_once
from tests.factories.applications import staff_of
from tests.factories.catalogue import LeadProviderFactory
from tests.people import PortalStaffFactory, StaffFactory, UserFactory, sign_in

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def fresh(user):
    return User.objects.get(pk=user.pk)


@pytest.fixture
def provider():
    return LeadProviderFactory()


@pytest.fixture
def manager(provider):
    return staff_of(provider, MemberRole.MANAGER)


@pytest.fixture
def portal():
    return PortalStaffFactory()


def invite(provider, email, by, role="viewer"):
    return members.invite(organisation=provider, email=email, role=role, by=by, now=NOW)


def remove(user, by):
    members.remove(membership=ProviderMembership.objects.get(user=user), by=by, now=NOW)


def change(client, user, **ticked):
    fields = {"email": user.email, "full_name": user.full_name, "trn": "", "date_of_birth": ""}
    page = reverse("admin:accounts_user_change", args=[user.pk])
    return client.post(page, {**fields, **ticked}, follow=True).content.decode()


def test_a_removed_teacher_is_staff_no_more_and_may_erase_themselves(provider, manager):
    teacher = UserFactory(email="teacher@example.test")
    members.accept(invitation=invite(provider, teacher.email, manager), by=teacher, now=NOW)
    assert fresh(teacher).is_staff
    remove(teacher, manager)
    teacher = fresh(teacher)
    assert (teacher.is_staff, teacher.is_active) == (False, True)
    actions.erase(person=teacher, by=teacher, now=NOW)
    assert fresh(teacher).erased_at


def test_who_works_elsewhere_or_for_the_portal_stays_staff(provider, manager, portal):
    elsewhere = staff_of(provider)
    ProviderMembership.objects.create(user=elsewhere, provider=LeadProviderFactory(), role="viewer")
    ProviderMembership.objects.create(user=portal, provider=provider, role="viewer")
    for user in (elsewhere, portal):
        members.remove(membership=user.provider_memberships.get(provider=provider), by=manager, now=NOW)
        assert fresh(user).is_staff


def test_a_membership_that_portal_staff_add_lets_in(client, portal, provider):
    user = UserFactory()
    sign_in(client, portal)
    add = reverse("admin:catalogue_providermembership_add")
    assert client.post(add, {"user": user.pk, "provider": provider.pk, "role": "viewer"}).status_code == 302
    assert roles_of(fresh(user)) == {Role.PROVIDER}
    assert AuditEvent.objects.filter(action="accounts.let_in").count() == 1


def test_to_a_closed_account_none_is_added(client, portal, provider):
    user = UserFactory(is_active=False)
    sign_in(client, portal)
    asked = {"user": user.pk, "provider": provider.pk, "role": "viewer"}
    answer = client.post(reverse("admin:catalogue_providermembership_add"), asked, follow=True)
    assert "account is closed" in answer.content.decode()
    assert not ProviderMembership.objects.exists()
    with pytest.raises(AccountClosed):
        let_in(member=user, by=portal, now=NOW)


def test_the_page_of_a_person_lets_in_and_out_and_signs_out(client, portal):
    user = UserFactory()
    sign_in(client, portal)
    change(client, user, is_staff="on", is_portal_staff="on")
    assert fresh(user).sees_everything
    change(client, user, is_staff="on")
    assert (fresh(user).is_staff, fresh(user).sees_everything) == (True, False)
    Session.objects.create(session_key="a" * 32, session_data="", expire_date=NOW, user_key=user.pk)
    change(client, user)
    assert not fresh(user).is_staff
    assert not Session.objects.filter(user_key=user.pk).exists()
    told = AuditEvent.objects.filter(action__startswith="accounts.let_").order_by("pk")
    assert [event.action.rpartition(".")[2] for event in told] == ["let_in", "let_in", "let_out"]


@pytest.mark.parametrize("ticked", [{}, {"is_staff": "on"}])
def test_the_last_of_portal_staff_stays(client, portal, ticked):
    sign_in(client, portal)
    assert "Nobody else is portal staff" in change(client, portal, **ticked)
    assert fresh(portal).sees_everything
    PortalStaffFactory()
    change(client, portal, **ticked)
    assert not fresh(portal).sees_everything


def test_nobody_is_let_out_who_still_works_for_somebody(provider, portal):
    with pytest.raises(StillMember):
        let_out(member=staff_of(provider), by=portal, now=NOW)


def test_who_comes_back_is_portal_staff_only_where_it_is_said(portal):
    """Whether they were let out, or closed as nobody signed in."""
    for past in ({"is_superuser": True}, {"is_portal_staff": True, "dormant_at": NOW}):
        user = UserFactory()
        User.objects.filter(pk=user.pk).update(**past)
        let_in(member=user, by=portal, now=NOW)
        assert (fresh(user).is_staff, fresh(user).sees_everything) == (True, False)


def test_who_is_staff_already_stays_as_they_are(portal):
    for user in (StaffFactory(), PortalStaffFactory()):
        let_in(member=user, by=portal, now=NOW)
    assert not AuditEvent.objects.exists()
    last = User.objects.filter(is_portal_staff=True)
    let_out(member=last[0], by=portal, now=NOW)
    with pytest.raises(LastOfPortalStaff):
        let_out(member=last[0], by=portal, now=NOW)


@pytest.mark.parametrize("end", ["removed", "made viewer", "closed"])
def test_an_invitation_ends_with_the_rights_of_who_gave_it(end, provider, manager, portal):
    colleague, invited = staff_of(provider, MemberRole.MANAGER), UserFactory()
    invitation = invite(provider, invited.email, manager, "manager")
    if end == "removed":
        remove(manager, colleague)
    elif end == "made viewer":
        row = ProviderMembership.objects.get(user=manager)
        members.change_role(membership=row, role=MemberRole.VIEWER, by=colleague, now=NOW)
    else:
        User.objects.filter(pk=manager.pk).update(is_active=False)
    invitation = Invitation.objects.get(pk=invitation.pk)
    assert (invitation.withdrawn_at is None) == (end == "closed")
    with pytest.raises(members.LinkOver):
        members.accept(invitation=invitation, by=invited, now=NOW)
    assert not fresh(invited).is_staff


def test_a_colleague_who_sends_it_again_vouches_for_it(provider, manager):
    colleague, invited = staff_of(provider, MemberRole.MANAGER), UserFactory()
    invitation = invite(provider, invited.email, manager)
    members.send_again(invitation=invitation, by=colleague, now=NOW)
    remove(manager, colleague)
    members.accept(invitation=Invitation.objects.get(), by=invited, now=NOW)
    assert roles_of(fresh(invited)) == {Role.PROVIDER}


def test_the_last_of_portal_staff_is_not_closed(portal):
    """Whoever closes them may have been let out since their page was opened."""
    by = PortalStaffFactory()
    let_out(member=by, by=portal, now=NOW)
    with pytest.raises(LastOfPortalStaff):
        disable(member=portal, by=by, reason="Left.", now=NOW)
    assert fresh(portal).is_active


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "end",
    [
        lambda member, by: disable(member=member, by=by, reason="Left.", now=NOW),
        lambda member, by: let_out(member=member, by=by, now=NOW),
    ],
    ids=["closed", "let out"],
)
def test_two_who_end_one_another_at_once_leave_one(end):
    one, other = PortalStaffFactory(), PortalStaffFactory()
    results = all_at_once([lambda: end(one, other), lambda: end(other, one)])
    assert [type(each) for each in results if each] == [LastOfPortalStaff]
    assert sum(fresh(each).sees_everything for each in (one, other)) == 1


def test_a_changed_address_ends_every_session_and_tells_both(client, portal):
    """Figure 18: also of who is half way through signing in under the address that was."""
    theirs, member = Client(), StaffFactory(email="old@example.test")
    sign_in(theirs, member)
    Session.objects.create(
        session_key="h" * 32, session_data="", expire_date=NOW, addresses=["old@example.test"]
    )
    sign_in(client, portal)
    change(client, member, is_staff="on", email="new@example.test")
    assert fresh(member).email == "new@example.test"
    assert not Session.objects.filter(user_key=member.pk).exists()
    assert not Session.objects.filter(session_key="h" * 32).exists()
    assert theirs.get("/admin/").status_code == 302
    told = OutboxMessage.objects.filter(template="account_notice").values_list("to", flat=True)
    assert sorted(told) == ["new@example.test", "old@example.test"]
    assert AuditEvent.objects.get(action="accounts.sessions_ended").note == "The e-mail address was changed."
    assert client.get("/admin/").status_code == 200, "who changed it stays"


def test_another_change_ends_no_session(client, portal):
    member = StaffFactory()
    sign_in(theirs := Client(), member)
    sign_in(client, portal)
    change(client, member, is_staff="on", full_name="New Name")
    assert theirs.get("/admin/").status_code == 200


@pytest.mark.parametrize("born", ["0001-01-01", "9999-12-31", "1924-12-31", "2009-01-01"])
def test_a_date_of_birth_that_is_nobodys(client, portal, born):
    user = UserFactory()
    sign_in(client, portal)
    assert "Enter a year of birth from 1925 to 2008" in change(client, user, date_of_birth=born)
    assert fresh(user).date_of_birth is None
    change(client, user, date_of_birth="2008-12-31")
    assert fresh(user).date_of_birth.year == 2008


def test_a_new_staff_account_is_told_how_to_sign_in_and_its_maker_that(client, portal):
    sign_in(client, portal)
    made = {"email": "new@example.test", "full_name": "", "trn": "", "date_of_birth": "", "is_staff": "on"}
    nameless = client.post(reverse("admin:accounts_user_add"), made).content.decode()
    assert "Enter the full name: staff are named beside what they do" in nameless
    made["full_name"] = "Nia New"
    page = client.post(reverse("admin:accounts_user_add"), made, follow=True).content.decode()
    assert "We have told new@example.test how to sign in" in page
    mail = OutboxMessage.objects.get(template="staff_account")
    assert mail.to == "new@example.test"
    link = re.search(r"/sign-in/\S*", mail.text)[0]
    theirs = Client()
    assert theirs.get(link).status_code == 200, "no link signs anybody in"
    answer = theirs.post(link, {"email": mail.to})
    code = re.search(r"\b\d{6}\b", OutboxMessage.objects.get(template="sign_in_code").text)[0]
    answer = theirs.post(answer["Location"], {"code": code}, follow=True)
    assert answer.context["user"].email == mail.to
    assert "second step" in answer.content.decode()
    change(client, User.objects.get(email=mail.to), is_staff="on", is_portal_staff="on")
    assert OutboxMessage.objects.filter(template="staff_account").count() == 1, (
        "who is staff is not told again"
    )
