"""The geometry of the figures' charts; templates/admin/applications/figures draws them as SVG. Pure.

Across, everything is a percentage of the width, so that a chart fills any screen and its words keep their size; down,
it is in pixels. Numbers go out as text that a template cannot reformat.
"""

from collections.abc import Sequence
from dataclasses import dataclass

# Of a row of bars: where its words stand, where its bars begin, and how far the next row is.
WORDS, BARS, ROW = 16, 24, 58
# Bars leave room for their number, which stands beside them.
LONGEST, BESIDE = 80, 40
# Where words below the bars stand, and what a row grows by for them.
BELOW, LINE = 64, 22
# Each step's bar lies within the one before it: shorter where fewer came so far, and thinner, so that no colour alone
# tells them apart.
THICKNESS = {1: (22,), 2: (22, 12), 3: (22, 14, 6), 4: (22, 16, 10, 4)}
PANEL, PANEL_TOP, PANEL_GAP = 74, 26, 34
GAP = 0.5  # on each side of a column, in per cent of the width


@dataclass(frozen=True, slots=True)
class Bar:
    kind: str
    y: str
    width: str
    height: str


@dataclass(frozen=True, slots=True)
class BarRow:
    label: str
    number: int
    y: str
    beside: str
    below: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Bars:
    height: int
    rows: tuple[BarRow, ...]


def bars(
    rows: Sequence[tuple[str, Sequence[int]]], kinds: Sequence[str], *, words_below: bool = False
) -> Bars:
    """A row of bars, one within the other, for each label and its numbers, which stand for `kinds` in their order."""
    step = ROW + (LINE if words_below else 0)
    most = max((max(numbers) for _, numbers in rows), default=0)
    return Bars(
        height=len(rows) * step,
        rows=tuple(
            BarRow(
                label,
                numbers[0],
                f"{WORDS + at * step}",
                f"{BESIDE + at * step}",
                f"{BELOW + at * step}",
                tuple(_bars(numbers, kinds, most, at * step)),
            )
            for at, (label, numbers) in enumerate(rows)
        ),
    )


def _bars(numbers: Sequence[int], kinds: Sequence[str], most: int, top: int) -> list[Bar]:
    thickest, *_ = heights = THICKNESS[len(numbers)]
    return [
        Bar(
            kind,
            f"{top + BARS + (thickest - height) / 2:.0f}",
            _percent(LONGEST * number / most),
            str(height),
        )
        for number, kind, height in zip(numbers, kinds, heights, strict=True)
        if number
    ]


@dataclass(frozen=True, slots=True)
class Column:
    x: str
    width: str
    y: str
    height: str


@dataclass(frozen=True, slots=True)
class Panel:
    """Columns for one step. `newest` is the last one's number, `most` the highest's."""

    kind: str
    title: str
    total: int
    words_y: str
    axis_y: str
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Panels:
    """All on one scale, up to `most`."""

    height: int
    most: int
    panels: tuple[Panel, ...]


def panels(series: Sequence[tuple[str, str, Sequence[int]]]) -> Panels:
    """A panel of columns for each (kind, title, numbers), one below the other."""
    most = max((max(numbers, default=0) for _, _, numbers in series), default=0)
    step = PANEL_TOP + PANEL + PANEL_GAP
    drawn = []
    for at, (kind, title, numbers) in enumerate(series):
        axis = at * step + PANEL_TOP + PANEL
        drawn.append(
            Panel(kind, title, sum(numbers), f"{at * step + WORDS}", str(axis), _columns(numbers, most, axis))
        )
    return Panels(len(series) * step, most, tuple(drawn))


def _columns(numbers: Sequence[int], most: int, axis: int) -> tuple[Column, ...]:
    width = 100 / max(len(numbers), 1)
    drawn = []
    for at, number in enumerate(numbers):
        # A week with anyone in it is seen.
        height = max(PANEL * number / most, 2) if number else 0
        if number:
            drawn.append(
                Column(
                    _percent(at * width + GAP),
                    _percent(width - 2 * GAP),
                    f"{axis - height:.1f}",
                    f"{height:.1f}",
                )
            )
    return tuple(drawn)


def _percent(value: float) -> str:
    return f"{value:.2f}%"
