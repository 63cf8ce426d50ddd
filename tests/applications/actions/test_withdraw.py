"""Withdrawing: by the person or portal staff, before training, and a place becomes free."""

import pytest
from django.urls import reverse

from applications import actions
from applications.actions.errors import AlreadyDone, Incomplete
from applications.models import Application, FundedPlaces
from applications.states import State
from npq_portal.mail.models import OutboxMessage
from tests.factories.applications import (
    LATER,
    SPONSOR,
    ApplicationFactory,
    FundedPlacesFactory,
    submitted_by,
    waiting_by,
)
from tests.people import PortalStaffFactory, sign_in


def withdraw(application, by):
    return actions.withdraw(application=application, by=by, now=LATER)


@pytest.mark.parametrize("state", ["registered", "submitted", "accepted"])
def test_the_person_withdraws_before_training(world, teacher, state, left_behind):
    application = ApplicationFactory(**{state: True}, applicant=teacher)
    withdraw(application, teacher)
    assert Application.objects.get().status is State.WITHDRAWN
    assert left_behind() == (["applications.withdrawn"], ["applications/withdrawn"])


def test_a_funded_place_becomes_free(world, teacher):
    application = ApplicationFactory(accepted=True, applicant=teacher, funded_place=True)
    FundedPlacesFactory(provider=application.provider, taken=3, cap=3)
    withdraw(application, teacher)
    assert FundedPlaces.objects.get().taken == 2


def test_a_place_that_was_not_held_is_not_freed(world, teacher):
    application = ApplicationFactory(accepted=True, applicant=teacher)
    FundedPlacesFactory(provider=application.provider, taken=3, cap=3)
    withdraw(application, teacher)
    assert FundedPlaces.objects.get().taken == 3


def test_withdrawing_twice_leaves_one(world, teacher, left_behind):
    application = ApplicationFactory(submitted=True, applicant=teacher)
    withdraw(application, teacher)
    before = left_behind()
    assert withdraw(Application.objects.get(), teacher).status is State.WITHDRAWN
    assert left_behind() == before


def test_who_withdraws_from_an_older_page_is_told(world, teacher, decider):
    application = ApplicationFactory(submitted=True, applicant=teacher, provider=world.ambition)
    stale = Application.objects.get()
    actions.accept(application=application, funded_place=False, by=decider, now=LATER)
    with pytest.raises(AlreadyDone):
        withdraw(stale, teacher)
    assert Application.objects.get().status is State.ACCEPTED


def told():
    return {mail.template.partition("/")[2]: mail for mail in OutboxMessage.objects.all()}


def test_a_sponsor_who_is_waited_for_is_told_once(world, teacher, decider):
    application = waiting_by(teacher)
    for _ in range(2):
        withdraw(Application.objects.get(pk=application.pk), teacher)
    mail = OutboxMessage.objects.get(template="applications/sponsor_not_needed")
    assert mail.to == SPONSOR[1]
    assert mail.text.startswith("You need do nothing. Ada Applicant no longer applies")
    assert application.reference not in mail.text
    assert "provider_withdrawn" not in told(), "the provider never had the form"


@pytest.mark.parametrize("answered", [True, False])
def test_a_sponsor_whom_nobody_waits_for_is_not(world, teacher, answered):
    """They have endorsed, or their link has run out."""
    application = submitted_by(teacher) if answered else waiting_by(teacher)
    application.sponsors.update(expires_at=LATER)
    withdraw(application, teacher)
    assert "sponsor_not_needed" not in told()


def test_a_provider_that_has_the_form_is_told(world, teacher, decider):
    application = submitted_by(teacher)
    withdraw(application, teacher)
    mail = told()["provider_withdrawn"]
    assert mail.to == decider.email
    assert application.reference in mail.text
    assert "funded place" not in mail.text


def test_a_provider_is_told_of_the_place(world, teacher, decider):
    application = ApplicationFactory(
        accepted=True, applicant=teacher, provider=world.ambition, funded_place=True
    )
    withdraw(application, teacher)
    assert "Its funded place goes to the next" in told()["provider_withdrawn"].text
    assert Application.objects.get().funded_place is None


def test_portal_staff_withdraw_it_for_somebody_with_a_reason_that_is_told_and_kept(client, world, teacher):
    application = ApplicationFactory(accepted=True, applicant=teacher, funded_place=True)
    FundedPlacesFactory(provider=application.provider, taken=1, cap=1)
    portal = PortalStaffFactory()
    sign_in(client, portal)
    page = reverse("admin:applications_application_withdraw", args=[application.pk])
    screen = reverse("admin:applications_application_change", args=[application.pk])
    assert page in client.get(screen).content.decode()
    follows = client.get(page).content.decode()
    for words in ("It cannot be undone.", "The funded place becomes free", "is told that it is withdrawn"):
        assert words in follows, words
    assert "Give a reason" in client.post(page, {"reason": " "}).content.decode()
    assert Application.objects.get().status is State.ACCEPTED
    posted = {"reason": "You asked us by telephone."}
    assert "is withdrawn. They are told by e-mail." in client.post(page, posted, follow=True).content.decode()
    client.post(page, posted)
    row = Application.objects.get()
    assert (row.status, row.funded_place, FundedPlaces.objects.get().taken) == (State.WITHDRAWN, None, 0)
    assert [note.text for note in row.notes.all()] == [posted["reason"]]
    mail = OutboxMessage.objects.get(template="applications/withdrawn")
    assert "This portal's staff have withdrawn" in mail.text
    assert posted["reason"] in mail.text


def test_without_a_reason_portal_staff_withdraw_nothing(world, teacher):
    application = ApplicationFactory(submitted=True, applicant=teacher)
    with pytest.raises(Incomplete):
        withdraw(application, PortalStaffFactory())
    assert Application.objects.get().status is State.SUBMITTED


def test_a_provider_is_not_offered_the_page(client, world, teacher, decider):
    application = ApplicationFactory(submitted=True, applicant=teacher)
    sign_in(client, decider)
    page = reverse("admin:applications_application_withdraw", args=[application.pk])
    screen = reverse("admin:applications_application_change", args=[application.pk])
    assert page not in client.get(screen).content.decode()
    client.post(page, {"reason": "Not wanted."})
    assert Application.objects.get().status is State.SUBMITTED
