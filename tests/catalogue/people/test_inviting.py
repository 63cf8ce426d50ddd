"""Somebody is invited by e-mail, and accepts by a link that works once, with the invited address proven."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from catalogue.actions import members
from catalogue.models import Invitation, MemberRole, ProviderMembership
from npq_portal.accounts.models import User
from npq_portal.audit.models import AuditEvent
from npq_portal.mail.models import OutboxMessage
from tests.catalogue.people.test_members import as_manager, manager, ours  # noqa: F401
from tests.factories.applications import staff_of
from tests.factories.catalogue import HubMembershipFactory, LeadProviderFactory
from tests.people import PASSWORD, PortalStaffFactory, UserFactory, sign_in

pytestmark = pytest.mark.django_db
ADDRESS = "ada@example.test"
ADD = "/admin/catalogue/invitation/add/"


def asked(provider, **more):
    return {"provider": provider.pk, "email": ADDRESS, "role": "decider", **more}


def link():
    return re.findall(r"/staff/invitations/[\w-]+/", OutboxMessage.objects.order_by("-pk")[0].text)[0]


def code():
    return re.search(r"\b\d{6}\b", OutboxMessage.objects.filter(template="sign_in_code").latest("pk").text)[0]


@pytest.fixture
def invited(as_manager, ours):  # noqa: F811
    assert as_manager.post(ADD, asked(ours)).status_code == 302
    return link()


def accept(path):
    """As the person does it: the code that is sent to the address, and then a name and yes."""
    browser = Client()
    assert browser.post(path).url == reverse("sign_in_code")
    assert browser.post(reverse("sign_in_code"), {"code": code()}).url == path
    return browser, browser.post(path, {"full_name": " Ada  Newcomer"})


def test_the_whole_way(invited, manager, ours):  # noqa: F811
    browser, answer = accept(invited)
    assert answer.url == reverse("account_set_password")
    member = User.objects.get(email=ADDRESS)
    assert member.is_staff
    assert member.full_name == "Ada Newcomer"
    assert member.provider_memberships.get().role == "decider"
    passwords = {"password1": PASSWORD, "password2": PASSWORD}
    assert browser.post(answer.url, passwords).status_code == 302
    assert browser.get("/admin/").url.startswith(reverse("mfa_activate_totp"))
    joined = AuditEvent.objects.get(action="catalogue.member_joined")
    assert joined.new == {"member": str(member.pk), "role": "decider"}
    assert ADDRESS not in str(list(AuditEvent.objects.values()))
    assert Invitation.objects.get().email == ""


@pytest.mark.parametrize(
    ("typed", "told"),
    [("\u200b ", "Enter your full name"), ("www.example.com", "Enter your name alone"), ("x" * 201, "200")],
)
def test_who_has_no_name_is_asked_for_it_by_the_rules_of_the_registration(invited, typed, told):
    known = User.objects.create_user(ADDRESS)
    browser = sign_in(Client(), known)
    assert "Your full name" in browser.get(invited).content.decode()
    page = browser.post(invited, {"full_name": typed}).content.decode()
    assert told in page
    assert page.partition("<main")[2].count("csrfmiddlewaretoken") == 1
    assert not known.provider_memberships.exists()
    assert Invitation.objects.pending().exists()


def test_without_a_name_nobody_works_here(invited, ours):  # noqa: F811
    nameless = User.objects.create_user(ADDRESS)
    now = timezone.now()
    with pytest.raises(members.NoName):
        members.accept(invitation=Invitation.objects.get(), by=nameless, now=now)
    membership = ProviderMembership(user=nameless, provider=ours, role="viewer")
    with pytest.raises(members.NoName):
        members.put_in(membership=membership, by=PortalStaffFactory(), now=now)
    assert not User.objects.get(pk=nameless.pk).is_staff


def test_who_has_a_name_keeps_it(invited):
    known = UserFactory(email=ADDRESS, full_name="Ada Known")
    browser = sign_in(Client(), known)
    assert "Your full name" not in browser.get(invited).content.decode()
    assert browser.post(invited, {"full_name": "Other"}).status_code == 302
    known.refresh_from_db()
    assert known.full_name == "Ada Known"


def test_following_the_link_changes_nothing(invited):
    page = Client().get(invited).content.decode()
    assert "Ours invites you" in page
    assert "Decider" in page
    assert not User.objects.filter(email=ADDRESS).exists()


def test_a_link_works_once(invited):
    browser, _ = accept(invited)
    assert "was accepted" in Client().get(invited).content.decode()
    browser.post(invited)
    assert AuditEvent.objects.filter(action="catalogue.member_joined").count() == 1


def test_a_link_of_fifteen_days_ago_says_so(invited):
    now = timezone.now()
    Invitation.objects.update(sent_at=now - timedelta(days=15), expires_at=now - timedelta(days=1))
    assert "has run out" in Client().get(invited).content.decode()
    assert Client().post(invited).status_code == 200
    assert not OutboxMessage.objects.filter(template="sign_in_code").exists()


def test_a_link_that_nobody_made(db):
    answer = Client().get("/staff/invitations/made-up/")
    assert answer.status_code == 404
    assert "This link does not work" in answer.content.decode()


def test_somebody_else_who_holds_the_link_gets_nowhere(invited):
    """Passed on, it signs nobody in and lets nobody else accept."""
    stranger = sign_in(Client(), UserFactory())
    assert "signs you out" in stranger.get(invited).content.decode()
    assert stranger.post(invited).url == reverse("sign_in_code")
    assert Invitation.objects.pending().exists()


@pytest.mark.parametrize("known", [False, True])
def test_the_words_say_nothing_about_accounts(as_manager, ours, known):  # noqa: F811
    if known:
        staff_of(LeadProviderFactory(), email=ADDRESS, full_name="Ada Known")
    told = as_manager.post(ADD, asked(ours), follow=True).content.decode()
    assert "The invitation is sent." in told
    assert "Ada Known" not in told
    page = Client().get(link()).content.decode()
    assert "Ada Known" not in page
    assert "First prove that this address is yours" in page


def test_staff_of_another_provider_gain_a_membership(as_manager, ours):  # noqa: F811
    other = LeadProviderFactory()
    known = staff_of(other, MemberRole.SCORER, email=ADDRESS)
    as_manager.post(ADD, asked(ours))
    browser = sign_in(Client(), known)
    assert browser.post(link()).status_code == 302
    roles = dict(known.provider_memberships.values_list("provider__name", "role"))
    assert roles == {other.name: "scorer", "Ours": "decider"}


def test_members_and_those_invited_are_not_invited_again(invited, as_manager, manager, ours):  # noqa: F811
    again = as_manager.post(ADD, asked(ours), follow=True).content.decode()
    assert "This address is invited already" in again
    member = as_manager.post(ADD, asked(ours, email=manager.email.upper()), follow=True).content.decode()
    assert "This person works here already" in member
    assert Invitation.objects.count() == OutboxMessage.objects.count() == 1


def test_to_ones_own_provider_only(as_manager):  # noqa: F811
    as_manager.post(ADD, asked(LeadProviderFactory()))
    assert not Invitation.objects.exists()


def test_what_is_missing_is_said(as_manager, ours):  # noqa: F811
    page = as_manager.post(ADD, asked(ours, email="", role="")).content.decode()
    assert "Enter the e-mail address of the person to invite" in page
    assert "Choose what they may do" in page


def test_sent_again_the_first_link_ends(invited, as_manager):  # noqa: F811
    row = Invitation.objects.get()
    again = reverse("admin:catalogue_invitation_send_again", args=[row.pk])
    assert as_manager.get(again).status_code == 405
    assert as_manager.post(again).status_code == 302
    assert link() != invited
    assert Client().get(invited).status_code == 404
    assert Client().get(link()).status_code == 200


def test_withdrawn_the_link_ends_and_the_address_is_forgotten(invited, as_manager):  # noqa: F811
    row = Invitation.objects.get()
    assert as_manager.get(f"/admin/catalogue/invitation/{row.pk}/change/").status_code == 200
    assert as_manager.post(reverse("admin:catalogue_invitation_withdraw", args=[row.pk])).status_code == 302
    assert "was withdrawn" in Client().get(invited).content.decode()
    assert Client().post(invited).status_code == 200
    row.refresh_from_db()
    assert row.email == ""


def test_another_providers_invitations_are_not_there(invited, client):
    row = Invitation.objects.get()
    sign_in(client, staff_of(LeadProviderFactory(), MemberRole.MANAGER))
    assert ADDRESS not in client.get("/admin/catalogue/invitation/").content.decode()
    for page in ("change", "send_again", "withdraw"):
        assert client.post(reverse(f"admin:catalogue_invitation_{page}", args=[row.pk])).status_code in (
            403,
            404,
        )
    assert Invitation.objects.pending().exists()


def test_hub_staff_invite_for_their_hub(client):
    mine = HubMembershipFactory()
    sign_in(client, mine.user)
    page = client.get(ADD).content.decode()
    assert 'name="role"' not in page
    assert client.post(ADD, {"hub": mine.hub.pk, "email": ADDRESS}).status_code == 302
    accept(link())
    assert User.objects.get(email=ADDRESS).hub_memberships.get().hub == mine.hub


def test_fifty_a_day(as_manager, manager, ours):  # noqa: F811
    now = timezone.now()
    for number in range(50):
        members.invite(organisation=ours, email=f"{number}@example.test", role="viewer", by=manager, now=now)
    with pytest.raises(members.TooManyInvitations):
        members.invite(organisation=ours, email=ADDRESS, role="viewer", by=manager, now=now)


def test_an_address_that_is_none_sends_nothing(manager, ours):  # noqa: F811
    with pytest.raises(ValidationError):
        members.invite(organisation=ours, email="ada", role="viewer", by=manager, now=timezone.now())
    assert not Invitation.objects.exists()


def test_what_somebody_gave_who_has_left_is_told_as_over(as_manager, ours, invited):  # noqa: F811
    """Their account was closed: the link gives nothing, and says so to both sides."""
    given = Invitation.objects.get()
    User.objects.filter(pk=given.invited_by_id).update(is_active=False)
    page = Client().get(invited)
    assert "This invitation works no more" in page.content.decode()
    colleague = staff_of(ours, MemberRole.MANAGER)
    listed = sign_in(Client(), colleague).get("/admin/catalogue/invitation/").content.decode()
    assert "Works no more: whoever sent it has left" in listed
    members.send_again(invitation=given, by=colleague, now=timezone.now())
    assert Client().get(link()).status_code == 200
