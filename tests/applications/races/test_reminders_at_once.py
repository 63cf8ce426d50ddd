"""Two workers look on the same morning, and two links are followed at once."""

from datetime import UTC, datetime

import pytest

from applications import actions
from applications.journey.reminders import reminders_due
from applications.models import Reminder, ReminderOff
from applications.vocabulary import ReminderKind
from npq_portal.mail.models import OutboxMessage
from tests.applications.races.threads import all_at_once
from tests.factories.applications import NOW, registered_by
from tests.people import UserFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_mail_is_sent(world):
    registered_by(UserFactory())
    now = datetime(2026, 11, 26, 8, 20, tzinfo=UTC)
    (wanted,) = reminders_due(now.date())
    results = all_at_once(
        [
            lambda: actions.remind_applicant(
                application=wanted.application, due=wanted.due, about=wanted.about, now=now
            )
        ]
        * 6
    )
    assert sorted(results) == [False] * 5 + [True]
    assert Reminder.objects.count() == 1
    assert OutboxMessage.objects.filter(template="applications/reminder_form").count() == 1


def test_each_kind_that_is_switched_off_stays_off(db):
    person = UserFactory()
    all_at_once(
        [lambda kind=kind: actions.switch_off(user=person, kind=kind, now=NOW) for kind in ReminderKind] * 2
    )
    assert ReminderOff.objects.of(person).kinds() == set(ReminderKind)
