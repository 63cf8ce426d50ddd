"""What the rules leave to a person: decided once, by portal staff, and read everywhere from then on."""

import pytest
from django.urls import reverse

from applications import actions
from applications.actions.errors import AlreadyDone, Incomplete, MailHeld, NotEntitled, NotYours, PlaceGiven
from applications.actions.holding import HELD_FOR
from applications.journey.tracker import funding_told
from applications.models import Application, FundedPlaces
from applications.queries import open_decisions
from applications.states import LIVE, REVIEWABLE, TAKEN_ON, State
from npq_portal.audit.models import AuditEvent
from npq_portal.mail.models import OutboxMessage
from tests.applications.races.threads import all_at_once
from tests.factories.applications import LATER, ApplicationFactory, FundedPlacesFactory
from tests.people import PortalStaffFactory

WHY = "Your hospital school counts as one of its trust's schools."


@pytest.fixture
def theirs(world, teacher, decider):
    return ApplicationFactory(
        submitted=True, in_review=True, applicant=teacher, provider=world.ambition, term=world.term
    )


@pytest.fixture
def places(world, theirs):
    return FundedPlacesFactory(provider=world.ambition, qualification=theirs.qualification, term=world.term)


def review(application, by, *, funded=True, reason=WHY):
    return actions.review_funding(application=application, funded=funded, reason=reason, by=by, now=LATER)


def stored():
    return Application.objects.get()


def test_not_while_a_mail_is_held_that_tells_of_the_funding_as_it_was(theirs, portal_staff, decider):
    actions.put_on_waiting_list(application=theirs, by=decider, now=LATER)
    with pytest.raises(MailHeld):
        review(theirs, portal_staff)
    assert stored().funding_outcome == "review"
    told = LATER + HELD_FOR
    actions.review_funding(application=stored(), funded=True, reason=WHY, by=portal_staff, now=told)
    assert stored().funding_outcome == "funded"


def test_the_frozen_decision_stays_and_the_person_s_stands_beside_it(theirs, portal_staff):
    frozen = (
        "funding_facts",
        "funding_decision",
        "funding_reason",
        "funding_rules_version",
        "funding_evidence",
    )
    before = Application.objects.values(*frozen).get()
    review(theirs, portal_staff)
    assert Application.objects.values(*frozen).get() == before
    row = stored()
    assert (row.funding_outcome, row.funding_reviewed_at) == ("funded", LATER)
    assert (row.funding_reviewed_by, row.funding_review_reason) == (portal_staff, WHY)
    assert (row.state, row.state_since) == (theirs.state, theirs.state_since)


@pytest.mark.parametrize(("funded", "subject"), [(True, "You are eligible"), (False, "You are not eligible")])
def test_teacher_and_provider_are_told_either_way(
    theirs, portal_staff, decider, funded, subject, left_behind
):
    review(theirs, portal_staff, funded=funded)
    mails = ["applications/funding_reviewed", "applications/funding_reviewed_to_provider"]
    assert left_behind() == (["applications.funding_reviewed"], mails)
    to_teacher = OutboxMessage.objects.get(to=theirs.applicant.email)
    assert to_teacher.subject.startswith(subject)
    assert WHY in to_teacher.text
    assert WHY not in OutboxMessage.objects.get(to=decider.email).text
    event = AuditEvent.objects.get()
    assert (event.old, event.new) == ({"outcome": "review"}, {"outcome": stored().funding_outcome})


def test_only_portal_staff_decide_and_nobody_about_themselves(theirs, decider, teacher, stranger):
    teacher.is_staff = teacher.is_portal_staff = True
    for by in (decider, teacher, stranger):
        with pytest.raises(NotYours):
            review(theirs, by)
    assert stored().funding_outcome == "review"


def test_it_takes_a_reason(theirs, portal_staff, left_behind):
    with pytest.raises(Incomplete):
        review(theirs, portal_staff, reason=" \n")
    assert left_behind() == ([], [])


def test_what_the_rules_decided_is_not_decided_again(portal_staff, left_behind):
    with pytest.raises(AlreadyDone):
        review(ApplicationFactory(submitted=True), portal_staff)
    assert left_behind() == ([], [])


def test_it_is_open_until_the_provider_accepts():
    assert {State.REGISTERED, State.SUBMITTED, State.WAITING_LIST} <= REVIEWABLE <= LIVE
    assert not REVIEWABLE & TAKEN_ON


def test_once_a_place_was_given_it_is_refused(theirs, portal_staff, decider):
    actions.accept(application=theirs, funded_place=False, by=decider, now=LATER)
    with pytest.raises(PlaceGiven):
        review(theirs, portal_staff)
    assert stored().funding_outcome == "review"
    assert "reviewing" not in funding_told(stored())


def test_a_withdrawn_one_is_not_reviewed(theirs, portal_staff, teacher):
    actions.withdraw(application=theirs, by=teacher, now=LATER)
    with pytest.raises(AlreadyDone):
        review(theirs, portal_staff)


def test_a_funded_place_may_be_given_then_and_not_before(theirs, places, portal_staff, decider):
    with pytest.raises(NotEntitled):
        actions.accept(application=theirs, funded_place=True, by=decider, now=LATER)
    review(stored(), portal_staff)
    actions.accept(application=stored(), funded_place=True, by=decider, now=LATER)
    assert (stored().funded_place, FundedPlaces.objects.get().taken) == (True, 1)


def test_on_the_waiting_list_a_freed_place_goes_to_the_first_whom_the_review_made_eligible(
    world, theirs, places, portal_staff, decider
):
    actions.put_on_waiting_list(application=theirs, by=decider, now=LATER - HELD_FOR)
    FundedPlaces.objects.update(cap=1, taken=1)
    alike = {"provider": world.ambition, "qualification": theirs.qualification, "term": world.term}
    holder = ApplicationFactory(accepted=True, funded_place=True, **alike)
    review(theirs, portal_staff)
    actions.reject(application=holder, reason="They left.", by=decider, now=LATER)
    theirs.refresh_from_db()
    assert theirs.status is State.OFFERED


def test_without_funding_nobody_has_to_say_who_pays(theirs, portal_staff):
    review(theirs, portal_staff, funded=False)
    assert (stored().funding_outcome, stored().funding_choice) == ("not_funded", "")


def test_the_tracker_and_own_data_tell_it(theirs, portal_staff, teacher_client):
    review(theirs, portal_staff)
    for page in (f"/applications/{theirs.pk}/", reverse("applications:own_data")):
        assert WHY.replace("'", "&#x27;") in teacher_client.get(page).content.decode(), page
    told = teacher_client.get(f"/applications/{theirs.pk}/").content.decode()
    assert (
        "You are eligible for scholarship funding. This portal&#x27;s staff decided that on 22 November 2026"
        in told
    )


def test_who_saw_the_funding_otherwise_decides_nothing(theirs, places, portal_staff, decider):
    seen = Application.objects.with_names().get()
    review(theirs, portal_staff)
    with pytest.raises(AlreadyDone):
        actions.accept(application=seen, funded_place=False, by=decider, now=LATER)


def test_a_new_list_is_weighed_against_what_the_rules_decided(world, theirs, portal_staff):
    review(theirs, portal_staff)
    assert [each.outcome for each in open_decisions(world.term)] == ["review"]


def test_a_funded_one_counts_as_funding_had_before(theirs, places, portal_staff, decider, teacher):
    review(theirs, portal_staff)
    actions.accept(application=stored(), funded_place=True, by=decider, now=LATER)
    assert not Application.objects.funded_before(teacher, LATER).exists()  # as nobody is told of it yet
    assert Application.objects.funded_before(teacher, LATER + HELD_FOR).exists()


@pytest.mark.django_db(transaction=True)
def test_two_at_once_the_first_counts_and_the_second_is_told(world):
    row = ApplicationFactory(submitted=True, in_review=True, provider=world.ambition)
    staff = [PortalStaffFactory() for _ in range(8)]
    seen = [Application.objects.with_names().get(pk=row.pk) for _ in staff]
    calls = [
        lambda one=one, by=by, number=number: review(one, by, funded=number % 2 == 0)
        for number, (one, by) in enumerate(zip(seen, staff, strict=True))
    ]
    results = all_at_once(calls)
    won = [number for number, result in enumerate(results) if isinstance(result, Application)]
    assert len(won) == 1
    assert sum(isinstance(result, AlreadyDone) for result in results) == len(staff) - 1
    assert stored().funding_reviewed_by == staff[won[0]]
    assert stored().funding_outcome == ("funded" if won[0] % 2 == 0 else "not_funded")
    assert AuditEvent.objects.count() == OutboxMessage.objects.count() == 1
