"""What a form may ask: all that could not be asked is refused, with the question named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from applications.form_definition import Kind, UnusableForm, parse
from applications.provider_forms.default import SHIPPED

WHY = {"key": "why", "kind": "long_text", "label": "Why?"}
PICK = {"key": "pick", "kind": "one_choice", "label": "Pick", "options": ["A", "B"]}
HEADING = {"kind": "section", "label": "About you"}


def question(**parts):
    return {"key": "asked", "kind": "short_text", "label": "Asked?", **parts}


def test_sections_hold_the_questions_that_follow_them():
    asked = parse([WHY, {**HEADING, "hint": "Be brief."}, PICK, question()])
    assert [(each.title, each.text, len(each.questions)) for each in asked.sections] == [
        ("", "", 1),
        ("About you", "Be brief.", 2),
    ]
    assert [each.key for each in asked.questions] == ["why", "pick", "asked"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({}, "A form is a list"),
        ([], "Add at least one question."),
        ([HEADING], "The section “About you” has no questions."),
        ([HEADING, {**HEADING, "label": "Next"}, WHY], "The section “About you” has no questions."),
        (
            [question(key=f"k{number}") for number in range(201)],
            "Use 60 questions and headings or fewer. You have 201",
        ),
        ([WHY, WHY], "Question 2 (“Why?”): another question has the key 'why'."),
        (
            [question(key="a", kind="yes_no", follow_up="Who?"), question(key="a-more")],
            "Question 2 (“Asked?”): the key has up to 32 characters and does not end in '-more'.",
        ),
        (["why"], "Question 1 is not an object"),
        ([question(colour="red")], "Question 1 (“Asked?”) has parts nobody knows: colour."),
        ([question(kind="colour")], "Question 1 (“Asked?”) needs a key, a label and a kind"),
        ([question(kind=["date"])], "Question 1 (“Asked?”) needs a key, a label and a kind"),
        ([{"key": "a", "kind": "date"}], "Question 1 needs a key, a label and a kind"),
        ([question(key="")], "needs a key of letters, digits and hyphens"),
        ([question(key="two words")], "needs a key of letters, digits and hyphens"),
        ([question(key="k" * 33)], "the key has up to 32 characters"),
        ([question(label="  ")], "Question 1: write the question"),
        ([question(label="x" * 301)], "write the question, in 300 characters or fewer"),
        ([question(hint=5)], "help text has 2,000 characters or fewer"),
        ([question(required="no")], "are true or false"),
        ([question(scored=True, hidden_from_scorers=True)], "is scored and hidden"),
        ([{**PICK, "scored": True, "reporting_only": True}], "is scored and hidden"),
        ([{**PICK, "hidden_from_scorers": True, "reporting_only": True}], "and counted alone"),
        ([{**PICK, "alone": "A"}], "what goes with no other"),
        ([{**PICK, "kind": "several_choices", "alone": "D"}], "what goes with no other"),
        ([question(reporting_only=True)], "only a choice can be counted"),
        ([question(key="csrfmiddlewaretoken")], "the page itself uses the name 'csrfmiddlewaretoken'"),
        ([question(kind="statement", required=False)], "never optional"),
        ([{**WHY, "max_words": 0}], "Question 1 (“Why?”): a word limit is a whole number from 1 to 2,000"),
        ([{**WHY, "max_words": True}], "a word limit is a whole number"),
        ([question(max_words=5)], "only long text has one"),
        ([{**PICK, "options": []}], "Question 1 (“Pick”): a choice needs options"),
        ([{**PICK, "options": "AB"}], "options are a list"),
        ([{**PICK, "options": ["A"]}], "give 2 to 30 options"),
        ([{**PICK, "options": ["A", "A"]}], "has the same option twice"),
        ([{**PICK, "options": ["A", " "]}], "an option has 1 to 200 characters"),
        ([{**PICK, "options": ["A", 2]}], "an option has 1 to 200 characters"),
        ([question(options=["A", "B"])], "nothing else has them"),
        ([question(kind="number", least=5, most=4)], "the smallest number allowed is larger"),
        ([question(kind="number", least=1.5)], "bounds are whole numbers"),
        ([question(least=1)], "only a number has them"),
        ([question(follow_up="Who?")], "only yes or no has a follow-up"),
        ([question(prefill="salary")], "only short text is filled in"),
        ([{**WHY, "prefill": "name"}], "only short text is filled in"),
        ([{"kind": "section", "label": "A", "key": "a"}, WHY], "a heading has no key"),
        ([{"kind": "section", "label": ""}, WHY], "Question 1: write the heading"),
    ],
)
def test_what_could_not_be_asked_is_refused(data, words):
    with pytest.raises(UnusableForm) as refusal:
        parse(data)
    assert words in str(refusal.value)


@pytest.mark.parametrize("purpose", SHIPPED)
def test_the_forms_that_ship_can_be_asked(purpose):
    _, questions = SHIPPED[purpose]
    asked = parse(questions).questions
    assert {each.scored for each in asked} == {True, False}
    assert [each.key for each in asked if each.hidden_from_scorers] == ["access-needs"]
    assert [each.key for each in asked if each.reporting_only] == ["disability", "ethnic-group"]


def test_between_them_they_ask_in_every_way():
    asked = [each.kind for _, questions in SHIPPED.values() for each in parse(questions).questions]
    assert set(asked) == set(Kind)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)
PARTS = st.sampled_from(
    ["key", "label", "hint", "required", "scored", "max_words", "options", "least", "follow_up", "prefill"]
)
ENTRIES = st.builds(
    lambda kind, parts: {**question(kind=kind), **parts},
    st.sampled_from([*Kind, "section"]) | JSON,
    st.dictionaries(PARTS, JSON, max_size=4),
)


@given(JSON | st.lists(ENTRIES, max_size=3))
def test_whatever_is_stored_is_read_or_refused(data):
    try:
        asked = parse(data).questions
    except UnusableForm:
        return
    assert asked
