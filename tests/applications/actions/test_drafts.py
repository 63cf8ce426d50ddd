"""Drafts: started once, answered while they are drafts, deleted for good."""

from datetime import timedelta

import pytest

from applications import actions
from applications.actions.drafts import MOST_DRAFTS
from applications.actions.errors import AlreadyDone, TooManyDrafts
from applications.journey.offered import choices_on
from applications.models import Answer, Application
from applications.states import NotAllowed, State
from tests.factories.applications import ANSWERS, LATER, NOW, ApplicationFactory, draft_of, registered_by


def start(by, carried=None, now=NOW):
    return actions.start(by=by, now=now, carried=carried or {}, choices=choices_on(NOW.date()))


def answer(application, step, by, now=NOW, **value):
    choices = choices_on(NOW.date())
    return actions.answer(application=application, step=step, value=value, choices=choices, by=by, now=now)


def answered(application):
    return set(application.answers.values_list("step", flat=True))


def test_a_start_is_a_draft_with_what_was_carried_over(world, teacher, left_behind):
    carried = {slug: ANSWERS[slug] for slug in ("term", "england", "setting", "workplace", "npq")}
    draft = start(teacher, carried)
    assert draft.status is State.DRAFT
    assert answered(draft) == set(carried)
    assert left_behind() == (["applications.started"], [])


def test_what_does_not_hold_together_is_not_carried_over(world, teacher):
    draft = start(teacher, {"term": {"term": "spring-2026"}, "npq": {"npq": "npq-headship"}})
    assert answered(draft) == set()


def test_starting_twice_makes_one_draft(world, teacher):
    first, second = start(teacher), start(teacher, {"term": ANSWERS["term"]}, LATER)
    assert first == second
    assert answered(second) == {"term"}
    assert Application.objects.count() == 1


def test_a_draft_that_was_answered_is_not_used_again(world, teacher):
    first = start(teacher)
    answer(first, "term", teacher, LATER, term="autumn-2026")
    assert start(teacher, now=LATER) != first


def test_there_is_an_end_to_drafts(world, teacher):
    for number in range(MOST_DRAFTS):
        ApplicationFactory(applicant=teacher, started_at=NOW - timedelta(days=number + 1))
    with pytest.raises(TooManyDrafts):
        start(teacher)


def test_an_answer_is_saved_as_given(world, teacher, left_behind):
    draft = start(teacher)
    walked = answer(draft, "term", teacher, LATER, term="autumn-2026")
    assert draft.answers.get().value == {"term": "autumn-2026"}
    assert Application.objects.get(pk=draft.pk).answers_saved_at == LATER
    assert walked.unanswered.slug == "england"
    assert left_behind() == (["applications.started", "applications.answered"], [])


def test_an_answer_given_again_replaces_the_first(world, teacher):
    draft = start(teacher, {"term": ANSWERS["term"]})
    answer(draft, "england", teacher, england="no")
    answer(draft, "england", teacher, england="yes")
    assert draft.answers.get(step="england").value == {"england": "yes"}


def test_an_answer_drops_only_what_it_takes_away(world, teacher):
    draft = draft_of(teacher)
    before = answered(draft)
    answer(draft, "england", teacher, england="no")
    assert before - answered(draft) == {"setting", "workplace", "had", "funding"}


def test_changing_the_npq_keeps_a_provider_that_offers_it_and_drops_one_that_does_not(world, teacher):
    kept = draft_of(teacher)
    answer(kept, "npq", teacher, npq="npq-leading-literacy")
    assert "provider" in answered(kept)
    dropped = draft_of(teacher, provider={"provider": "teach-first"})
    answer(dropped, "npq", teacher, npq="npq-leading-literacy")
    assert "provider" not in answered(dropped)


def test_a_registered_application_takes_no_answer(world, teacher):
    draft = draft_of(teacher)
    stale = Application.objects.get(pk=draft.pk)
    actions.register(application=draft, by=teacher, now=NOW)
    with pytest.raises(AlreadyDone):
        answer(stale, "name", teacher, name="Somebody Else")
    with pytest.raises(NotAllowed):
        answer(Application.objects.get(pk=draft.pk), "name", teacher, name="Somebody Else")
    assert draft.answers.get(step="name").value == {"name": "Ada Applicant"}


def test_discarding_deletes_a_draft_for_good(world, teacher, left_behind):
    draft = draft_of(teacher)
    actions.discard(application=draft, by=teacher, now=NOW)
    assert not Application.objects.exists()
    assert not Answer.objects.exists()
    assert left_behind() == (["applications.discarded"], [])


def test_a_registered_application_is_not_discarded(world, teacher):
    application = registered_by(teacher)
    answers = answered(application)
    with pytest.raises(AlreadyDone):
        actions.discard(application=application, by=teacher, now=NOW)
    assert answered(Application.objects.get()) == answers


def test_nobody_else_discards(world, teacher, stranger, portal_staff):
    draft = start(teacher)
    for person in (stranger, portal_staff):
        with pytest.raises(NotAllowed):
            actions.discard(application=draft, by=person, now=NOW)
    assert Application.objects.filter(pk=draft.pk).exists()


def test_registering_a_draft_that_was_deleted_meanwhile_is_refused(world, teacher):
    application = draft_of(teacher)
    actions.discard(application=Application.objects.get(), by=teacher, now=NOW)
    with pytest.raises(AlreadyDone):
        actions.register(application=application, by=teacher, now=NOW)
