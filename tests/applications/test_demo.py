"""The demonstration's applicants: somebody stands on every part of the way, some of them for weeks."""

from collections import Counter
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from applications import demo
from applications.actions.mergeable import why_not
from applications.models import AccountToMerge, Application, FundedPlaces
from applications.provider_forms.default import publish_defaults
from applications.queries import place_in_line
from applications.states import State
from applications.twins import twins_of
from catalogue.queries import current_term
from funding.rules.vocabulary import Outcome
from tests.catalogue.conftest import real_catalogue
from tests.factories.funding import EstablishmentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]


@pytest.fixture(scope="module")
def reference_data(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), real_catalogue():
        publish_defaults(timezone.now())
        yield


def test_somebody_stands_on_every_part_of_the_way():
    EstablishmentFactory.create_batch(len(demo.APPLICANTS))
    call_command("create_demo", verbosity=0)
    applications = {application.full_name: application for application in Application.objects.all()}
    by_state = Counter(application.state for application in Application.objects.all())
    assert by_state == {
        State.DRAFT: 1,
        State.REGISTERED: 2,
        State.SUBMITTED: 4,
        State.MORE_INFORMATION: 1,
        State.WAITING_LIST: 2,
        State.ACCEPTED: 2,
        State.REJECTED: 1,
    }
    assert applications["Amira Example"].funding_outcome == Outcome.REVIEW
    assert place_in_line(applications["Lena Example"]) == 2
    assert applications["Nadia Example"].registered_at < timezone.now() - timedelta(days=30)
    assert (
        applications["Nadia Example"].undo_until is None
        or applications["Nadia Example"].undo_until < timezone.now()
    )
    one, other = AccountToMerge.objects.filter(email__startswith="grace")
    assert {twin.account for twin in twins_of([one])[one.pk]} == {other}
    assert why_not(one, other, Application.objects.filter(applicant__in=(one, other))) is None
    call_command("create_demo", verbosity=0)
    assert Application.objects.count() == len(demo.APPLICANTS)
    senior = FundedPlaces.objects.get(provider__slug=demo.AMBITION, qualification__identifier=demo.SENIOR)
    assert (senior.cap, senior.taken) == (1, 1)


def test_where_the_term_has_just_opened_nobody_registered_before(monkeypatch):
    EstablishmentFactory.create_batch(len(demo.APPLICANTS))
    opened = timezone.localdate() - timedelta(days=2)
    monkeypatch.setattr(demo, "current_term", lambda day: _opened(day, opened))
    call_command("create_demo", verbosity=0)
    assert Application.objects.get(full_name="Nadia Example").state == State.ACCEPTED
    assert {
        timezone.localdate(at) >= opened for at in Application.objects.values_list("started_at", flat=True)
    } == {True}


def _opened(day, opened):
    term = current_term(day)
    term.registration_opens = opened
    return term
