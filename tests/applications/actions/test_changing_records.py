"""Portal staff put a record right: another term, NPQ or lead provider, decided anew, told to everybody."""

import pytest

from applications import actions
from applications.actions.errors import AppliedToThat, Incomplete, NeverAsked, NotOffered, NotTold
from applications.models import Application, ClosedApplication, FormAnswer, FundedPlaces, Note
from applications.states import NotAllowed, State
from catalogue.models import Offer
from npq_portal.audit.models import AuditEvent
from npq_portal.mail.models import OutboxMessage
from tests.applications.races.threads import all_at_once
from tests.factories.applications import (
    LATER,
    NOW,
    ApplicationFactory,
    FundedPlacesFactory,
    registered_by,
    submitted_by,
    waiting_by,
)
from tests.factories.catalogue import CourseRunFactory, OfferFactory, QualificationFactory, TermFactory

pytestmark = pytest.mark.django_db
WHY = "They start in spring: the school told us."
ANY = {"course": "none"}


@pytest.fixture
def spring(world):
    term = TermFactory(identifier="spring-2026")
    return OfferFactory(provider=world.ambition, qualification=world.headship, term=term)


@pytest.fixture
def literacy(world):
    return Offer.objects.get(provider=world.ambition, qualification=world.literacy)


@pytest.fixture
def elsewhere(world):
    return Offer.objects.get(provider=world.other)


def change(application, offer, by, now=LATER, **given):
    return actions.change_record(
        application=application, offer=offer, by=by, now=now, **{"reason": WHY, **given}
    )


def stored(application):
    return Application.objects.with_names().get(pk=application.pk)


def test_another_term_decides_the_funding_anew_and_keeps_the_form(world, teacher, portal_staff, spring):
    application = submitted_by(teacher)
    decided = application.funding_decision
    change(application, spring, portal_staff, payer="school")
    row = stored(application)
    assert (row.term, row.status, row.submitted_at) == (spring.term, State.SUBMITTED, NOW)
    assert row.funding_rules_version.startswith("spring-2026/")
    assert row.funding_facts["term"] == "spring-2026"
    (earlier,) = row.earlier_decisions
    assert (earlier["term"], earlier["decision"]) == ("autumn-2026", decided)
    assert earlier["was_for"] == "Headship, Autumn 2026"
    assert FormAnswer.objects.filter(application=row).exists()
    assert not ClosedApplication.objects.exists()


def test_the_audit_row_has_old_and_new_and_no_reason(world, teacher, portal_staff, spring):
    change(submitted_by(teacher), spring, portal_staff, payer="school")
    event = AuditEvent.objects.get(action="applications.record_changed")
    assert (event.old["term"], event.new["term"]) == ("autumn-2026", "spring-2026")
    assert {"npq", "provider", "outcome"} <= event.old.keys() & event.new.keys()
    assert WHY not in f"{event.old} {event.new}"
    assert WHY in Note.objects.get().text


def test_another_npq_asks_for_its_form_and_keeps_the_reference(world, teacher, portal_staff, literacy):
    application = submitted_by(teacher)
    change(application, literacy, portal_staff, payer="school")
    row = stored(application)
    assert (row.reference, row.status, row.form) == (application.reference, State.REGISTERED, None)
    assert row.qualification == world.literacy
    assert row.provider_since is None
    assert not FormAnswer.objects.exists()
    assert ClosedApplication.objects.get().form_answers


def test_another_provider_leaves_the_funding_and_tells_everybody(
    world, teacher, portal_staff, decider, rival, elsewhere
):
    application = submitted_by(teacher)
    change(application, elsewhere, portal_staff)
    row = stored(application)
    assert (row.provider, row.provider_since) == (world.other, LATER)
    assert (row.funding_decision, row.earlier_decisions) == (application.funding_decision, [])
    told = {(mail.template, mail.to): mail for mail in OutboxMessage.objects.filter(queued_at=LATER)}
    mine = told["applications/record_changed", teacher.email]
    theirs = told["applications/record_changed_to_provider", rival.email]
    left = told["applications/provider_left", decider.email]
    assert WHY in mine.text
    assert WHY in theirs.text
    assert "Teach First" not in left.text
    assert WHY not in left.text


def test_an_acceptance_its_place_and_its_course_go(world, teacher, portal_staff, decider, spring):
    places = FundedPlacesFactory(provider=world.ambition, qualification=world.headship, term=world.term)
    run = CourseRunFactory(provider=world.ambition, qualification=world.headship, term=world.term)
    application = submitted_by(teacher, course={"course": str(run.pk)})
    Application.objects.update(funding_outcome="funded", funding_choice="")
    actions.accept(application=stored(application), funded_place=True, by=decider, now=NOW)
    change(stored(application), spring, portal_staff, payer="school")
    row = stored(application)
    assert (row.status, row.funded_place, row.decided_at) == (State.SUBMITTED, None, None)
    assert row.course_run is row.course_run_as_of is None
    assert FundedPlaces.objects.get(pk=places.pk).taken == 0


def test_twice_changes_once(world, teacher, portal_staff, elsewhere):
    application = submitted_by(teacher)
    for _ in range(2):
        change(application, elsewhere, portal_staff)
    assert AuditEvent.objects.filter(action="applications.record_changed").count() == 1
    assert Note.objects.count() == 1


def test_what_is_not_funded_any_more_says_who_pays(world, teacher, portal_staff, spring):
    application = registered_by(teacher)
    Application.objects.update(funding_outcome="funded", funding_choice="")
    with pytest.raises(Incomplete, match="who pays"):
        change(application, spring, portal_staff)
    change(application, spring, portal_staff, payer="school")
    assert stored(application).funding_choice == "school"


def test_it_is_refused_where_it_cannot_stand(world, teacher, portal_staff, decider, spring, literacy):
    application = submitted_by(teacher)
    with pytest.raises(Incomplete):
        change(application, spring, portal_staff, reason=" ")
    with pytest.raises(NotAllowed):
        change(application, spring, decider)
    coaching = QualificationFactory(identifier="npq-early-headship-coaching-offer", name="Coaching")
    with pytest.raises(NeverAsked):
        change(
            application,
            OfferFactory(provider=world.ambition, qualification=coaching, term=world.term),
            portal_staff,
        )
    without_rules = OfferFactory(
        provider=world.ambition, qualification=world.headship, term=TermFactory(identifier="autumn-2031")
    )
    with pytest.raises(NotOffered):
        change(application, without_rules, portal_staff)
    other = ApplicationFactory(
        registered=True, applicant=teacher, qualification=world.literacy, term=world.term
    )
    with pytest.raises(AppliedToThat, match=other.reference):
        change(application, literacy, portal_staff)
    spring.delete()
    with pytest.raises(NotOffered):
        change(application, Offer(pk=10**9, **_named(world)), portal_staff)
    assert not AuditEvent.objects.filter(action="applications.record_changed").exists()


def _named(world):
    return {
        "provider": world.other,
        "qualification": world.headship,
        "term": world.term,
    }


def test_training_and_a_decision_that_nobody_was_told_of_stop_it(
    world, teacher, portal_staff, decider, elsewhere
):
    application = submitted_by(teacher)
    actions.accept(application=application, funded_place=False, by=decider, now=LATER)
    with pytest.raises(NotTold):
        change(application, elsewhere, portal_staff)
    Application.objects.update(state="active", undo_until=None, before_decision=None)
    with pytest.raises(NotAllowed):
        change(application, elsewhere, portal_staff)


@pytest.mark.django_db(transaction=True)
def test_a_decision_at_the_same_moment(world, teacher, portal_staff, decider, spring):
    """Whoever is first counts: nobody is accepted in a term that they did not look at."""
    application = submitted_by(teacher)
    one, two = stored(application), stored(application)
    results = all_at_once(
        [
            lambda: change(one, spring, portal_staff, payer="school"),
            lambda: actions.accept(application=two, funded_place=False, by=decider, now=LATER),
        ]
    )
    assert sum(isinstance(each, Application) for each in results) == 1, results
    row = stored(application)
    changed = isinstance(results[0], Application)
    assert (row.term == spring.term, row.state == "accepted") == (changed, not changed)


def test_a_sponsor_who_was_asked_reads_who_changed_it(world, teacher, elsewhere, portal_staff):
    """Nobody else was asked: the form is new, and the applicant had no part in it."""
    change(waiting_by(teacher), elsewhere, portal_staff)
    told = OutboxMessage.objects.get(to="sam@example.test", template="applications/sponsor_form_gone")
    assert "This portal's staff changed which NPQ or which lead provider" in told.text
    assert "with Ambition Institute: the link that we sent you no longer works" in told.text
    assert not OutboxMessage.objects.filter(template="applications/sponsor_replaced").exists()
