"""The sponsor answers while something else happens: one wins, the other is told, and nothing of the loser's stays."""

import pytest

from applications import actions
from applications.actions.errors import AlreadyDone
from applications.models import Application, Sponsor
from applications.states import NotAllowed
from npq_portal.audit.models import AuditEvent
from npq_portal.mail.models import OutboxMessage
from tests.applications.races.threads import all_at_once
from tests.factories.applications import LATER, waiting_by
from tests.people import UserFactory

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 5


def endorse(sponsor):
    return actions.endorse(sponsor=sponsor, now=LATER)


def withdraw(sponsor):
    row = Application.objects.with_names().get(pk=sponsor.application_id)
    return actions.withdraw(application=row, by=row.applicant, now=LATER)


def ask_somebody_else(sponsor):
    row = Application.objects.with_names().get(pk=sponsor.application_id)
    other = {"name": "Olu", "email": "olu@example.test", "role": "trust_leader"}
    return actions.change_sponsor(application=row, **other, by=row.applicant, now=LATER)


def events():
    return list(AuditEvent.objects.order_by("pk").values_list("action", flat=True))


@pytest.mark.parametrize(
    ("other", "stands_then", "event"),
    [
        (withdraw, ("withdrawn", "waiting", 1), "applications.withdrawn"),
        (ask_somebody_else, ("awaiting_sponsor", "replaced", 2), "applications.sponsor_changed"),
        (endorse, ("submitted", "endorsed", 1), "applications.endorsed"),
    ],
    ids=["withdrawing", "another sponsor", "endorsing twice"],
)
def test_endorsing_against(world, other, stands_then, event):
    for _ in range(ROUNDS):
        application = waiting_by(UserFactory())
        sponsor = Sponsor.objects.get(application=application)
        before, mails = len(events()), OutboxMessage.objects.count()
        results = all_at_once([lambda asked=sponsor: endorse(asked), lambda asked=sponsor: other(asked)])
        assert sum(isinstance(each, (AlreadyDone, NotAllowed)) for each in results) == 1
        application.refresh_from_db()
        sponsor.refresh_from_db()
        stands = (application.state, sponsor.state, application.sponsors.count())
        assert stands in (("submitted", "endorsed", 1), stands_then)
        done = events()[before:]
        assert done in (["applications.endorsed"], [event])
        told = 1 if done == ["applications.endorsed"] else 2
        assert OutboxMessage.objects.count() - mails == told


def test_reminding_at_once_reminds_once(world):
    sponsor = Sponsor.objects.get(application=waiting_by(UserFactory()))
    day = LATER.replace(month=12, day=1)
    results = all_at_once([lambda: actions.remind(sponsor=sponsor, now=day)] * 6)
    assert sorted(results) == [False] * 5 + [True]
    assert OutboxMessage.objects.filter(template="applications/sponsor_reminded").count() == 1
