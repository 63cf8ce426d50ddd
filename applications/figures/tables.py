"""Figures as tables: what a page shows, what its charts are drawn of, and what a file holds are the same rows."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from applications.figures.count import Counted
from applications.figures.steps import Rung, Step, Tally, rounded, rungs
from applications.models.application import OUTCOME_CHOICES
from catalogue.models import LeadProvider, Qualification, Term

NOT_CHOSEN, NOT_DECIDED = "Not chosen yet", "No decision yet"
DIMENSIONS = {"qualification": "NPQ", "provider": "lead provider", "term": "term", "outcome": "funding"}
HEADINGS = {
    "qualification": "NPQ",
    "provider": "Lead provider",
    "term": "Start term",
    "outcome": "Scholarship funding",
}
FURTHER = ("went on", "still under way", "ended here")


@dataclass(frozen=True, slots=True)
class Row:
    label: str
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """`rows` add up to `total`, where there is one. `first` says what the labels are."""

    key: str
    title: str
    first: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    total: Row | None = None

    def lines(self, *, to_pass_on: bool) -> Iterator[list[str]]:
        """For a file: `to_pass_on` rounds each number by itself, totals too."""
        yield [self.first, *(column.capitalize() for column in self.columns)]
        for row in (*self.rows, *([self.total] if self.total else [])):
            numbers = (rounded(number) if to_pass_on else number for number in row.numbers)
            yield [row.label, *map(str, numbers)]


@dataclass(frozen=True, slots=True)
class Told:
    """All of a page."""

    steps: tuple[Step, ...]
    rungs: list[Rung]
    tables: dict[str, Table]
    went_elsewhere: int


def told(found: Counted, *, with_drafts: bool, mondays: Sequence[date]) -> Told:
    """Two queries at most for each of the names of NPQs, providers and terms."""
    steps = tuple(step for step in Step if with_drafts or step is not Step.STARTED)
    ladder = rungs(found.total, steps)
    tables = [_of_steps(ladder), *_of_dimensions(found, steps), _of_weeks(found, steps, mondays)]
    return Told(steps, ladder, {table.key: table for table in tables}, found.went_elsewhere)


def _of_steps(ladder: Iterable[Rung]) -> Table:
    rows = (Row(each.step.label, (each.reached, each.went_on, each.under_way, each.ended)) for each in ladder)
    return Table("steps", "From step to step", "Step", ("applications", *FURTHER), tuple(rows))


def _of_dimensions(found: Counted, steps: tuple[Step, ...]) -> Iterator[Table]:
    for name, told_as in DIMENSIONS.items():
        tallies = found.by(name)
        rows = tuple(
            Row(label, _numbers(tallies[key], steps))
            for key, label in _names(name, tallies)
            if key in tallies
        )
        total = Row("Total", _numbers(found.total, steps))
        columns = tuple(step.value for step in steps)
        yield Table(name, f"By {told_as}", HEADINGS[name], columns, rows, total)


def _names(name: str, tallies: Mapping[Any, Tally]) -> list[tuple[Any, str]]:
    """Key -> what it is called, in the order in which it is told; what is not there yet comes last."""
    if name == "outcome":
        return [*OUTCOME_CHOICES, ("", NOT_DECIDED)]
    model: Any = {"qualification": Qualification, "provider": LeadProvider, "term": Term}[name]
    return [*((row.pk, str(row)) for row in model.objects.filter(pk__in=tallies)), (None, NOT_CHOSEN)]


def _of_weeks(found: Counted, steps: tuple[Step, ...], mondays: Sequence[date]) -> Table:
    labels = ["Before", *(f"{monday:%-d %B %Y}" for monday in mondays)]
    by_week = zip(*(found.weeks[step] for step in steps), strict=True)
    rows = tuple(Row(label, numbers) for label, numbers in zip(labels, by_week, strict=True))
    columns = tuple(step.value for step in steps)
    total = Row("Total", tuple(sum(found.weeks[step]) for step in steps))
    return Table("week", "By week", "Week from", columns, rows, total)


def _numbers(tally: Tally, steps: tuple[Step, ...]) -> tuple[int, ...]:
    return tuple(tally.reached(step) for step in steps)
