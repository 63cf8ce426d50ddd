"""What the funding check knows is not asked again, whatever the setting; what cannot be an answer is asked."""

import pytest

from applications.journey.carrying import carried_answers
from applications.journey.choices import Choices
from applications.journey.walker import walk

CHOICES = Choices(
    terms={"autumn-2026": "Autumn 2026"},
    npqs={
        "autumn-2026": {
            "npq-early-headship-coaching-offer": "Coaching",
            "npq-leading-primary-mathematics": "Maths",
        }
    },
)
TERM = {"term": "autumn-2026"}
EARLY = TERM | {"setting": "early_years"}
ANOTHER = TERM | {"setting": "another_setting"}


def carried(query):
    return walk(carried_answers(query, CHOICES), CHOICES).answers


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
