"""Two accounts of one person become one: what moves, what ends, what stays with who signed it, and what is refused."""

from datetime import date
from uuid import UUID

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db import models

from applications import actions
from applications.actions.errors import Incomplete, Merged
from applications.actions.mergeable import (
    ClosedMeanwhile,
    FoundToBeTwo,
    LiveInBoth,
    NotPortalStaff,
    OtherNumbers,
    StaffAccounts,
)
from applications.held.about import held_about
from applications.journey.offered import choices_on
from applications.models import AllowedAddress, Application, Interest, ReminderOff, SavedFilter, TwoPeople
from applications.models.reminder import of_off_link, off_path
from applications.states import NotAllowed
from applications.vocabulary import ReminderKind
from catalogue.models import CourseAlert, HubMembership, Invitation
from npq_portal.accounts.models import Session, SignInCode, User
from npq_portal.accounts.staff_accounts import enable
from npq_portal.audit.models import AuditEvent
from npq_portal.mail.models import OutboxMessage
from tests.factories.applications import (
    LATER,
    NOW,
    AllowedAddressFactory,
    ApplicationFactory,
    InterestFactory,
    draft_of,
    registered_by,
    staff_of,
    submitted_by,
    two_people,
)
from tests.factories.catalogue import CourseAlertFactory, HubFactory, InvitationFactory
from tests.people import PortalStaffFactory, StaffFactory, UserFactory, sign_in, with_second_step
from tests.rows import holding

pytestmark = pytest.mark.django_db
MARK = "zqxmark"
# Every foreign key to a person. Moved: it is the person's own. Ended: what signing in and rights were. Signer: whoever
# did it then did it with that account, which stays, and can be explained.
MOVED, ENDED, SIGNER = "moved", "ended", "kept as signer"
DECIDED = {
    "accounts.User.merged_into": MOVED,
    "applications.Application.applicant": MOVED,
    "applications.Message.author": MOVED,
    "applications.ReminderOff.user": MOVED,
    "applications.TwoPeople.one": MOVED,
    "applications.TwoPeople.other": MOVED,
    "account.EmailAddress.user": ENDED,
    "mfa.Authenticator.user": ENDED,
    "accounts.User_groups.user": ENDED,
    "accounts.User_user_permissions.user": ENDED,
    "applications.SavedFilter.owner": ENDED,
    "catalogue.ProviderMembership.user": ENDED,
    "catalogue.HubMembership.user": ENDED,
    "admin.LogEntry.user": SIGNER,
    "applications.Application.funding_reviewed_by": SIGNER,
    "applications.BulkDecision.by": SIGNER,
    "applications.Note.author": SIGNER,
    "applications.Score.scorer": SIGNER,
    "applications.TrainingChange.made_by": SIGNER,
    "applications.TwoPeople.said_by": SIGNER,
    "catalogue.Invitation.invited_by": SIGNER,
    "catalogue.RunUpload.by": SIGNER,
    "funding.EditionUpload.by": SIGNER,
    "funding.ExtractUpload.by": SIGNER,
    "funding.ExtractUpload.asked_by": SIGNER,
}


@pytest.fixture
def kept(world):
    return UserFactory(email="kept@example.test", full_name="")


@pytest.fixture
def closed(world):
    born = date(1987, 3, 27)
    return UserFactory(
        email=f"{MARK}@example.test", full_name=MARK, trn="1234567", trn_verified=True, date_of_birth=born
    )


@pytest.fixture
def merge(kept, closed, portal_staff):
    def merging(**changed):
        usual = {
            "kept": kept,
            "closed": closed,
            "reason": "Changed school.",
            "by": portal_staff,
            "now": LATER,
        }
        return actions.merge(**{**usual, **changed})

    return merging


def columns_of(person):
    """(model and column, column) of each row that points at the person."""
    found = set()
    for relation in every_key():
        rows = relation.model._default_manager.filter(**{relation.name: person.pk})
        found |= {name_of(relation)} if rows.exists() else set()
    return found


def every_key():
    every = get_user_model()._meta.get_fields(include_hidden=True)
    return [
        each.remote_field
        for each in every
        if each.auto_created and isinstance(each.remote_field, models.ForeignKey)
    ]


def name_of(field):
    return f"{field.model._meta.label}.{field.name}"


def test_every_foreign_key_to_a_person_is_decided():
    """A new one fails here until somebody has said what becomes of it, and the test below that it does."""
    assert {name_of(each) for each in every_key()} == DECIDED.keys()


def test_what_is_theirs_moves_and_what_they_signed_stays(merge, kept, closed, world):
    application = submitted_by(closed)
    actions.write_message(application=application, text="When?", by=closed, now=NOW)
    draft = draft_of(closed)
    earlier = UserFactory(full_name="", is_active=False, merged_into=closed)
    theirs = ApplicationFactory(registered=True)
    theirs.notes.create(author=closed, text="As staff, once.", written_at=NOW)
    staff_of(world.ambition).provider_memberships.update(user=closed)
    HubMembership.objects.create(user=closed, hub=HubFactory())
    SavedFilter.objects.create(owner=closed, name="Old", query="doing=new", saved_at=NOW)
    EmailAddress.objects.create(user=closed, email=closed.email)
    with_second_step(closed)
    closed.groups.create(name="Old")
    closed.user_permissions.add(Permission.objects.first())
    ReminderOff.objects.create(user=closed, kind="form")
    for other in (UserFactory(pk=UUID(int=0)), UserFactory(pk=UUID(int=2**128 - 1))):
        two_people(closed, other)
    SignInCode.objects.create(email=closed.email, digest="0" * 64, expires_at=LATER)
    assert {name for name, what in DECIDED.items() if what != SIGNER} <= columns_of(closed)
    merge()
    assert set(Application.objects.held_by(kept)) == {application, draft}
    assert application.messages.get().author == kept
    assert draft.answers.count() > 5
    assert [each.kind for each in ReminderOff.objects.of(kept)] == ["form"]
    earlier.refresh_from_db()
    assert earlier.merged_into == kept
    assert not SignInCode.objects.exists()
    assert TwoPeople.objects.of(kept).count() == 2
    assert columns_of(closed) == {"applications.Note.author"}


def test_the_other_account_is_closed_signed_out_and_empty_but_for_its_address(merge, kept, closed, client):
    sign_in(client, closed)
    merge()
    kept.refresh_from_db()
    closed.refresh_from_db()
    assert (closed.is_active, closed.merged_into, closed.email) == (False, kept, f"{MARK}@example.test")
    assert (closed.full_name, closed.trn, closed.trn_verified, closed.date_of_birth) == ("", "", False, None)
    assert not closed.has_usable_password()
    assert (kept.full_name, kept.trn, kept.trn_verified) == (MARK, "1234567", True)
    assert kept.date_of_birth == date(1987, 3, 27)
    assert not Session.objects.filter(user_key=closed.pk).exists()


def test_what_the_kept_account_knows_stays(merge, kept, closed):
    User.objects.filter(pk=kept.pk).update(full_name="Ada", trn="7654321", date_of_birth=date(1990, 1, 1))
    merge()
    kept.refresh_from_db()
    assert (kept.full_name, kept.date_of_birth) == ("Ada", date(1990, 1, 1))
    assert (kept.trn, kept.trn_verified) == ("1234567", True), (
        "one that is verified is better than one that is not"
    )


def test_what_belongs_to_the_address_moves_and_is_not_doubled(merge, kept, closed, world):
    for address in (closed.email, kept.email):
        CourseAlertFactory(email=address, search="npq=headship")
        AllowedAddressFactory(email=address, term=world.term)
        InterestFactory(email=address)
        InvitationFactory(email=address, provider=world.ambition)
        ReminderOff.objects.create(user=User.objects.get(email=address), kind="form")
    CourseAlertFactory(email=closed.email, search="npq=senco")
    InvitationFactory(email=closed.email, provider=world.other)
    merge()
    assert set(CourseAlert.objects.values_list("email", "search")) == {
        (kept.email, "npq=headship"),
        (kept.email, "npq=senco"),
    }
    for model, number in ((AllowedAddress, 1), (Interest, 1), (Invitation, 2)):
        assert list(model.objects.values_list("email", flat=True)) == [kept.email] * number
    assert ReminderOff.objects.get().user == kept


def test_both_addresses_are_told_and_one_row_is_left_without_who_they_are(merge, kept, closed, left_behind):
    registered_by(closed)
    before = set(AuditEvent.objects.values_list("pk", flat=True))
    OutboxMessage.objects.all().delete()
    assert merge()
    assert set(OutboxMessage.objects.values_list("template", "to")) == {
        ("account_kept", kept.email),
        ("account_merged", closed.email),
    }
    row = AuditEvent.objects.exclude(pk__in=before).get()
    assert (row.action, row.subject) == ("accounts.merged", f"accounts.user:{kept.pk}")
    assert row.new == {"account": str(closed.pk), "applications": 1}
    assert row.note == "Changed school."


def test_merged_twice_is_merged_once(merge, kept, closed):
    assert [merge(), merge()] == [True, False]
    assert AuditEvent.objects.filter(action="accounts.merged").count() == 1
    assert OutboxMessage.objects.count() == 2
    with pytest.raises(ClosedMeanwhile):
        merge(kept=closed, closed=kept)


def test_the_same_npq_and_term_live_in_both(merge, kept, closed):
    first, second = registered_by(kept), registered_by(closed)
    with pytest.raises(LiveInBoth, match="are both live, for Headship") as refusal:
        merge()
    assert all(each.reference in str(refusal.value) for each in (first, second))
    closed.refresh_from_db()
    assert (closed.is_active, closed.applications.get()) == (True, second)
    actions.withdraw(application=second, by=closed, now=NOW)
    assert merge()


@pytest.mark.parametrize(
    ("which", "column", "value", "refusal"),
    [
        ("kept", "is_staff", True, StaffAccounts),
        ("closed", "is_staff", True, StaffAccounts),
        ("kept", "is_active", False, ClosedMeanwhile),
        ("closed", "is_active", False, ClosedMeanwhile),
    ],
)
def test_which_accounts_are_never_merged(merge, kept, closed, which, column, value, refusal):
    User.objects.filter(pk={"kept": kept, "closed": closed}[which].pk).update(**{column: value})
    with pytest.raises(refusal):
        merge()


def test_two_verified_numbers_are_two_people(merge, kept):
    User.objects.filter(pk=kept.pk).update(trn="7654321", trn_verified=True)
    with pytest.raises(OtherNumbers):
        merge()


def test_those_that_were_found_to_be_two_people(merge, kept, closed):
    said = two_people(kept, closed)
    with pytest.raises(FoundToBeTwo):
        merge()
    said.delete()
    assert merge()


def test_what_was_found_of_both_is_found_once(merge, kept, closed):
    third = UserFactory()
    for each in (kept, closed):
        two_people(each, third)
    merge()
    assert TwoPeople.objects.get() == TwoPeople.objects.between(kept, third).get()


def test_an_account_with_itself(merge, kept):
    with pytest.raises(ClosedMeanwhile):
        merge(closed=kept)


def test_who_may_and_with_a_reason(merge, kept):
    for by in (kept, StaffFactory(), PortalStaffFactory(is_active=False)):
        with pytest.raises(NotPortalStaff):
            merge(by=by)
    with pytest.raises(Incomplete):
        merge(reason="  ")


def test_a_page_that_was_still_open_in_the_closed_account(merge, closed):
    draft = draft_of(closed)
    merge()
    with pytest.raises(NotAllowed):
        actions.register(application=draft, by=closed, now=LATER)
    with pytest.raises(Merged):
        actions.start(by=closed, now=LATER, carried={}, choices=choices_on(LATER.date()))
    with pytest.raises(Merged):
        actions.erase(person=closed, by=closed, now=LATER)


def test_it_is_not_opened_again(merge, closed, portal_staff):
    merge()
    enable(member=closed, by=portal_staff, now=LATER)
    closed.refresh_from_db()
    assert not closed.is_active


def test_a_link_in_an_old_reminder_is_the_kept_accounts(merge, kept, closed):
    merge()
    token = off_path(closed, ReminderKind.FORM).split("/")[-2]
    assert of_off_link(token) == (kept, ReminderKind.FORM)


def test_it_is_told_with_what_is_held_and_erased_with_the_person(merge, kept, closed):
    registered_by(closed, name={"name": MARK})
    merge()
    account, *_ = held_about(kept, LATER)
    assert closed.email in str(account)
    actions.erase(person=kept, by=kept, now=LATER)
    assert not holding(MARK)
