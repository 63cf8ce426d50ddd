"""An undo against the worker that sends the mail: told and decided, or neither; never one of them."""

from datetime import timedelta

import pytest
from django.core import mail

from applications import actions
from applications.actions.errors import AlreadyDone, NotYourDecision, Told
from applications.actions.holding import HELD_FOR
from applications.models import Application, FundedPlaces
from npq_portal.mail.models import OutboxMessage
from npq_portal.mail.sending import attempt
from tests.applications.races.threads import all_at_once
from tests.factories.applications import LATER, ApplicationFactory, FundedPlacesFactory, ProviderFormFactory

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 15
LAST_MOMENT = LATER + HELD_FOR - timedelta(microseconds=1)


def test_one_of_them_wins(world, decider):
    like = {"provider": world.ambition, "qualification": world.headship, "term": world.term}
    FundedPlacesFactory(**like, cap=ROUNDS)
    form, undone = ProviderFormFactory(), 0
    for _ in range(ROUNDS):
        application = ApplicationFactory(submitted=True, form=form, **like)
        actions.accept(application=application, funded_place=True, by=decider, now=LATER)
        message = OutboxMessage.objects.get(state="queued")
        sent = len(mail.outbox)
        pages = [Application.objects.get(pk=application.pk) for _ in range(2)]
        results = all_at_once(
            [
                lambda page=pages[0]: actions.undo(application=page, by=decider, now=LAST_MOMENT),
                lambda pk=message.pk: attempt(pk, now=LATER + HELD_FOR),
                lambda page=pages[1]: actions.undo(application=page, by=decider, now=LAST_MOMENT),
            ]
        )
        application.refresh_from_db()
        told = len(mail.outbox) - sent
        assert (application.state, told) in {("accepted", 1), ("submitted", 0)}, results
        expected = (Told, AlreadyDone, NotYourDecision)
        assert sum(isinstance(each, expected) for each in results) == (2 if told else 1), results
        undone += application.state == "submitted"
    assert FundedPlaces.objects.get().taken == ROUNDS - undone
