"""Two people decide at once: one counts, the other is told, and nothing of the loser's stays."""

import pytest

from applications import actions
from applications.actions.errors import AlreadyDone
from applications.models import Application, FundedPlaces
from applications.states import NotAllowed
from npq_portal.audit.models import AuditEvent
from npq_portal.mail.models import OutboxMessage
from tests.applications.races.threads import all_at_once
from tests.factories.applications import (
    LATER,
    ApplicationFactory,
    FundedPlacesFactory,
    ProviderFormFactory,
    staff_of,
)

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 12


def accept(application, by):
    return actions.accept(application=application, funded_place=True, by=by, now=LATER)


def reject(application, by):
    return actions.reject(application=application, reason="Not this term.", by=by, now=LATER)


def withdraw(application, by):
    return actions.withdraw(application=application, by=application.applicant, now=LATER)


@pytest.mark.parametrize(
    ("other", "ends"), [(reject, "rejected"), (withdraw, "withdrawn")], ids=["reject", "withdraw"]
)
def test_accepting_against(world, decider, other, ends):
    colleague = staff_of(world.ambition)
    FundedPlacesFactory(provider=world.ambition, cap=ROUNDS)
    form = ProviderFormFactory()
    for _ in range(ROUNDS):
        application = ApplicationFactory(submitted=True, provider=world.ambition, form=form)
        seen_by_each = [Application.objects.get(pk=application.pk) for _ in range(2)]
        results = all_at_once(
            [
                lambda pages=seen_by_each: accept(pages[0], decider),
                lambda pages=seen_by_each: other(pages[1], colleague),
            ]
        )
        assert sum(isinstance(each, (AlreadyDone, NotAllowed)) for each in results) == 1
        assert Application.objects.get(pk=application.pk).state in ("accepted", ends)
    accepted = Application.objects.filter(state="accepted").count()
    assert FundedPlaces.objects.get().taken == accepted
    told = OutboxMessage.objects.exclude(template="applications/provider_withdrawn")
    assert AuditEvent.objects.count() == told.count() == ROUNDS
