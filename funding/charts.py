"""The geometry of charts that are drawn on the server as SVG; templates/funding/standing_chart.html draws it.

Across, everything is a percentage of the width, so that the chart fills any screen and its text keeps its
size; down, it is in pixels. Pure: numbers in, numbers out, as text that a template cannot reformat.
"""

from collections.abc import Sequence
from dataclasses import dataclass

TOP, AXIS = 58, 230
GAP = 0.35  # on each side of a bar, in per cent of the width
GRID_STEPS = (1, 2, 5)
MOST_GRID_LINES = 4


@dataclass(frozen=True)
class Band:
    """One bar, and the same as a row of a table. `here` marks the one to look at, `holds_line` the one in
    which the line is drawn. `lower` and `upper` are percentages; a band holds its lower end, and the last its
    upper too.
    """

    lower: int
    upper: int
    count: int
    here: bool
    holds_line: bool
    x: str
    width: str
    y: str
    height: str


@dataclass(frozen=True)
class Mark:
    """A vertical line with a word on top. `anchor` keeps the word inside the chart."""

    x: str
    anchor: str


@dataclass(frozen=True)
class GridLine:
    y: str
    count: int


@dataclass(frozen=True)
class Histogram:
    bands: tuple[Band, ...]
    grid: tuple[GridLine, ...]
    here: Mark
    line: Mark


def histogram(counts: Sequence[int], *, here: float, line: float) -> Histogram:
    """Bars for `counts`, in bands of equal width from 0 to 1, marked at two shares between 0 and 1.

    Raises ValueError for no bands, or a share outside.
    """
    if not counts or not (0 <= here <= 1 and 0 <= line <= 1):
        raise ValueError("A histogram needs bands, and marks between 0 and 1.")
    steps = _grid(max(counts))
    top = max(*counts, *steps, 1)
    return Histogram(
        bands=tuple(_bands(counts, top, _band_of(here, len(counts)), _band_of(line, len(counts)))),
        grid=tuple(GridLine(_number(_y(count, top)), count) for count in steps),
        here=_mark(here),
        line=_mark(line),
    )


def _bands(counts: Sequence[int], top: int, here: int, line: int) -> list[Band]:
    width = 100 / len(counts)
    return [
        Band(
            lower=round(number * width),
            upper=round((number + 1) * width),
            count=count,
            here=number == here,
            holds_line=number == line,
            x=_percent(number * width + GAP),
            width=_percent(width - 2 * GAP),
            y=_number(_y(count, top)),
            height=_number(AXIS - _y(count, top)),
        )
        for number, count in enumerate(counts)
    ]


def _band_of(share: float, bands: int) -> int:
    return min(int(share * bands), bands - 1)


def _grid(most: int) -> list[int]:
    """Round numbers from the first step to the last that is needed: at most four."""
    size = 1
    while True:
        for step in (size * each for each in GRID_STEPS):
            if most <= step * MOST_GRID_LINES:
                return list(range(step, most + 1, step))
        size *= 10


def _y(count: int, top: int) -> float:
    """A band that holds anyone is seen: at least one pixel."""
    height = (AXIS - TOP) * count / top
    return AXIS - (max(height, 1) if count else 0)


def _mark(share: float) -> Mark:
    anchor = "start" if share < 0.3 else "end" if share > 0.7 else "middle"
    return Mark(_percent(share * 100), anchor)


def _percent(value: float) -> str:
    return f"{value:.2f}%"


def _number(value: float) -> str:
    return f"{value:.1f}"
