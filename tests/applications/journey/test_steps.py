"""The questions as data: what every one of them must have."""

import pytest

from applications.journey.shape import Ask, Kind
from applications.journey.steps import BY_SLUG, STEPS
from applications.urls import urlpatterns


def test_slugs_are_unique_and_never_another_pages_address():
    assert len(BY_SLUG) == len(STEPS)
    taken = {str(each.pattern).split("/")[-2] for each in urlpatterns if str(each.pattern).count("/") > 2}
    assert not taken & set(BY_SLUG)


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.slug)
def test_each_says_what_to_do_when_it_is_left_empty(step):
    for ask in step.asks:
        assert ask.missing
        assert "invalid" not in ask.missing.lower()
        assert not ask.pattern or ask.mismatch


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.slug)
def test_a_field_shown_under_another_comes_after_it(step):
    names = [ask.name for ask in step.asks]
    for ask in step.asks:
        if ask.shown_under:
            assert names.index(ask.shown_under[0]) < names.index(ask.name)


def test_one_field_bears_the_steps_name():
    for step in STEPS:
        assert step.slug.replace("-", "_") in [ask.name for ask in step.asks] or step.slug in (
            "employer",
            "birth",
        )


def test_a_question_with_choices_has_some_words_or_rows_to_choose_from():
    choosing: list[Ask] = [
        ask for step in STEPS for ask in step.asks if ask.kind in (Kind.RADIOS, Kind.SELECT)
    ]
    assert all(ask.options for ask in choosing)
