"""What the database refuses, whoever writes: each constraint is violated once, and named."""

from datetime import date, timedelta

import pytest
from django.apps import apps
from django.db import IntegrityError, connection

from applications.models import (
    Application,
    BulkDecision,
    BulkDecisionLine,
    EndedDraft,
    FormAnswer,
    Message,
    Note,
    Reminder,
    ReminderOff,
    SavedFilter,
    Score,
    Sponsor,
    SponsorLink,
    TrainingChange,
    TwoPeople,
)
from tests.factories.applications import (
    NOW,
    AllowedAddressFactory,
    ApplicationFactory,
    ClosedApplicationFactory,
    FundedPlacesFactory,
    InterestFactory,
    ProviderFormFactory,
    two_people,
)
from tests.factories.catalogue import CourseRunFactory, LeadProviderFactory, QualificationFactory, TermFactory
from tests.people import UserFactory

pytestmark = pytest.mark.django_db


def registered(**changes):
    Application.objects.filter(pk=ApplicationFactory(registered=True).pk).update(**changes)


def accepted(**changes):
    Application.objects.filter(pk=ApplicationFactory(accepted=True).pk).update(**changes)


def twice_live():
    first = ApplicationFactory(registered=True)
    ApplicationFactory(
        registered=True, applicant=first.applicant, qualification=first.qualification, term=first.term
    )


def same_reference():
    ApplicationFactory(registered=True, reference=ApplicationFactory(registered=True).reference)


def answered_twice():
    application = ApplicationFactory()
    for _ in range(2):
        application.answers.create(step="term", value={}, answered_at=NOW)


def form_answered_twice():
    application = ApplicationFactory(submitted=True)
    for _ in range(2):
        FormAnswer.objects.create(application=application, question="why", value="x", answered_at=NOW)


def same_form_version():
    for _ in range(2):
        ProviderFormFactory(provider=None, version=3)


def reminded(**changes):
    sent = {"kind": "form", "counted_from": NOW.date(), "days": 4, "sent_on": NOW.date()}
    return Reminder.objects.create(**{**sent, **changes})


def allowed_twice():
    first = AllowedAddressFactory()
    AllowedAddressFactory(email=first.email, term=first.term)


def reminded_twice():
    application = ApplicationFactory()
    for passed in range(2):
        reminded(application=application, sent_on=NOW.date() + timedelta(days=passed))


def reminded_twice_a_day():
    application = ApplicationFactory()
    for days in (4, 21):
        reminded(application=application, days=days)


def switched_off_twice():
    person = UserFactory()
    for _ in range(2):
        ReminderOff.objects.create(user=person, kind="form")


def two_people_out_of_order():
    said = two_people(UserFactory(), UserFactory())
    TwoPeople.objects.filter(pk=said.pk).update(one=said.other, other=said.one)


def two_people_twice():
    pair = UserFactory(), UserFactory()
    for _ in range(2):
        two_people(*pair)


def two_drafts():
    for _ in range(2):
        ProviderFormFactory(provider=None, published_at=None)


ASKED = {"asked_at": NOW, "expires_at": NOW}


def sponsor(**changed):
    given = {"name": "Sam", "email": "sam@example.test", **changed}
    return Sponsor.objects.create(**{"application": ApplicationFactory(), **given})


def two_sponsors():
    sponsor(application=sponsor(state="waiting", **ASKED).application)


def same_link():
    for _ in range(2):
        SponsorLink.objects.create(sponsor=sponsor(), token_hash="0" * 64, made_at=NOW)


def places_twice():
    first = FundedPlacesFactory()
    FundedPlacesFactory(provider=first.provider, qualification=first.qualification, term=first.term)


def waiting_at_the_same_number():
    first = ApplicationFactory(waiting_list=True)
    alike = {name: getattr(first, name) for name in ("provider", "qualification", "term", "waiting_number")}
    ApplicationFactory(waiting_list=True, form=first.form, **alike)
    connection.check_constraints()


def training(**changes):
    values = {"action": "start_training", "on": NOW.date(), "made_at": NOW, **changes}
    TrainingChange.objects.create(application=ApplicationFactory(), made_by=UserFactory(), **values)


def message(**changes):
    values = {"text": "Why?", "from_applicant": True, "written_at": NOW, **changes}
    Message.objects.create(application=ApplicationFactory(), author=UserFactory(), **values)


def saved_filter(**changes):
    values = {"owner": UserFactory(), "name": "Mine", "query": "doing=new", "saved_at": NOW, **changes}
    return SavedFilter.objects.create(**values)


def bulk_decision(**changes):
    return BulkDecision.objects.create(**{"by": UserFactory(), "choice": "ask", "made_at": NOW, **changes})


def decided_in_a_bulk(**changes):
    values = {"bulk": bulk_decision(), "application": ApplicationFactory(), "position": 0, **changes}
    return BulkDecisionLine.objects.create(**values)


def decided_twice_at_once():
    first = decided_in_a_bulk()
    decided_in_a_bulk(bulk=first.bulk, application=first.application)


def scored(**changes):
    application = ApplicationFactory(submitted=True)
    values = {"question": "why", "score": 3, "scorer": UserFactory(), "submitted_at": NOW, **changes}
    return Score.objects.create(**{"application": application, "form": application.form, **values})


def scored_twice():
    first = scored()
    scored(application=first.application, scorer=first.scorer)


VIOLATIONS = {
    "score_once_per_scorer_and_question": scored_twice,
    "score_is_on_the_scale": lambda: scored(score=5),
    "bulk_decision_finished_keeps_no_words": lambda: bulk_decision(given={"a": "b"}, finished_at=NOW),
    "bulk_decision_line_once_per_application": decided_twice_at_once,
    "bulk_decision_line_says_what_came_of_it": lambda: decided_in_a_bulk(outcome="done"),
    "saved_filter_name_once_per_person": lambda: saved_filter(owner=saved_filter().owner),
    "saved_filter_says_something": lambda: saved_filter(query=""),
    "application_waiting_has_a_number": lambda: ApplicationFactory(waiting_list=True, waiting_number=None),
    "application_waiting_number_once": waiting_at_the_same_number,
    "application_undo_is_of_a_decision": lambda: ApplicationFactory(
        submitted=True, undo_until=NOW, before_decision={"state": "registered"}
    ),
    "application_offer_has_an_end": lambda: ApplicationFactory(offered=True, offer_ends_at=None),
    "application_offer_needs_funding": lambda: ApplicationFactory(offered=True, funding_outcome="review"),
    "message_says_something": lambda: message(text=""),
    "message_only_staff_ask_for_more": lambda: message(asks=True),
    "training_change_is_known": lambda: training(action="sing"),
    "training_change_says_why": lambda: training(action="defer"),
    "training_change_on_a_possible_day": lambda: training(on=date(1990, 1, 1)),
    "application_state_is_known": lambda: registered(state="lost"),
    "application_reference_unique": same_reference,
    "application_reference_is_readable": lambda: registered(reference="NPQ-0O1IL5"),
    "application_registered_is_complete": lambda: registered(provider=None),
    "application_funding_frozen_together": lambda: registered(funding_reason=""),
    "application_live_once_per_npq_and_term": twice_live,
    "application_not_funded_says_who_pays": lambda: registered(funding_outcome="not_funded"),
    "application_funding_review_is_complete": lambda: registered(funding_reviewed_at=NOW),
    "application_decided_when_taken_on": lambda: accepted(funded_place=None),
    "application_place_while_taken_on": lambda: registered(funded_place=False, state="withdrawn"),
    "application_funded_place_needs_funding": lambda: accepted(funded_place=True, funding_outcome="review"),
    "application_rejected_has_a_reason": lambda: registered(state="rejected", decided_at=NOW),
    "application_course_run_as_of_has_a_run": lambda: registered(course_run_as_of=NOW),
    "application_trn_is_7_digits": lambda: registered(trn="12345"),
    "application_date_of_birth_is_sensible": lambda: registered(date_of_birth=date(1820, 1, 1)),
    "application_past_the_form_has_a_form": lambda: registered(state="submitted"),
    "application_erased_says_nothing": lambda: registered(state="withdrawn", erased_at=NOW),
    "closed_application_closed_after_it_began": lambda: ClosedApplicationFactory(
        closed_at=NOW - timedelta(1)
    ),
    "answer_once_per_step": answered_twice,
    "form_answer_once_per_question": form_answered_twice,
    "provider_form_version_unique": same_form_version,
    "provider_form_one_draft": two_drafts,
    "provider_form_purpose_is_known": lambda: ProviderFormFactory(purpose="all"),
    "provider_form_version_from_1": lambda: ProviderFormFactory(version=0),
    "sponsor_has_a_name_and_an_address": lambda: sponsor(name=""),
    "sponsor_state_is_known": lambda: sponsor(state="asleep", **ASKED),
    "sponsor_one_at_a_time": two_sponsors,
    "sponsor_asked_until_a_time": lambda: sponsor(state="waiting", asked_at=NOW),
    "sponsor_answered_at_a_time": lambda: sponsor(state="endorsed", **ASKED),
    "sponsor_declined_has_a_reason": lambda: sponsor(state="declined", answered_at=NOW, **ASKED),
    "sponsor_link_token_unique": same_link,
    "funded_places_once_per_provider_npq_and_term": places_twice,
    "funded_places_never_over_the_cap": lambda: FundedPlacesFactory(cap=1, taken=2),
    "reminder_kind_is_known": lambda: reminded(application=ApplicationFactory(), kind="all"),
    "reminder_once": reminded_twice,
    "reminder_one_a_day": reminded_twice_a_day,
    "reminder_off_kind_is_known": lambda: ReminderOff.objects.create(user=UserFactory(), kind="all"),
    "reminder_off_once": switched_off_twice,
    "two_people_in_order": two_people_out_of_order,
    "two_people_once": two_people_twice,
    "two_people_for_a_reason": lambda: two_people(UserFactory(), UserFactory(), reason=""),
    "ended_draft_week_begins_on_monday": lambda: EndedDraft.objects.create(week=date(2026, 11, 24)),
    "interest_in_small_letters": lambda: InterestFactory(email="A@example.test"),
    "interest_confirmed_after_it_was_asked": lambda: InterestFactory(
        confirmed_at=NOW - timedelta(days=1), asked_at=NOW
    ),
    "allowed_address_in_small_letters": lambda: AllowedAddressFactory(email="A@example.test"),
    "address_allowed_once_a_term": allowed_twice,
    "note_says_something": lambda: Note.objects.create(
        application=ApplicationFactory(), author=UserFactory(), text="", written_at=NOW
    ),
}


@pytest.mark.parametrize("name", VIOLATIONS)
def test_the_database_refuses(name):
    with pytest.raises(IntegrityError) as refusal:
        VIOLATIONS[name]()
    assert refusal.value.__cause__.diag.constraint_name == name


@pytest.mark.parametrize("other", ["term", "qualification", "provider"])
def test_a_course_run_is_of_the_same_provider_npq_and_term(other):
    """A reference on four columns, which a migration made: no model can say it."""
    application = ApplicationFactory(registered=True, course_run=CourseRunFactory())
    another = {
        "term": TermFactory(identifier="spring-2027"),
        "qualification": QualificationFactory(),
        "provider": LeadProviderFactory(),
    }
    with pytest.raises(IntegrityError) as refusal:
        Application.objects.filter(pk=application.pk).update(**{other: another[other]})
    assert refusal.value.__cause__.diag.constraint_name == "application_course_run_is_of_its_course"


@pytest.mark.parametrize(
    "changes",
    [{"funding_review_reason": ""}, {"funding_reviewed_by": None}, {"funding_outcome": "review"}],
    ids=str,
)
def test_a_review_says_who_when_and_why_and_leaves_nothing_open(changes):
    reviewed = {
        "funding_reviewed_at": NOW,
        "funding_reviewed_by": UserFactory(),
        "funding_review_reason": "So.",
    }
    row = ApplicationFactory(registered=True, in_review=True)
    with pytest.raises(IntegrityError) as refusal:
        Application.objects.filter(pk=row.pk).update(**{**reviewed, "funding_outcome": "funded", **changes})
    assert refusal.value.__cause__.diag.constraint_name == "application_funding_review_is_complete"


def test_what_the_rules_decided_is_reviewed_by_nobody():
    reviewed = {
        "funding_reviewed_at": NOW,
        "funding_reviewed_by": UserFactory(),
        "funding_review_reason": "So.",
    }
    with pytest.raises(IntegrityError) as refusal:
        registered(**reviewed)
    assert refusal.value.__cause__.diag.constraint_name == "application_funding_review_is_complete"


def test_every_constraint_is_tried():
    named = {
        constraint.name
        for model in apps.get_app_config("applications").get_models()
        for constraint in model._meta.constraints
    }
    assert named == set(VIOLATIONS)


def test_a_draft_may_stand_beside_a_live_application():
    live = ApplicationFactory(registered=True)
    ApplicationFactory(applicant=live.applicant)
    assert live.applicant.applications.count() == 2


@pytest.mark.parametrize("ended", ["rejected", "withdrawn"])
def test_one_may_apply_again_after_an_end(ended):
    first = ApplicationFactory(**{ended: True})
    ApplicationFactory(
        registered=True, applicant=first.applicant, qualification=first.qualification, term=first.term
    )
    assert first.applicant.applications.count() == 2
