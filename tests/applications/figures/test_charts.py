"""The geometry of the charts: lengths in proportion, nothing outside the drawing."""

from itertools import pairwise

import pytest

from applications.figures.charts import LONGEST, PANEL, bars, panels
from applications.figures.steps import rounded


def test_bars_are_as_long_as_their_numbers_and_each_lies_within_the_one_before():
    drawn = bars([("A", (200, 100, 50)), ("B", (40, 0, 0))], ["x", "y", "z"])
    assert [bar.width for bar in drawn.rows[0].bars] == [
        f"{LONGEST * share:.2f}%" for share in (1, 0.5, 0.25)
    ]
    heights = [(float(bar.y), float(bar.height)) for bar in drawn.rows[0].bars]
    for (outer, height), (inner, lower) in pairwise(heights):
        assert outer < inner
        assert inner + lower < outer + height
    assert [bar.kind for bar in drawn.rows[1].bars] == ["x"]
    assert all(float(bar.y) + float(bar.height) < drawn.height for row in drawn.rows for bar in row.bars)


def test_columns_stand_on_their_axis_on_one_scale():
    drawn = panels([("x", "X", [0, 10, 5]), ("y", "Y", [1, 0, 0])])
    first, second = drawn.panels
    assert [float(column.height) for column in first.columns] == [PANEL, PANEL / 2]
    assert all(float(each.y) + float(each.height) == float(first.axis_y) for each in first.columns)
    assert float(second.columns[0].height) == pytest.approx(PANEL / 10)
    assert (drawn.most, first.total, second.total) == (10, 15, 1)


@pytest.mark.parametrize("draw", [lambda: bars([], ["x"]), lambda: panels([("x", "X", [0, 0])])])
def test_nothing_is_drawn_of_nothing(draw):
    drawn = draw()
    assert not any(getattr(drawn, "rows", ())) or drawn.rows == ()
    assert not any(panel.columns for panel in getattr(drawn, "panels", ()))


@pytest.mark.parametrize(("number", "told"), [(0, 0), (2, 0), (3, 5), (7, 5), (8, 10), (12_343, 12_345)])
def test_numbers_are_told_to_the_nearest_5(number, told):
    assert rounded(number) == told
