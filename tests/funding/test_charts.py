"""The histogram's geometry."""

import pytest

from funding.charts import AXIS, TOP, histogram


def test_bands_share_the_width_in_order():
    bands = histogram([1] * 20, here=0, line=0.5).bands
    assert [(band.lower, band.upper) for band in bands][:2] == [(0, 5), (5, 10)]
    assert bands[-1].upper == 100
    assert [float(band.x.rstrip("%")) for band in bands] == sorted(
        float(band.x.rstrip("%")) for band in bands
    )


@pytest.mark.parametrize(("share", "band"), [(0, 0), (0.0499, 0), (0.05, 1), (0.999, 19), (1, 19)])
def test_a_share_marks_its_band(share, band):
    drawn = histogram([1] * 20, here=share, line=0.5)
    assert [each.here for each in drawn.bands].index(True) == band
    assert sum(each.here for each in drawn.bands) == 1


def test_the_line_is_in_its_band():
    drawn = histogram([1] * 20, here=0, line=0.201)
    assert [each.holds_line for each in drawn.bands].index(True) == 4
    assert drawn.line.x == "20.10%"


def test_the_largest_band_reaches_the_top_and_nobody_is_invisible():
    low, high, empty = histogram([1, 10_000, 0], here=0, line=0).bands
    assert (high.y, high.height) == (f"{TOP:.1f}", f"{AXIS - TOP:.1f}")
    assert low.height == "1.0"
    assert empty.height == "0.0"


@pytest.mark.parametrize(
    ("most", "lines"),
    [(3115, [1000, 2000, 3000]), (40, [10, 20, 30, 40]), (7, [2, 4, 6]), (1, [1]), (0, [])],
)
def test_the_grid_is_round_numbers_four_at_most(most, lines):
    assert [line.count for line in histogram([most], here=0, line=0).grid] == lines


@pytest.mark.parametrize(("share", "anchor"), [(0, "start"), (0.5, "middle"), (1, "end")])
def test_words_stay_inside(share, anchor):
    drawn = histogram([1] * 20, here=share, line=share)
    assert drawn.here.anchor == drawn.line.anchor == anchor


@pytest.mark.parametrize(("counts", "here"), [([], 0.5), ([1], 1.01), ([1], -0.1)])
def test_what_cannot_be_drawn(counts, here):
    with pytest.raises(ValueError, match="needs bands"):
        histogram(counts, here=here, line=0.5)
