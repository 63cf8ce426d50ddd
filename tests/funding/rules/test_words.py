"""Every code has words, and the words keep to the portal's voice."""

import pytest
from django.template.loader import render_to_string
from django.utils.html import strip_tags

from funding.rules.vocabulary import Employment, ListKind, Need, Npq, Outcome, Reason, Setting, Term
from funding.rules.words import EMPLOYMENTS, LISTS, NEEDS, NPQS, OUTCOMES, REASONS, SETTINGS, TERMS, explain


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        (REASONS, Reason),
        (OUTCOMES, Outcome),
        (NEEDS, Need),
        (NPQS, Npq),
        (LISTS, ListKind),
        (SETTINGS, Setting),
        (EMPLOYMENTS, Employment),
        (TERMS, Term),
    ],
)
def test_every_code_has_words(words, codes):
    assert set(words) == set(codes)


@pytest.mark.parametrize("reason", Reason)
def test_one_sentence_in_the_portals_voice(reason):
    title, sentence = explain(reason)
    assert title
    assert not title.endswith(".")
    assert sentence.endswith(".")
    assert sentence.count(". ") == 0
    for word in ("please", "invalid", "error"):
        assert word not in f"{title} {sentence}".lower()


def test_incomplete_asks_the_question_it_needs():
    assert (
        explain("incomplete", "establishment").sentence == "Choose the school or organisation where you work."
    )


def test_early_years_staff_are_told_which_npq_may_be_theirs():
    assert "Early years leadership may be" in explain("early_years_invalid_npq").sentence


def test_a_code_nobody_gave_is_refused():
    with pytest.raises(ValueError, match="because"):
        explain("because")


def test_terms_are_called_as_people_call_them():
    assert TERMS[Term.AUTUMN_2026] == "Autumn 2026"
    assert TERMS[Term.AUTUMN_2021] == "Autumn 2021 (from 12 October 2021)"


@pytest.mark.parametrize("outcome", Outcome)
def test_the_tag_beside_its_shape_says_the_same(outcome):
    shown = render_to_string("components/outcome.html", {"outcome": outcome.value})
    assert strip_tags(shown).strip() == OUTCOMES[outcome].title
