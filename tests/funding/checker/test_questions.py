"""Who is asked what, and when enough was said."""

import pytest
from django.http import QueryDict

from funding.checker.questions import QUESTIONS, asked, unanswered
from funding.checker.situation import NONE_GIVEN, Situation
from funding.rules.vocabulary import EarlyYearsKind, Employment, Setting

NURSERY = "setting=early_years&kind=private_nursery"
PRESCHOOL = "setting=early_years&kind=preschool_class_as_part_of_school"
MENTOR = "setting=another_setting&employment=lead_mentor_for_accredited_itt_provider"


def read(query: str) -> Situation:
    return Situation.read(QueryDict(query)).tidy()


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", "What kind of setting do you work in?"),
        ("setting=school", "Where do you work?"),
        ("setting=academy_trust", "Where do you work?"),
        ("setting=16_to_19", "Where do you work?"),
        ("setting=early_years", "What kind of early years setting is it?"),
        (NURSERY, "Which setting do you work in?"),
        ("setting=early_years&kind=childminder", "What is your Ofsted number?"),
        (PRESCHOOL, "Which school is it?"),
        ("setting=another_setting", "How are you employed?"),
        (MENTOR, "Which training provider are you a lead mentor for?"),
        ("setting=other", "Did a Return to Teaching adviser refer you?"),
    ],
)
def test_the_next_question(query, words):
    assert unanswered(read(query)).words == words


@pytest.mark.parametrize(
    "query",
    [
        "england=no",
        "setting=school&workplace=100000",
        "setting=school&authority=830",
        f"{NURSERY}&ofsted=EY101465",
        f"{NURSERY}&ofsted=none",
        f"{PRESCHOOL}&workplace=none",
        "setting=another_setting&employment=hospital_school",
        f"{MENTOR}&itt=none",
        "setting=other&adviser=no",
    ],
)
def test_enough_was_said(query):
    assert unanswered(read(query)) is None


def test_the_questions_come_in_the_order_in_which_they_hang_together():
    assert [question.param for question in asked(read(f"{MENTOR}&itt=none"))] == [
        "setting",
        "employment",
        "itt",
    ]


def test_every_setting_and_kind_leads_to_answers():
    """Answering each question with each of its options, or by going on without, ends."""
    open_ones = [Situation()]
    for _ in QUESTIONS:
        then = []
        for situation in open_ones:
            question = unanswered(situation)
            if question is None:
                continue
            values = [option.value for option in question.options] or [
                NONE_GIVEN if question.without else "100000"
            ]
            then += [situation.answering(question.param, value) for value in values]
        open_ones = then
    assert not open_ones


def test_every_choice_is_offered():
    offered = {option.value for question in QUESTIONS for option in question.options}
    assert offered >= {*Setting, *EarlyYearsKind, *Employment}


def test_an_answer_is_told_in_words():
    situation = read(f"{NURSERY}&ofsted=none")
    told = [question.told(situation) for question in asked(situation)]
    assert told == ["Early years or childcare", "A private or voluntary nursery", "Not given"]
    assert asked(read("setting=other&adviser=no"))[1].told(read("setting=other&adviser=no")) == "No"
