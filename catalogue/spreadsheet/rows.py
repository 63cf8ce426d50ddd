"""The rows of a file put together by course run, and filled into runs and sessions in memory."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any, TypeVar

from catalogue.actions.run_uploads import NumberedRow
from catalogue.forms import SessionForm, outside
from catalogue.models import CourseRun, Session
from catalogue.spreadsheet.cells import (
    CellsError,
    RunRowForm,
    problems_of,
    run_answers,
    session_answers,
)
from catalogue.spreadsheet.columns import OF_RUN, OF_SESSION, WHOSE, cells_of
from npq_portal.cells import unguarded

T = TypeVar("T")
MOST_SESSIONS = 60
LONGEST_KEY = 18  # digits; more are no key of the database


@dataclass(frozen=True)
class Problem:
    """What is wrong with a row, in a sentence that says what to do. Row 1 is the header."""

    row: int
    text: str


class RowsError(Exception):
    """The rows of a run cannot be used."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("; ".join(f"{problem.row}: {problem.text}" for problem in problems))
        self.problems = problems


def is_key(label: str) -> bool:
    """Whether it may be the number of a row here; else it is a name of the person's own."""
    return label.isascii() and label.isdecimal() and len(label) <= LONGEST_KEY


def by_run(rows: Iterable[NumberedRow]) -> tuple[dict[str, list[NumberedRow]], list[Problem]]:
    """The rows of each run in the file's order, by what stands in the column run; and those that stand there twice.

    A new run that has no name in the file has its row alone.
    """
    groups: dict[str, list[NumberedRow]] = {}
    first: dict[tuple[str, ...], int] = {}
    problems = []
    for number, row in rows:
        cells = tuple(row.values())
        if cells in first:
            problems.append(Problem(number, f"It says the same as row {first[cells]}. Take one of them out."))
            continue
        first[cells] = number
        groups.setdefault(unguarded(row["run"]) or f"row {number}", []).append((number, row))
    return groups, problems


def agree(group: list[NumberedRow]) -> None:
    """Raises RowsError where the facts of one run are not alike on all its rows."""
    first_number, first = group[0]
    problems = []
    for number, row in group[1:]:
        other = [name for name in ("changed_at", *WHOSE, *OF_RUN) if row[name] != first[name]]
        if other:
            text = f"{', '.join(other)}: not as in row {first_number}, which is of the same course run."
            problems.append(Problem(number, text))
    if problems:
        raise RowsError(*problems)


def fill(run: CourseRun, number: int, row: Mapping[str, str]) -> None:
    """Gives `run` what the row says of it, in memory. Raises RowsError."""
    if run.pk and _says_what_is(run, OF_RUN, row):
        return
    form = RunRowForm(asked(number, lambda: run_answers(row)), instance=run)
    if not form.is_valid():
        raise RowsError(*(Problem(number, text) for text in problems_of(form, OF_RUN)))


def sessions_in(group: list[NumberedRow], held: Mapping[int, Session]) -> Iterator[Session]:
    """The sessions that the rows speak of, as they would be: those of `held` by their number, others new.

    Raises RowsError. Sessions that the file leaves out stay as they are: a file takes none away.
    """
    met: dict[str, int] = {}
    for number, row in group:
        key = unguarded(row["session"])
        if not key and not any(row[column] for column in OF_SESSION):
            continue
        if key in met:
            raise RowsError(Problem(number, f"It names session {key} again, after row {met[key]}."))
        session = held.get(int(key)) if is_key(key) else None
        if key and session is None:
            text = (
                f"session is {key[:80]}, which this course run does not have. Leave it empty for a new one."
            )
            raise RowsError(Problem(number, text))
        if key:
            met[key] = number
        yield _filled(session or Session(), number, row)


def _filled(session: Session, number: int, row: Mapping[str, str]) -> Session:
    if session.pk and _says_what_is(session, OF_SESSION, row):
        return session
    form = SessionForm(asked(number, lambda: session_answers(row)), instance=session)
    if not form.is_valid():
        raise RowsError(*(Problem(number, text) for text in problems_of(form, OF_SESSION)))
    return session


def _says_what_is(thing: CourseRun | Session, columns: Mapping[str, str], row: Mapping[str, str]) -> bool:
    """Most rows of most files are as they were downloaded: a form for each would take most of the time."""
    return all(unguarded(row[column]) == cell for column, cell in cells_of(thing, columns).items())


def refuse_impossible(run: CourseRun, number: int, sessions: list[Session]) -> None:
    """Raises RowsError for sessions outside the run's dates, those that the file leaves out too, and for too many."""
    problems = [
        Problem(number, f"{session}: {problem}")
        for session in sessions
        if session.on
        and not session.cancelled
        and (problem := outside(session.on, run.starts_on, run.ends_on))
    ]
    if len(sessions) > MOST_SESSIONS:
        problems.append(Problem(number, f"A course run has {MOST_SESSIONS} sessions at most."))
    if problems:
        raise RowsError(*problems)


def in_order(sessions: Iterable[Session]) -> list[Session]:
    """As they will be numbered: by date and time, those without one last, new ones after others."""
    return sorted(sessions, key=_place)


def _place(session: Session) -> tuple[Any, ...]:
    return (session.on or date.max, session.starts_at or time.max, session.pk is None, session.pk or 0)


def asked(number: int, ask: Callable[[], T]) -> T:
    """What `ask` returns; its CellsError becomes a problem of the row."""
    try:
        return ask()
    except CellsError as wrong:
        raise RowsError(*(Problem(number, text) for text in wrong.problems)) from wrong
