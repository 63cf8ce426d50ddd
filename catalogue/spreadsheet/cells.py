"""The cells of a row as the forms of the staff area take them, so that a file is refused for what a form is."""

from collections.abc import Mapping
from typing import Any

from catalogue.forms import CourseRunForm, SessionForm
from catalogue.models import CourseRun
from catalogue.spreadsheet.columns import CHOICES, OF_RUN, OF_SESSION
from npq_portal.cells import unguarded

YES, NO = frozenset({"yes", "y", "true", "1"}), frozenset({"no", "n", "false", "0", ""})
SWITCHES = ("online", "cancelled")


class CellsError(Exception):
    """What is wrong with the cells, a sentence for each."""

    def __init__(self, *problems: str) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


class RunRowForm(CourseRunForm):
    """What a file may change of a run."""

    class Meta:
        model = CourseRun
        fields = list(OF_RUN.values())
        error_messages = CourseRunForm.Meta.error_messages


def run_answers(row: Mapping[str, str]) -> dict[str, Any]:
    """What a form of the run would post. Raises CellsError for a choice that there is not."""
    return _answers(row, OF_RUN)


def session_answers(row: Mapping[str, str]) -> dict[str, Any]:
    return _answers(row, OF_SESSION)


def problems_of(form: RunRowForm | SessionForm, columns: Mapping[str, str]) -> list[str]:
    """The form's errors, each with the column that it is about."""
    column_of = {field: column for column, field in columns.items()}
    return [
        f"{column_of.get(field, field)}: {error}" for field, errors in form.errors.items() for error in errors
    ]


def _answers(row: Mapping[str, str], columns: Mapping[str, str]) -> dict[str, Any]:
    answers: dict[str, Any] = {}
    problems: list[str] = []
    for column, field in columns.items():
        cell = unguarded(row[column])
        try:
            answers[field] = _answer(column, field, cell)
        except CellsError as problem:
            problems += problem.problems
    if problems:
        raise CellsError(*problems)
    return answers


def _answer(column: str, field: str, cell: str) -> Any:
    said = cell.casefold()
    if field in CHOICES:
        known = {name.casefold(): value for value, label in CHOICES[field].choices for name in (value, label)}
        if said not in known and (said or field != "days"):
            labels = ", ".join(CHOICES[field].labels)
            raise CellsError(f"{column} has “{cell[:80]}”. Write one of {labels}.")
        return known.get(said, "")
    if field in SWITCHES or field == "price_plus_vat":
        if said not in YES | NO:
            raise CellsError(f"{column} has “{cell[:80]}”. Write yes or no.")
        if field in SWITCHES:
            return said in YES
        return "unknown" if not said else str(said in YES).lower()
    return cell
