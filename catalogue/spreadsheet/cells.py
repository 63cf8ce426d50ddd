"""The cells of a row as the forms of the staff area take them, so that a file is refused for what a form is."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any

from catalogue.models import CourseRun, Session
from catalogue.run_forms import CourseRunForm, SessionForm
from catalogue.spreadsheet.columns import CHOICES, OF_RUN, OF_SESSION
from npq_portal.cells import unguarded

YES, NO = frozenset({"yes", "y", "true", "1"}), frozenset({"no", "n", "false", "0", ""})
SWITCHES = ("online", "cancelled")
MAY_BE_EMPTY = ("mode", "days")


class RunRowForm(CourseRunForm):
    """What a file may change of a run."""

    class Meta:
        model = CourseRun
        fields = list(OF_RUN.values())
        error_messages = CourseRunForm.Meta.error_messages

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today


def problems_of_run(run: CourseRun, row: Mapping[str, str], today: date) -> list[str]:
    """Gives `run` what the cells say of it, in memory, but for what is wrong with them: a sentence for each."""
    return _fill(partial(RunRowForm, today=today), run, row, OF_RUN)


def problems_of_session(session: Session, row: Mapping[str, str]) -> list[str]:
    """As for a run."""
    return _fill(SessionForm, session, row, OF_SESSION)


def _fill(
    form_of: Callable[..., RunRowForm | SessionForm],
    thing: CourseRun | Session,
    row: Mapping[str, str],
    columns: Mapping[str, str],
) -> list[str]:
    """All that is wrong at once; a cell that no answer can be made of is told once, and not again by the form."""
    answers: dict[str, Any] = {}
    problems: dict[str, str] = {}
    for column, field in columns.items():
        cell = unguarded(row[column])
        try:
            answers[field] = _answer(column, field, cell)
        except ValueError as problem:
            problems[field] = str(problem)
    form = form_of(answers, instance=thing)
    column_of = {field: column for column, field in columns.items()}
    told = [
        f"{column_of.get(field, field)}: {error}"
        for field, errors in form.errors.items()
        for error in errors
        if field not in problems
    ]
    return [*problems.values(), *told]


def _answer(column: str, field: str, cell: str) -> Any:
    """What a form would post for the cell. Raises ValueError, in words, for a choice that there is not."""
    said = cell.casefold()
    if field in CHOICES:
        known = {name.casefold(): value for value, label in CHOICES[field].choices for name in (value, label)}
        if said in known or (not said and field in MAY_BE_EMPTY):
            return known.get(said, "")
        labels = ", ".join(CHOICES[field].labels)
        or_nothing = ", or leave it empty" if field in MAY_BE_EMPTY else ""
        raise ValueError(f"{column} {_has(cell)}. Write one of {labels}{or_nothing}.")
    if field in SWITCHES or field == "price_plus_vat":
        if said not in YES | NO:
            raise ValueError(f"{column} {_has(cell)}. Write yes or no.")
        if field in SWITCHES:
            return said in YES
        return "unknown" if not said else str(said in YES).lower()
    return cell


def _has(cell: str) -> str:
    return f"has “{cell[:80]}”" if cell else "is empty"
