"""Scoring the answers of a form: by its provider's scorers, until the decision, one audit row each time."""

from datetime import timedelta

import pytest

from applications import actions
from applications.actions.errors import Decided, NotYours, ScoresStand
from applications.models import Application, Score
from applications.queries import scored_questions
from catalogue.models import MemberRole
from npq_portal.audit.models import AuditEvent
from tests.factories.applications import LATER, staff_of, submitted_by
from tests.people import PortalStaffFactory


@pytest.fixture
def theirs(world, teacher):
    return submitted_by(teacher)


@pytest.fixture
def scorers(world):
    return [staff_of(world.ambition, MemberRole.SCORER) for _ in range(2)]


def score(application, by, number=3, comment="Clear.", now=LATER):
    given = {question.key: (number, comment) for question in scored_questions(application)}
    return actions.score(application=application, given=given, by=by, now=now)


def test_every_scored_question_has_a_row_and_the_scoring_one_in_the_audit(theirs, scorers, left_behind):
    before = left_behind()[1]
    score(theirs, scorers[0])
    questions = {"led", "led-example", "why-this-npq", "difference"}
    assert {row.question for row in Score.objects.all()} == questions
    assert set(Score.objects.values_list("score", "comment", "form", "scorer")) == {
        (3, "Clear.", theirs.form_id, scorers[0].pk)
    }
    event = AuditEvent.objects.get(action="applications.scored")
    assert (event.old, event.new) == (None, dict.fromkeys(questions, 3))
    assert "Clear" not in str(vars(event))
    assert left_behind()[1] == before, "nobody is told by mail"


def test_given_again_they_take_the_place_of_ones_own(theirs, scorers):
    score(theirs, scorers[0], 1)
    score(theirs, scorers[0], 2, "", LATER + timedelta(hours=1))
    assert set(Score.objects.values_list("scorer", "score", "comment")) == {(scorers[0].pk, 2, "")}
    last = AuditEvent.objects.filter(action="applications.scored").order_by("pk").last()
    assert (set(last.old.values()), set(last.new.values())) == ({1}, {2})


def test_once_others_are_seen_ones_own_stand(theirs, scorers):
    score(theirs, scorers[0], 1)
    score(theirs, scorers[1], 4)
    for scorer in scorers[:2]:
        with pytest.raises(ScoresStand):
            score(theirs, scorer, 3)
    assert set(Score.objects.values_list("score", flat=True)) == {1, 4}


def test_with_two_scorers_it_is_ready_to_be_decided(theirs, scorers):
    assert theirs.awaits_scores
    for _ in range(2):
        score(theirs, scorers[0])
        assert Application.objects.get().awaits_scores
    score(theirs, scorers[1])
    assert not Application.objects.get().awaits_scores


@pytest.mark.parametrize(
    "role", [MemberRole.VIEWER, MemberRole.DECIDER, MemberRole.MANAGER, "portal", "rival"]
)
def test_nobody_else_scores(theirs, world, role):
    others = {"portal": PortalStaffFactory, "rival": lambda: staff_of(world.other, MemberRole.SCORER)}
    with pytest.raises(NotYours):
        score(theirs, others[role]() if role in others else staff_of(world.ambition, role))
    assert not Score.objects.exists()


def test_nor_about_themselves(theirs, scorers):
    Application.objects.update(applicant=scorers[0])
    with pytest.raises(NotYours):
        score(theirs, scorers[0])


def test_after_the_decision_they_stay(theirs, scorers, decider):
    score(theirs, scorers[0])
    actions.accept(application=Application.objects.get(), funded_place=False, by=decider, now=LATER)
    with pytest.raises(Decided):
        score(theirs, scorers[0], 0)
    assert set(Score.objects.values_list("score", flat=True)) == {3}


@pytest.mark.parametrize("given", [{}, {"difference": (3, "")}, {"access-needs": (3, "")}])
def test_all_scored_questions_and_no_other(theirs, scorers, given):
    with pytest.raises(ValueError, match="every scored question"):
        actions.score(application=theirs, given=given, by=scorers[0], now=LATER)


def test_another_provider_begins_anew(theirs, scorers, teacher, world):
    score(theirs, scorers[0])
    actions.change_provider(application=theirs, provider=world.other, by=teacher, now=LATER)
    assert not Score.objects.exists()
    assert not Application.objects.get().awaits_scores
