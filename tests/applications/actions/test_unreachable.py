"""A mail to the sponsor that could not be delivered: the applicant hears of it once, and sees it on the tracker."""

from datetime import timedelta

import pytest
from django.utils import timezone

from applications import actions, tasks
from applications.models import Sponsor
from npq_portal.mail.models import MailState, OutboxMessage
from tests.factories.applications import waiting_by
from tests.people import UserFactory

GIVEN_UP = {"state": MailState.DEAD, "next_try_at": None, "text": "", "html": ""}
TOLD = "applications/sponsor_unreachable"


@pytest.fixture
def application(world, teacher):
    return waiting_by(teacher, now=timezone.now())


def invitations():
    return OutboxMessage.objects.filter(template="applications/sponsor_invited").order_by("-pk")


def told():
    return OutboxMessage.objects.filter(template=TOLD)


def test_the_applicant_is_told_once(application, teacher):
    tasks.remind_sponsors(0)
    assert not told().exists()
    invitations().update(**GIVEN_UP)
    for _ in range(2):
        tasks.remind_sponsors(0)
    mail = told().get()
    assert mail.to == teacher.email
    assert "We wrote to sam@example.test, and the mail could not be delivered." in mail.text
    assert application.reference in mail.subject


def test_who_is_not_reached_is_not_reminded(application):
    invitations().update(**GIVEN_UP)
    Sponsor.objects.update(asked_at=timezone.now() - timedelta(days=20))
    tasks.remind_sponsors(0)
    assert Sponsor.objects.get().reminders_sent == 0


def test_one_that_cannot_be_told_does_not_keep_the_others(application, world, monkeypatch):
    other = waiting_by(UserFactory(), sponsor=("Al Other", "al@example.test", "chair_of_governors"))
    invitations().update(**GIVEN_UP)
    told_of = tasks.tell_of_failed_invitation
    broken = application.sponsors.get()

    def tell(*, sponsor, now):
        if sponsor == broken:
            raise ValueError
        return told_of(sponsor=sponsor, now=now)

    monkeypatch.setattr(tasks, "tell_of_failed_invitation", tell)
    tasks.remind_sponsors(0)
    assert told().get().to == other.applicant.email


def test_another_link_counts_anew(application, teacher):
    invitations().update(**GIVEN_UP)
    tasks.remind_sponsors(0)
    actions.send_link_again(application=application, by=teacher, now=timezone.now())
    tasks.remind_sponsors(0)
    assert told().count() == 1
    OutboxMessage.objects.filter(pk=invitations().first().pk).update(**GIVEN_UP)
    tasks.remind_sponsors(0)
    assert told().count() == 2


def test_the_tracker_says_so_until_somebody_else_is_asked(application, teacher_client, teacher):
    page = f"/applications/{application.pk}/"
    assert "could not be delivered" not in teacher_client.get(page).content.decode()
    invitations().update(**GIVEN_UP)
    assert "could not be delivered" in teacher_client.get(page).content.decode()
    actions.change_sponsor(
        application=application,
        name="Olu Other",
        email="olu@example.test",
        role="trust_leader",
        by=teacher,
        now=timezone.now(),
    )
    assert "could not be delivered" not in teacher_client.get(page).content.decode()
