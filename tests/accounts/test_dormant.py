"""A staff account that nobody uses is closed after 90 days, and not before a mail 14 and 3 days earlier."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from npq_portal.accounts.dormant import see_to_dormant
from npq_portal.accounts.models import Session, User
from npq_portal.accounts.staff_accounts import enable, let_in
from npq_portal.audit.models import AuditEvent
from npq_portal.mail.models import OutboxMessage
from tests.people import PortalStaffFactory, StaffFactory, UserFactory, sign_in

pytestmark = pytest.mark.django_db
SIGNED_IN = datetime(2026, 8, 1, 9, 0, tzinfo=UTC)


def after(**spent):
    return SIGNED_IN + timedelta(**spent)


@pytest.fixture
def member():
    return StaffFactory(last_login=SIGNED_IN, date_joined=SIGNED_IN - timedelta(days=400))


def is_open(member):
    return User.objects.get(pk=member.pk).works_here


def every_day(first, last):
    return sum(see_to_dormant(now=after(days=day, minutes=1)) for day in range(first, last + 1))


def test_told_twice_then_closed_on_the_ninetieth_day(member):
    assert every_day(1, 75) == 0
    assert not OutboxMessage.objects.exists()
    assert every_day(76, 86) == 0
    assert OutboxMessage.objects.count() == 1
    assert every_day(87, 89) == 0
    assert OutboxMessage.objects.count() == 2
    assert is_open(member)
    assert see_to_dormant(now=after(days=90, minutes=2)) == 1
    assert not is_open(member)
    event = AuditEvent.objects.get()
    assert (event.action, event.actor) == ("accounts.disabled_as_dormant", "system")


def test_the_mails_say_the_day(member):
    see_to_dormant(now=after(days=76))
    assert "30 October 2026" in OutboxMessage.objects.get().subject
    assert SIGNED_IN.date() + timedelta(days=90) == date(2026, 10, 30)


def test_asked_again_nothing_more_happens(member):
    for days in (76, 76, 87, 87):
        see_to_dormant(now=after(days=days))
    assert OutboxMessage.objects.count() == 2


def test_nobody_is_closed_without_three_days_warning_however_late_it_runs(member):
    assert see_to_dormant(now=after(days=200)) == 0
    assert see_to_dormant(now=after(days=202)) == 0
    assert is_open(member)
    assert see_to_dormant(now=after(days=203)) == 1


def test_signing_in_starts_it_afresh(member):
    every_day(76, 89)
    User.objects.filter(pk=member.pk).update(last_login=after(days=89))
    assert every_day(90, 89 + 89) == 0
    assert OutboxMessage.objects.count() == 4


def test_their_sessions_end(member):
    client = sign_in(Client(), member)
    User.objects.filter(pk=member.pk).update(last_login=SIGNED_IN)
    see_to_dormant(now=after(days=87))
    see_to_dormant(now=after(days=90))
    assert not Session.objects.filter(user_key=member.pk).exists()
    assert client.get("/admin/").status_code == 302


def test_an_old_account_let_in_has_ninety_days():
    applicant = UserFactory(last_login=SIGNED_IN, date_joined=SIGNED_IN)
    let_in(member=applicant, by=PortalStaffFactory(), now=after(days=200))
    assert every_day(200, 288) == 0
    assert is_open(applicant)


def test_what_closes_is_being_staff_and_not_the_account(member):
    see_to_dormant(now=after(days=87))
    assert see_to_dormant(now=after(days=90)) == 1
    assert User.objects.get(pk=member.pk).is_active


def test_who_never_signed_in_counts_from_the_day_of_the_account():
    member = StaffFactory(last_login=None, date_joined=SIGNED_IN)
    see_to_dormant(now=after(days=87))
    see_to_dormant(now=after(days=91))
    assert not is_open(member)


def test_opened_again_they_have_ninety_days(member):
    see_to_dormant(now=after(days=87))
    see_to_dormant(now=after(days=90))
    enable(member=member, by=PortalStaffFactory(), now=after(days=95))
    assert see_to_dormant(now=after(days=96)) == 0
    assert is_open(member)
    assert User.objects.get(pk=member.pk).dormant_at is None


def test_applicants_are_left_alone():
    applicant = UserFactory(last_login=SIGNED_IN, date_joined=SIGNED_IN)
    assert see_to_dormant(now=after(days=900)) == see_to_dormant(now=after(days=904)) == 0
    assert User.objects.get(pk=applicant.pk).is_active


def test_the_last_of_portal_staff_stays_to_open_accounts_again():
    both = [PortalStaffFactory(last_login=SIGNED_IN, date_joined=SIGNED_IN) for _ in range(2)]
    see_to_dormant(now=after(days=87))
    assert see_to_dormant(now=after(days=90)) == 1
    assert sum(map(is_open, both)) == 1
