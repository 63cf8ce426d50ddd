"""Figures pass on the right side of their targets; calls are timed by turns."""

import pytest

from tests.benchmarks.measuring import Figure, by_turns, percentile


@pytest.mark.parametrize(
    ("measured", "more_is_better", "passed"),
    [
        (0.9, True, False),
        (1, True, True),
        (1.1, True, True),
        (0.9, False, True),
        (1, False, True),
        (1.1, False, False),
    ],
)
def test_the_target_itself_passes(measured, more_is_better, passed):
    assert Figure("name", measured, "x", 1, more_is_better).passed is passed


def test_a_figure_for_information_neither_passes_nor_fails():
    assert Figure("name", 1, "x").passed is None


@pytest.mark.parametrize(("percent", "value"), [(0, 1), (50, 3), (95, 5), (100, 5)])
def test_percentile_is_the_nearest_rank(percent, value):
    assert percentile([5, 3, 1, 2, 4], percent) == value


def test_a_percentile_of_nothing_cannot_be_had():
    with pytest.raises(ValueError, match="nothing"):
        percentile([], 50)


def test_calls_take_turns_after_a_round_that_does_not_count():
    calls, steps = [], []
    medians = by_turns(
        [lambda: calls.append("a"), lambda: calls.append("b")], 2, lambda: steps.append(1), each=2
    )
    assert "".join(calls) == "ab" + "aabb" * 2
    assert len(steps) == 2
    assert len(medians) == 2
    assert all(each > 0 for each in medians)
