"""The walker alone, no database: it always leads forward, and an edit drops only what it takes away."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from applications.journey.choices import Choices
from applications.journey.funding_step import FUNDING, seen
from applications.journey.shape import Kind, Option
from applications.journey.steps import BY_SLUG, STEPS
from applications.journey.walker import walk
from funding.rules.vocabulary import Outcome

NPQS = {
    "npq-headship": "Headship",
    "npq-leading-literacy": "Leading literacy",
    "npq-early-headship-coaching-offer": "Coaching",
    "npq-leading-primary-mathematics": "Maths",
    "npq-senco": "SENCO",
}
CHOICES = Choices(
    terms={"autumn-2026": "Autumn 2026", "spring-2027": "Spring 2027"},
    npqs={"autumn-2026": NPQS, "spring-2027": {"npq-headship": "Headship"}},
    providers={
        **{("autumn-2026", npq): {"ambition": "Ambition", "teach-first": "Teach First"} for npq in NPQS},
        ("autumn-2026", "npq-leading-literacy"): {"ambition": "Ambition"},
        ("spring-2027", "npq-headship"): {"ambition": "Ambition"},
    },
    courses={("autumn-2026", "npq-headship", "ambition"): ("12", "345")},
    day=date(2026, 11, 22),
)
# What is typed where not any text will do.
TYPED = {"ofsted": "EY101465", "trn": "1234567", "since": "9/2024", "day": "29", "month": "2", "year": "1988"}
NO_TERM = Choices(terms={}, day=date(2026, 11, 22))


def options_of(ask, answers):
    given = CHOICES.options(ask, answers)
    return given if given is not None else (Option("anything", "Anything"),)


def values_of(ask, answers):
    if ask.kind is Kind.CHECKBOX:
        return [True]
    if ask.kind is Kind.CHECKBOXES:
        return [[option.value] for option in ask.options]
    if ask.kind in (Kind.RADIOS, Kind.SELECT):
        return [option.value for option in options_of(ask, answers)]
    return [TYPED.get(ask.name, "something")]


def answer_for(step, answers, choose):
    if step is FUNDING:
        outcome = choose([Outcome.FUNDED, Outcome.NOT_FUNDED, Outcome.REVIEW])
        return seen(outcome, walk(answers, CHOICES).known_at(FUNDING))
    value = {}
    for ask in step.asks:
        if ask.shown_under and value.get(ask.shown_under[0]) != ask.shown_under[1]:
            continue
        value[ask.name] = choose(values_of(ask, answers))
    return value


def walked_through(choose):
    """Answer whatever is asked until nothing is left, or an answer ends it."""
    answers = {}
    while (here := walk(answers, CHOICES)).unanswered is not None and here.stop is None:
        answers = {**here.answers, here.unanswered.slug: answer_for(here.unanswered, here.answers, choose)}
    return walk(answers, CHOICES)


chosen = st.data()


def chooser(data):
    return lambda options: data.draw(st.sampled_from(options))


@given(chosen)
@settings(deadline=None, max_examples=150)
def test_answering_what_is_asked_always_ends(data):
    here = walked_through(chooser(data))
    assert here.is_complete or here.stop is not None
    assert [step.slug for step in here.path if step.slug in here.answers] == list(here.answers)


@given(chosen)
@settings(deadline=None, max_examples=100)
def test_the_way_back_visits_every_step_in_turn(data):
    here = walked_through(chooser(data))
    step, visited = here.path[-1], []
    while step is not None:
        visited.append(step)
        step = here.before(step)
    assert visited == list(reversed(here.path))


@given(chosen)
@settings(deadline=None, max_examples=150)
def test_an_edit_drops_nothing_before_it_and_keeps_the_rest_valid(data):
    choose = chooser(data)
    here = walked_through(choose)
    edited = choose([step for step in here.path if step.slug in here.answers])
    before = {}
    for step in here.path[: here.path.index(edited)]:
        before[step.slug] = here.answers[step.slug]
    given_again = {**here.answers, edited.slug: answer_for(edited, before, choose)}
    after = walk(given_again, CHOICES)
    assert before.items() <= after.answers.items()
    assert after.answers.items() <= given_again.items()
    assert walk(after.answers, CHOICES) == after


@given(chosen)
@settings(deadline=None, max_examples=100)
def test_an_edit_that_changes_nothing_drops_nothing(data):
    here = walked_through(chooser(data))
    assert walk(dict(here.answers), CHOICES).answers == here.answers


NONSENSE = st.dictionaries(st.text(max_size=8), st.integers() | st.text())


@given(st.dictionaries(st.sampled_from(sorted(BY_SLUG)), NONSENSE))
@settings(deadline=None, max_examples=150)
def test_nonsense_never_fails_and_never_completes(answers):
    here = walk(answers, CHOICES)
    assert here.unanswered is not None
    assert set(here.answers) <= set(answers)


def test_a_step_reads_only_earlier_answers():
    """Each step applies or not by what came before it: nothing answered later changes that."""
    for position, step in enumerate(STEPS):
        later = {each.slug: {"anything": "x"} for each in STEPS[position:]}
        assert step.applies({}) == step.applies(later)


def test_a_later_step_is_not_reached_early():
    here = walk({"term": {"term": "autumn-2026"}}, CHOICES)
    assert here.unanswered.slug == "england"
    assert here.reaches(BY_SLUG["term"])
    assert here.reaches(BY_SLUG["england"])
    assert not here.reaches(BY_SLUG["npq"])
    assert not here.reaches(BY_SLUG["mastery"])


def test_the_funding_answer_falls_with_any_fact():
    answers = {"term": {"term": "autumn-2026"}, "england": {"england": "no"}, "npq": {"npq": "npq-headship"}}
    answers["funding"] = seen(Outcome.NOT_FUNDED, answers)
    assert "funding" in walk(answers, CHOICES).answers
    answers["npq"] = {"npq": "npq-senco"}
    assert walk(answers, CHOICES).dropped == ("funding",)


@pytest.mark.parametrize("number", ["12", "123456789", "118032\n", "118032; DROP"])
def test_an_answer_that_does_not_look_like_one_is_asked_again(number):
    setting = {"setting": "early_years"}
    answers = {
        "term": {"term": "autumn-2026"},
        "england": {"england": "yes"},
        "setting": setting,
        "childcare-kind": {"childcare_kind": "childminder"},
    }
    asked = {"ofsted": {"has_number": "yes", "ofsted": "118032"}}
    assert "ofsted" in walk(answers | asked, CHOICES).answers
    asked["ofsted"]["ofsted"] = number
    assert "ofsted" not in walk(answers | asked, CHOICES).answers


def test_a_question_of_which_a_part_is_known_is_asked_with_that_part():
    answers = {
        "term": {"term": "autumn-2026"},
        "england": {"england": "yes"},
        "setting": {"setting": "another_setting"},
        "employment": {"employment": "hospital_school"},
        "employer": {"employer": "The Trust"},
    }
    here = walk(answers, CHOICES)
    assert here.unanswered.slug == "employer"
    assert here.kept["employer"] == {"employer": "The Trust"}
    assert here.dropped == ()
    moved = walk(
        {**answers, "employment": {"employment": "lead_mentor_for_accredited_itt_provider"}}, CHOICES
    )
    assert moved.dropped == ("employer",)


def test_no_open_term_asks_for_the_term():
    assert walk({"term": {"term": "autumn-2026"}}, NO_TERM).unanswered.slug == "term"


def test_the_dead_ends_say_what_to_do_instead():
    start = {"term": {"term": "autumn-2026"}, "england": {"england": "no"}}
    for npq, further in (
        ("npq-early-headship-coaching-offer", {"npqh": {"npqh": "none"}}),
        (
            "npq-leading-primary-mathematics",
            {"mastery": {"mastery": "no"}, "mastery-shown": {"mastery_shown": "cannot_show"}},
        ),
    ):
        here = walk({**start, "npq": {"npq": npq}, **further}, CHOICES)
        assert here.unanswered.slug in further
        assert here.stop.instead
