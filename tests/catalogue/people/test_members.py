"""A manager keeps who works for their provider, hub staff who works for their hub; portal staff keep all."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from catalogue.actions import members
from catalogue.models import HubMembership, MemberRole, ProviderMembership
from npq_portal.accounts.models import Session, User
from npq_portal.audit.models import AuditEvent
from tests.factories.applications import staff_of
from tests.factories.catalogue import HubFactory, HubMembershipFactory, LeadProviderFactory
from tests.people import PortalStaffFactory, StaffFactory, UserFactory, sign_in

pytestmark = pytest.mark.django_db
BELOW = [MemberRole.VIEWER, MemberRole.SCORER, MemberRole.DECIDER]


@pytest.fixture
def ours(db):
    return LeadProviderFactory(name="Ours", slug="ours")


@pytest.fixture
def manager(ours):
    return staff_of(ours, MemberRole.MANAGER, full_name="Mo Manager")


@pytest.fixture
def as_manager(client, manager):
    return sign_in(client, manager)


def membership(user):
    return ProviderMembership.objects.get(user=user)


def page_of(row, page="change"):
    return reverse(f"admin:catalogue_{row._meta.model_name}_{page}", args=[row.pk])


def test_a_manager_sees_their_own_providers_people_alone(as_manager, ours):
    staff_of(ours, full_name="Del Decider")
    theirs = staff_of(LeadProviderFactory(), full_name="Rhea Rival")
    page = as_manager.get(reverse("admin:catalogue_providermembership_changelist")).content.decode()
    assert "Del Decider" in page
    assert "Rhea Rival" not in page
    assert as_manager.get(page_of(membership(theirs))).status_code == 404
    assert as_manager.post(page_of(membership(theirs), "delete"), {"post": "yes"}).status_code == 404


def test_a_role_is_changed_and_audited_by_key(as_manager, manager, ours):
    member = membership(staff_of(ours, MemberRole.VIEWER))
    assert as_manager.post(page_of(member), {"role": "decider"}).status_code == 302
    member.refresh_from_db()
    assert member.role == "decider"
    event = AuditEvent.objects.get(action="catalogue.member_role_changed")
    key = str(member.user_id)
    assert (event.old, event.new) == ({"member": key, "role": "viewer"}, {"member": key, "role": "decider"})
    assert AuditEvent.objects.filter(action__contains="membership").count() == 0


def test_a_removal_takes_effect_on_the_next_request(as_manager, ours):

    user = staff_of(ours, MemberRole.DECIDER)
    theirs = sign_in(Client(), user)
    queue = reverse("admin:applications_application_changelist")
    assert theirs.get(queue).status_code == 200
    assert as_manager.post(page_of(membership(user), "delete"), {"post": "yes"}).status_code == 302
    answer = theirs.get(queue)
    assert (answer.status_code, "sign-in" in answer.url or "login" in answer.url) == (302, True)
    assert not Session.objects.filter(user_key=user.pk).exists()
    event = AuditEvent.objects.get(action="catalogue.member_removed")
    assert event.old == {"member": str(user.pk), "role": "decider"}


def test_who_works_elsewhere_too_stays_signed_in(as_manager, ours):

    user = staff_of(ours, MemberRole.DECIDER)
    HubMembershipFactory(user=user)
    theirs = sign_in(Client(), user)
    as_manager.post(page_of(membership(user), "delete"), {"post": "yes"})
    assert theirs.get("/admin/").status_code == 200
    assert theirs.get(reverse("admin:applications_application_changelist")).status_code == 403


@pytest.mark.parametrize(("page", "data"), [("delete", {"post": "yes"}), ("change", {"role": "viewer"})])
def test_the_last_manager_stays(as_manager, manager, page, data):
    answer = as_manager.post(page_of(membership(manager), page), data, follow=True)
    assert "Nobody else could keep this organisation" in answer.content.decode()
    assert membership(manager).role == "manager"


def test_a_manager_whose_account_is_closed_is_no_other(as_manager, manager, ours):
    staff_of(ours, MemberRole.MANAGER, is_active=False)
    as_manager.post(page_of(membership(manager), "delete"), {"post": "yes"})
    assert membership(manager)


def test_of_two_managers_one_may_go(as_manager, manager, ours):
    other = staff_of(ours, MemberRole.MANAGER)
    as_manager.post(page_of(membership(other), "delete"), {"post": "yes"})
    assert not other.provider_memberships.exists()


@pytest.mark.parametrize("role", BELOW)
def test_nobody_below_a_manager_changes_anybody(client, manager, ours, role):
    sign_in(client, staff_of(ours, role))
    row = membership(manager)
    assert client.get(page_of(row)).status_code == 200
    assert client.post(page_of(row), {"role": "viewer"}).status_code == 403
    assert client.post(page_of(row, "delete"), {"post": "yes"}).status_code == 403
    invite = reverse("admin:catalogue_invitation_add")
    asked = {"provider": ours.pk, "email": "ada@example.test", "role": "manager"}
    assert client.post(invite, asked).status_code == 403
    assert client.get(reverse("admin:catalogue_invitation_changelist")).status_code == 403


def test_only_portal_staff_put_somebody_in_without_asking(client, as_manager, ours):
    add = reverse("admin:catalogue_providermembership_add")
    assert as_manager.get(add).status_code == 403
    user = StaffFactory()
    sign_in(client, PortalStaffFactory())
    assert client.post(add, {"user": user.pk, "provider": ours.pk, "role": "viewer"}).status_code == 302
    assert membership(user).role == "viewer"


def put_in(client, organisation, user, **role):
    kind, name = ("provider", "provider") if role else ("hub", "hub")
    add = reverse(f"admin:catalogue_{kind}membership_add")
    return client.post(add, {"user": user.pk, name: organisation.pk, **role}, follow=True)


@pytest.mark.parametrize(("make", "role"), [(LeadProviderFactory, {"role": "decider"}), (HubFactory, {})])
def test_who_is_put_in_is_in_the_history_of_the_organisation(client, make, role):
    organisation, user, portal = make(), UserFactory(), PortalStaffFactory()
    answer = put_in(sign_in(client, portal), organisation, user, **role)
    assert answer.status_code == 200
    event = AuditEvent.objects.about(organisation).get()
    assert (event.action, event.actor) == ("catalogue.member_put_in", f"user:{portal.pk}")
    assert event.new == {"member": str(user.pk), **role}
    assert not AuditEvent.objects.filter(subject__contains="membership").exists()
    page = client.get(
        reverse(f"admin:{organisation._meta.label_lower.replace('.', '_')}_history", args=[organisation.pk])
    )
    assert "Put somebody in" in page.content.decode()
    assert organisation.memberships.get().user == user


def test_of_one_who_works_here_by_now_there_is_no_second_membership(ours):
    row = membership(staff_of(ours))
    with pytest.raises(members.WorksHere):
        members.put_in(
            membership=ProviderMembership(user=row.user, provider=ours, role="viewer"),
            by=PortalStaffFactory(),
            now=timezone.now(),
        )
    assert not AuditEvent.objects.exists()


def test_a_manager_puts_nobody_in_unasked(manager, ours):
    user = UserFactory()
    with pytest.raises(members.InviteThem):
        members.put_in(
            membership=ProviderMembership(user=user, provider=ours, role="viewer"),
            by=manager,
            now=timezone.now(),
        )
    assert not user.provider_memberships.exists()


def test_hub_staff_keep_their_own_hubs_people(client):
    mine = HubMembershipFactory()
    colleague = HubMembershipFactory(hub=mine.hub)
    theirs = HubMembershipFactory(hub=HubFactory(code="H9", slug="h9", name="Nine"))
    sign_in(client, mine.user)
    assert client.post(page_of(theirs, "delete"), {"post": "yes"}).status_code == 404
    assert client.post(page_of(colleague, "delete"), {"post": "yes"}).status_code == 302
    client.post(page_of(mine, "delete"), {"post": "yes"})
    assert set(HubMembership.objects.all()) == {mine, theirs}  # the last one stays


def closed(user, **how):
    User.objects.filter(pk=user.pk).update(**(how or {"is_staff": False, "dormant_at": timezone.now()}))
    return membership(user)


def test_a_manager_opens_an_account_that_nobody_used(as_manager, ours):
    user = staff_of(ours)
    row = closed(user)
    page = page_of(row, "open_account")
    assert page in as_manager.get(page_of(row)).content.decode()
    assert as_manager.get(page).status_code == 405
    assert as_manager.post(page).status_code == 302
    assert User.objects.get(pk=user.pk).works_here
    assert AuditEvent.objects.filter(action="accounts.enabled").count() == 1


def test_and_none_that_portal_staff_have_closed(as_manager, ours):
    user = staff_of(ours)
    row = closed(user, is_active=False)
    assert "open-account" not in as_manager.get(page_of(row)).content.decode()
    as_manager.post(page_of(row, "open_account"))
    assert not User.objects.get(pk=user.pk).is_active


def test_nor_do_others_open_it(client, as_manager, ours):
    row = closed(staff_of(ours))
    theirs = closed(staff_of(LeadProviderFactory()))
    assert as_manager.post(page_of(theirs, "open_account")).status_code == 404
    sign_in(client, staff_of(ours, MemberRole.DECIDER))
    assert client.post(page_of(row, "open_account")).status_code == 403
    assert not User.objects.get(pk=row.user_id).works_here
