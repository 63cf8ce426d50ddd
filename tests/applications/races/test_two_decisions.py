"""Two people decide at once: one counts, the other is told, and nothing of the loser's stays.

RACE_ROUNDS sets how many times each pair meets; 1,000 take some minutes.
"""

import os

import pytest

from applications import actions
from applications.actions.errors import AlreadyDone
from applications.models import Application, FundedPlaces
from applications.states import NotAllowed
from npq_portal.accounts.models import User
from npq_portal.audit.models import AuditEvent
from npq_portal.mail.models import OutboxMessage
from tests.applications.races.threads import in_rounds
from tests.factories.applications import (
    LATER,
    ApplicationFactory,
    FundedPlacesFactory,
    ProviderFormFactory,
    staff_of,
)
from tests.people import UserFactory

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = int(os.environ.get("RACE_ROUNDS", "30"))
TOLD = (AlreadyDone, NotAllowed)


@pytest.fixture
def alike(world):
    FundedPlacesFactory(provider=world.ambition, cap=ROUNDS * 2)
    return {
        "provider": world.ambition,
        "qualification": world.headship,
        "term": world.term,
        "form": ProviderFormFactory(),
    }


def people(**every):
    return [UserFactory.build(**every) for _ in range(ROUNDS)]


def twice(first_trn=1_000_000):
    """The same people under two accounts each."""
    first, second = people(trn_verified=True), people(trn_verified=True)
    for number, (one, other) in enumerate(zip(first, second, strict=True)):
        one.trn = other.trn = f"{first_trn + number}"
    return first, second


def applications_of(people, **every):
    """By bulk_create, which makes a thousand in a second."""
    User.objects.bulk_create(people)
    rows = [ApplicationFactory.build(applicant=person, **every) for person in people]
    return Application.objects.bulk_create(rows)


def accept(application, by):
    return actions.accept(application=application, funded_place=True, by=by, now=LATER)


def reject(application, by):
    return actions.reject(application=application, reason="Not this term.", by=by, now=LATER)


def withdraw(application, by):
    return actions.withdraw(application=application, by=application.applicant, now=LATER)


def on_a_page_of_its_own(verb, application, by):
    """As seen before anybody decides: what each has read is not what the other changes."""
    seen = Application.objects.with_names().get(pk=application.pk)
    return lambda: verb(seen, by)


@pytest.mark.parametrize(
    ("other", "ends"), [(reject, "rejected"), (withdraw, "withdrawn")], ids=["reject", "withdraw"]
)
def test_accepting_against(world, alike, decider, other, ends):
    colleague = staff_of(world.ambition)
    results = in_rounds(
        [
            [
                on_a_page_of_its_own(accept, application, decider),
                on_a_page_of_its_own(other, application, colleague),
            ]
            for application in applications_of(people(), submitted=True, **alike)
        ]
    )
    assert all(sum(isinstance(each, TOLD) for each in pair) == 1 for pair in results), results
    assert all(sum(isinstance(each, Application) for each in pair) == 1 for pair in results), results
    accepted = Application.objects.filter(state="accepted").count()
    assert accepted + Application.objects.filter(state=ends).count() == ROUNDS
    assert accepted == sum(isinstance(pair[0], Application) for pair in results)
    assert FundedPlaces.objects.get().taken == accepted
    told = OutboxMessage.objects.exclude(template="applications/provider_withdrawn")
    assert AuditEvent.objects.count() == told.count() == ROUNDS


def test_two_providers_each_accept_whom_the_other_has_taken_on(world, alike, decider):
    """Each acceptance frees a place of the other provider and takes one of its own."""
    FundedPlacesFactory(provider=world.other, cap=ROUNDS * 2)
    FundedPlaces.objects.update(taken=ROUNDS)
    deciders = {world.ambition: decider, world.other: staff_of(world.other)}
    meetings = []
    for trn, provider, other in (
        (1_000_000, world.ambition, world.other),
        (2_000_000, world.other, world.ambition),
    ):
        first, second = twice(trn)
        applications_of(first, accepted=True, funded_place=True, **{**alike, "provider": other})
        wanted = applications_of(second, submitted=True, **{**alike, "provider": provider})
        meetings.append([on_a_page_of_its_own(accept, each, deciders[provider]) for each in wanted])
    results = in_rounds(list(zip(*meetings, strict=True)))
    assert all(isinstance(each, Application) for pair in results for each in pair), results
    assert Application.objects.filter(state="withdrawn").count() == ROUNDS * 2
    assert set(FundedPlaces.objects.values_list("taken", flat=True)) == {ROUNDS}


def test_leaving_a_place_to_oneself(world, alike, decider):
    """The next in line is the same person under another account, and is accepted at the same moment."""
    FundedPlaces.objects.update(taken=ROUNDS)
    first, second = twice()
    holding = applications_of(first, accepted=True, funded_place=True, **alike)
    waiting = applications_of(second, waiting_list=True, **alike)
    results = in_rounds(
        [
            [on_a_page_of_its_own(withdraw, held, None), on_a_page_of_its_own(accept, first, decider)]
            for held, first in zip(holding, waiting, strict=True)
        ]
    )
    assert all(any(isinstance(each, Application) for each in pair) for pair in results), results
    with_a_place = Application.objects.filter(state__in=["accepted", "offered"]).exclude(funded_place=False)
    assert FundedPlaces.objects.get().taken == with_a_place.count()
