"""A decision that portal staff take back: the provider decides again, and the place is free."""

import pytest
from django.urls import reverse

from applications import actions
from applications.actions.errors import AlreadyDone, Erased, Incomplete, LiveAgain
from applications.models import Application, FundedPlaces
from applications.states import NotAllowed, State
from npq_portal.accounts.models import ERASED
from npq_portal.audit.models import AuditEvent
from npq_portal.mail.models import OutboxMessage
from tests.applications.races.threads import all_at_once
from tests.factories.applications import (
    LATER,
    NOW,
    ApplicationFactory,
    FundedPlacesFactory,
    ProviderFormFactory,
)
from tests.people import PortalStaffFactory, sign_in

WHY = "It was meant for somebody else of the same name."


@pytest.fixture
def alike(world):
    every = {"provider": world.ambition, "qualification": world.headship, "term": world.term}
    return {**every, "form": ProviderFormFactory()}


@pytest.fixture
def accepted(alike, teacher, decider):
    """With the only funded place."""
    form = alike.pop("form")
    FundedPlacesFactory(**alike, cap=1, taken=1)
    alike["form"] = form
    return ApplicationFactory(accepted=True, funded_place=True, applicant=teacher, **alike)


def revert(application, by, reason=WHY):
    return actions.revert(application=application, reason=reason, by=by, now=LATER)


def stored(application):
    return Application.objects.with_names().get(pk=application.pk)


def test_an_acceptance_gives_its_place_back_and_both_are_told_why(
    accepted, portal_staff, decider, left_behind
):
    revert(accepted, portal_staff)
    row = stored(accepted)
    assert (row.status, row.state_since) == (State.SUBMITTED, LATER)
    assert (row.funded_place, row.decided_at, row.decision_reason) == (None, None, "")
    assert FundedPlaces.objects.get().taken == 0
    mails = ["applications/reverted", "applications/reverted_to_provider"]
    assert left_behind() == (["applications.reverted"], mails)
    for mail in OutboxMessage.objects.all():
        assert WHY in mail.text
        assert "place" in mail.text
    assert row.notes.get().text == WHY
    assert WHY not in str(AuditEvent.objects.values().get())


def test_the_place_goes_to_the_next_in_line(accepted, alike, portal_staff):
    waits = ApplicationFactory(waiting_list=True, **alike)
    revert(accepted, portal_staff)
    assert stored(waits).status is State.OFFERED
    assert FundedPlaces.objects.get().taken == 1


def test_a_rejection_after_an_acceptance_gives_no_place_back_twice(accepted, alike, portal_staff, decider):
    actions.reject(application=accepted, reason="No.", by=decider, now=LATER)
    other = ApplicationFactory(submitted=True, **alike)
    actions.accept(application=other, funded_place=True, by=decider, now=LATER)
    revert(stored(accepted), portal_staff)
    assert stored(accepted).decision_reason == ""
    assert FundedPlaces.objects.get().taken == 1


def test_who_applied_again_since_keeps_that_one(alike, portal_staff, teacher, left_behind):
    rejected = ApplicationFactory(rejected=True, applicant=teacher, **alike)
    ApplicationFactory(submitted=True, applicant=teacher, **alike)
    with pytest.raises(LiveAgain):
        revert(rejected, portal_staff)
    assert stored(rejected).status is State.REJECTED
    assert left_behind() == ([], [])


def test_an_erased_one_stays_as_it_is(alike, portal_staff):
    gone = {"full_name": ERASED, "workplace_name": "", "erased_at": NOW, "decision_reason": ""}
    row = ApplicationFactory(rejected=True, **alike)
    Application.objects.filter(pk=row.pk).update(
        **{**gone, "decision_reason": "Erased at the person's request."}
    )
    with pytest.raises(Erased):
        revert(stored(row), portal_staff)


def test_it_takes_a_reason(accepted, portal_staff):
    with pytest.raises(Incomplete):
        revert(accepted, portal_staff, reason="  ")


def test_a_provider_does_not_take_its_own_back(accepted, decider):
    with pytest.raises(NotAllowed):
        revert(accepted, decider)


def test_portal_staff_do_it_on_a_page(client, accepted, portal_staff):
    sign_in(client, portal_staff)
    page = reverse("admin:applications_application_revert", args=[accepted.pk])
    screen = reverse("admin:applications_application_change", args=[accepted.pk])
    assert page in client.get(screen).content.decode()
    assert "The funded place becomes free" in client.get(page).content.decode()
    assert "Give a reason" in client.post(page, {"reason": " "}).content.decode()
    told = client.post(page, {"reason": WHY}, follow=True).content.decode()
    assert "The provider decides again about" in told
    assert stored(accepted).status is State.SUBMITTED


def test_a_provider_is_not_offered_the_page(client, accepted, decider):
    sign_in(client, decider)
    page = reverse("admin:applications_application_revert", args=[accepted.pk])
    screen = reverse("admin:applications_application_change", args=[accepted.pk])
    assert page not in client.get(screen).content.decode()
    client.post(page, {"reason": WHY})
    assert stored(accepted).status is State.ACCEPTED


@pytest.mark.django_db(transaction=True)
def test_two_at_once_the_first_counts_and_the_place_is_free_once(accepted):
    staff = [PortalStaffFactory() for _ in range(6)]
    seen = [stored(accepted) for _ in staff]
    pairs = zip(seen, staff, strict=True)
    results = all_at_once([lambda one=one, by=by: revert(one, by) for one, by in pairs])
    assert sum(isinstance(each, Application) for each in results) == 1
    assert sum(isinstance(each, AlreadyDone) for each in results) == len(staff) - 1
    assert FundedPlaces.objects.get().taken == 0
    assert AuditEvent.objects.count() == 1
