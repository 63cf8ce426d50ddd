"""Registering: all of it or nothing, once."""

import re

import pytest

from applications import actions
from applications.actions.errors import AlreadyApplied, Busy, Incomplete
from applications.actions.registration import draw_reference
from applications.models import Application
from applications.states import State
from funding.rules.decide import decide
from funding.rules.facts import Facts
from npq_portal.audit.models import AuditEvent
from npq_portal.mail.models import OutboxMessage
from tests.factories.applications import LATER, NOW, ApplicationFactory, draft_of, registered_by
from tests.factories.catalogue import CourseRunFactory
from tests.queries import queries_of

# Statements of one registration, and of its savepoints: a database serves so many of them a second, and no more.
AT_MOST = 21
# To hold the course run until the end, and to name it in the mail.
OF_ITS_RUN = 2


def register(application, by, now=NOW):
    return actions.register(application=application, by=by, now=now)


def test_it_freezes_the_decision_and_issues_a_reference(world, teacher, left_behind):
    application = register(draft_of(teacher), teacher)
    stored = Application.objects.get(pk=application.pk)
    assert stored.status is State.REGISTERED
    assert re.fullmatch(r"NPQ-[2-9B-DF-HJ-NP-TV-Z]{6}", stored.reference)
    assert (stored.term, stored.qualification, stored.provider) == (
        world.term,
        world.headship,
        world.ambition,
    )
    assert (stored.full_name, stored.trn) == ("Ada Applicant", "1234567")
    assert (stored.workplace_reference, stored.workplace_name) == ("800100", "Oakwood School")
    assert (stored.funding_outcome, stored.funding_reason) == ("funded", "funded")
    assert stored.funding_rules_version == "autumn-2026/1"
    assert stored.registered_at == stored.state_since == NOW
    assert left_behind() == (["applications.registered"], ["applications/registered"])


def test_the_frozen_facts_decide_the_same_again(world, teacher):
    application = register(draft_of(teacher), teacher)
    again = decide(
        Facts.from_json(application.funding_facts), rules_version=application.funding_rules_version
    )
    assert again.to_json() == application.funding_decision


def test_the_mail_says_what_to_do_and_by_when(world, teacher):
    application = register(draft_of(teacher), teacher)
    mail = OutboxMessage.objects.get()
    assert mail.to == teacher.email
    assert application.reference in mail.subject
    assert mail.text.startswith("Fill in the form of Ambition Institute by 6 December 2026")
    assert application.get_absolute_url() in mail.text
    assert application.get_absolute_url() in mail.html


def test_a_second_call_returns_the_same_and_leaves_nothing_more(world, teacher, left_behind):
    draft = draft_of(teacher)
    first = register(draft, teacher)
    stale = Application.objects.get(pk=draft.pk)
    stale.state = State.DRAFT.value
    assert register(stale, teacher, LATER).reference == first.reference
    assert left_behind() == (["applications.registered"], ["applications/registered"])


@pytest.mark.parametrize("missing", ["term", "workplace", "npq", "provider", "name", "trn", "consent"])
def test_a_missing_answer_names_its_question(world, teacher, missing, left_behind):
    draft = draft_of(teacher, seen=missing not in ("term", "workplace", "npq"), **{missing: None})
    with pytest.raises(Incomplete) as refusal:
        register(draft, teacher)
    assert refusal.value.step == missing
    assert left_behind() == ([], [])


def test_an_answer_that_no_longer_holds_names_its_question(world, teacher):
    draft = draft_of(teacher)
    world.school.status_code = "2"
    world.school.save()
    with pytest.raises(Incomplete) as refusal:
        register(draft, teacher)
    assert refusal.value.step in ("workplace", "funding")


def test_a_stored_answer_is_put_through_its_form_again(world, teacher):
    draft = draft_of(teacher, trn={"has_trn": "yes", "trn": "12"})
    with pytest.raises(Incomplete) as refusal:
        register(draft, teacher)
    assert refusal.value.step == "trn"


def test_what_is_registered_is_what_the_form_makes_of_it(world, teacher):
    draft = draft_of(teacher, name={"name": "  Ada   Applicant "})
    assert register(draft, teacher).full_name == "Ada Applicant"


def test_a_provider_that_stopped_offering_it_is_asked_again(world, teacher):
    draft = draft_of(teacher)
    world.ambition.offers.all().delete()
    with pytest.raises(Incomplete) as refusal:
        register(draft, teacher)
    assert refusal.value.step == "provider"


def test_an_offer_that_is_put_back_meanwhile_is_tried_again(world, teacher, left_behind, monkeypatch):
    draft = draft_of(teacher)
    monkeypatch.setattr("applications.actions.registration.offer_named", lambda *given: None)
    with pytest.raises(Busy):
        register(draft, teacher)
    assert left_behind() == ([], [])


def test_a_course_that_was_chosen_is_checked_without_describing_all(world, teacher):
    whose = {"provider": world.ambition, "qualification": world.headship, "term": world.term}
    runs = CourseRunFactory.create_batch(3, **whose)
    draft = draft_of(teacher, course={"course": str(runs[1].pk)})
    assert queries_of(lambda: register(draft, teacher)) == AT_MOST + OF_ITS_RUN
    assert Application.objects.get(pk=draft.pk).course_run == runs[1]


def test_it_asks_the_database_no_more_than_it_has_to(world, teacher):
    draft = draft_of(teacher)
    assert queries_of(lambda: register(draft, teacher)) == AT_MOST


def test_a_decision_that_changed_since_it_was_seen_is_shown_again(world, teacher, left_behind):
    draft = draft_of(teacher)
    seen = draft.answers.get(step="funding")
    seen.value = {**seen.value, "funding": "review"}
    seen.save()
    with pytest.raises(Incomplete) as refusal:
        register(draft, teacher)
    assert refusal.value.step == "funding"
    assert left_behind() == ([], [])


def test_a_closed_term_is_asked_again(world, teacher):
    draft = draft_of(teacher)
    world.term.registration_closes = NOW.date().replace(day=1)
    world.term.save()
    with pytest.raises(Incomplete) as refusal:
        register(draft, teacher)
    assert refusal.value.step == "term"


def test_a_second_live_application_leads_to_the_first(world, teacher, left_behind):
    first = registered_by(teacher)
    second = draft_of(teacher)
    with pytest.raises(AlreadyApplied) as refusal:
        register(second, teacher)
    assert refusal.value.application == first
    assert left_behind() == (["applications.registered"], ["applications/registered"])
    assert Application.objects.get(pk=second.pk).status is State.DRAFT


def test_someone_not_funded_says_who_pays(world, teacher):
    draft = draft_of(teacher, npq={"npq": "npq-leading-literacy"})
    with pytest.raises(Incomplete) as refusal:
        register(draft, teacher)
    assert refusal.value.step == "who-pays"
    draft.answers.create(step="who-pays", value={"who_pays": "self"}, answered_at=NOW)
    application = register(draft, teacher)
    assert (application.funding_outcome, application.funding_choice) == ("not_funded", "self")


def test_someone_who_had_the_scholarship_is_not_funded_again(world, teacher):
    ApplicationFactory(
        accepted=True, applicant=teacher, funded_place=True, state="failed", qualification=world.headship
    )
    draft = draft_of(teacher, who_pays={"who_pays": "school"})
    assert register(draft, teacher).funding_reason == "previously_funded"


def test_someone_who_says_that_they_had_the_scholarship_is_not_funded_again(world, teacher):
    draft = draft_of(teacher, had={"had": ["npq-headship"]}, who_pays={"who_pays": "school"})
    assert register(draft, teacher).funding_reason == "previously_funded"


def test_when_the_mail_cannot_be_written_nothing_happened(world, teacher, left_behind, monkeypatch):
    def broken(**_):
        raise RuntimeError

    monkeypatch.setattr("applications.actions.mails.queue", broken)
    draft = draft_of(teacher)
    with pytest.raises(RuntimeError):
        register(draft, teacher)
    assert left_behind() == ([], [])
    assert Application.objects.get(pk=draft.pk).reference is None


def test_a_reference_that_is_taken_is_drawn_again(world, teacher, monkeypatch):
    taken = ApplicationFactory(registered=True).reference
    draws = iter([taken, "NPQ-222333"])
    monkeypatch.setattr("applications.actions.registration.draw_reference", lambda: next(draws))
    assert registered_by(teacher).reference == "NPQ-222333"


def test_references_avoid_what_is_misread():
    drawn = "".join(draw_reference().removeprefix("NPQ-") for _ in range(500))
    assert not set(drawn) & set("01OILAEU")


def test_the_audit_row_holds_no_name(world, teacher):
    registered_by(teacher)
    row = AuditEvent.objects.get()
    assert row.actor == f"user:{teacher.pk}"
    assert "Ada" not in f"{row.old}{row.new}{row.note}"
