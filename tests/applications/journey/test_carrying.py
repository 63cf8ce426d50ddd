"""What the funding check knows is not asked again, whatever the setting; what cannot be an answer is asked."""

from dataclasses import replace
from datetime import date
from urllib.parse import urlencode

import pytest
from django.http import QueryDict

from applications.journey.carrying import carried_answers, situation_of
from applications.journey.choices import Choices
from applications.journey.walker import walk
from funding.checker.situation import Situation

CHOICES = Choices(
    terms={"autumn-2026": "Autumn 2026"},
    npqs={
        "autumn-2026": {
            "npq-early-headship-coaching-offer": "Coaching",
            "npq-leading-primary-mathematics": "Maths",
        }
    },
    day=date(2026, 11, 22),
)
TERM = {"term": "autumn-2026"}
EARLY = TERM | {"setting": "early_years"}
ANOTHER = TERM | {"setting": "another_setting"}


def carried(query):
    situation = Situation.read(QueryDict(urlencode(query)))
    return walk(carried_answers(situation, CHOICES, npq=query.get("npq", "")), CHOICES).answers


@pytest.mark.parametrize(
    ("query", "slug", "answer"),
    [
        (EARLY | {"kind": "childminder"}, "childcare-kind", {"childcare_kind": "childminder"}),
        (
            EARLY | {"kind": "childminder", "ofsted": "118032"},
            "ofsted",
            {"has_number": "yes", "ofsted": "118032"},
        ),
        (EARLY | {"kind": "private_nursery", "ofsted": "none"}, "ofsted", {"has_number": "no"}),
        (ANOTHER | {"employment": "hospital_school"}, "employment", {"employment": "hospital_school"}),
        (
            ANOTHER | {"employment": "lead_mentor_for_accredited_itt_provider", "itt": "A & B"},
            "itt-provider",
            {"itt_provider": "A & B"},
        ),
        (
            ANOTHER | {"employment": "lead_mentor_for_accredited_itt_provider", "itt": "none"},
            "itt-provider",
            {"itt_provider": "not-listed"},
        ),
        (TERM | {"setting": "other", "adviser": "yes"}, "adviser", {"adviser": "yes"}),
        (TERM | {"setting": "other", "had": "npq-senco"}, "had", {"had": ["npq-senco"]}),
    ],
)
def test_what_was_said_is_an_answer(query, slug, answer):
    assert carried(query)[slug] == answer
    assert carried(query)["england"] == {"england": "yes"}


def test_the_coaching_offers_own_questions():
    query = TERM | {"setting": "other", "adviser": "no", "npq": "npq-early-headship-coaching-offer"}
    said = carried(query | {"head": "yes", "npqh": "studying"})
    assert (said["npqh"], said["new-head"]) == ({"npqh": "studying"}, {"new_head": "yes"})
    # "No" leaves open whether the person is no headteacher, or one for longer.
    assert "new-head" not in carried(query | {"head": "no", "npqh": "studying"})


def test_what_only_some_npqs_ask_waits_until_the_npq_is_chosen():
    query = TERM | {"setting": "other", "adviser": "no", "head": "yes", "npqh": "studying", "mastery": "yes"}
    situation = Situation.read(QueryDict(urlencode(query)))
    waiting = walk(carried_answers(situation, CHOICES), CHOICES)
    assert set(waiting.parked) == {"npqh", "new-head", "mastery"}
    assert walk(waiting.kept, CHOICES).dropped == ()
    chosen = {**waiting.answers, **waiting.parked, "npq": {"npq": "npq-early-headship-coaching-offer"}}
    then = walk(chosen, CHOICES)
    assert {"npqh", "new-head"} <= set(then.answers)
    assert then.dropped == ("mastery",)


@pytest.mark.parametrize(
    ("mastery", "answers"),
    [
        ("yes", {"mastery": {"mastery": "yes"}}),
        (
            "similar_course",
            {"mastery": {"mastery": "no"}, "mastery-shown": {"mastery_shown": "similar_course"}},
        ),
    ],
)
def test_leading_primary_mathematics_own_question(mastery, answers):
    query = TERM | {"setting": "other", "adviser": "no", "npq": "npq-leading-primary-mathematics"}
    assert answers.items() <= carried(query | {"mastery": mastery}).items()


@pytest.mark.parametrize(
    ("query", "slug"),
    [
        (EARLY | {"kind": "frog"}, "childcare-kind"),
        (EARLY | {"kind": "childminder", "ofsted": "118032; DROP"}, "ofsted"),
        (EARLY | {"kind": "childminder", "ofsted": "1" * 500}, "ofsted"),
        (ANOTHER | {"employment": "king"}, "employment"),
        (TERM | {"setting": "other", "adviser": "perhaps"}, "adviser"),
        (TERM | {"setting": "school", "employment": "hospital_school"}, "employment"),
    ],
)
def test_what_cannot_be_an_answer_is_asked(query, slug):
    assert slug not in carried(query)


def test_control_characters_are_left_out():
    query = ANOTHER | {"employment": "lead_mentor_for_accredited_itt_provider", "itt": "A\x00B"}
    assert carried(query)["itt-provider"] == {"itt_provider": "A B"}


def test_an_ofsted_number_is_written_as_ofsted_does():
    assert carried(EARLY | {"kind": "childminder", "ofsted": "ey 118 032"})["ofsted"]["ofsted"] == "EY118032"


def test_a_school_that_was_not_named_is_asked_for():
    query = EARLY | {"kind": "preschool_class_as_part_of_school", "workplace": "none"}
    assert "workplace" not in carried(query)


def test_whoever_works_outside_england_is_not_taken_to_work_in_it():
    assert carried(TERM | {"england": "no", "setting": "school"})["england"] == {"england": "no"}
    assert carried(TERM | {"england": "no"})["england"] == {"england": "no"}
    assert "england" not in carried(TERM)


@pytest.mark.parametrize(
    "query",
    [
        EARLY | {"kind": "childminder", "ofsted": "118032"},
        TERM | {"setting": "school", "workplace": "100000"},
        ANOTHER | {"employment": "lead_mentor_for_accredited_itt_provider", "itt": "none"},
        TERM | {"setting": "other", "adviser": "yes"},
    ],
)
def test_what_was_carried_is_the_same_situation_again(query):
    """But that a question which nobody in the setting is asked counts as answered no."""
    said = replace(Situation.read(QueryDict(urlencode(query | {"england": "yes"}))), term=None)
    again = situation_of(carried(query))
    assert again == replace(said, adviser=bool(said.adviser), head=False)
