"""The rows of a file put together by course run, and filled into runs and sessions in memory.

Each function tells all that is wrong with its rows, so that somebody who mends a file is told everything at once.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from catalogue.actions.run_uploads import NumberedRow
from catalogue.models import CourseRun, Session
from catalogue.run_dates import outside
from catalogue.spreadsheet.cells import problems_of_run, problems_of_session
from catalogue.spreadsheet.columns import OF_RUN, OF_SESSION, WHOSE, cells_of
from npq_portal.cells import unguarded

MOST_SESSIONS = 60
LONGEST_KEY = 18  # digits; more are no key of the database


@dataclass(frozen=True)
class Problem:
    """What is wrong with a row, in a sentence that says what to do. Row 1 is the header."""

    row: int
    text: str


@dataclass
class Sessions:
    """Those that the rows of a run speak of, as they would be, each with its row; and what is wrong with the others.

    `unread` are the keys of sessions of which a row is wrong: nothing more is told of them.
    """

    of_row: list[tuple[int, Session]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unread: set[int] = field(default_factory=set)


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
        label = unguarded(row["run"]) or f"row {number}"
        # A spreadsheet may write 021 for 21.
        groups.setdefault(str(int(label)) if is_key(label) else label, []).append((number, row))
    return groups, problems


def disagreements(group: list[NumberedRow]) -> Iterator[Problem]:
    """Where the facts of one run are not alike on all its rows."""
    first_number, first = group[0]
    for number, row in group[1:]:
        other = [name for name in ("changed_at", *WHOSE, *OF_RUN) if row[name] != first[name]]
        if other:
            text = f"{', '.join(other)}: not as in row {first_number}, which is of the same course run."
            yield Problem(number, text)


def fill(run: CourseRun, number: int, row: Mapping[str, str], day: date) -> list[Problem]:
    """Gives `run` what the row says of it, in memory, and tells what is wrong with it."""
    if run.pk and _says_what_is(run, OF_RUN, row):
        return []
    return [Problem(number, text) for text in problems_of_run(run, row, day)]


def sessions_in(group: list[NumberedRow], held: Mapping[int, Session]) -> Sessions:
    """The sessions of the run whose rows these are: those of `held` by their number, others new.

    Sessions that the file leaves out stay as they are: a file takes none away.
    """
    found = Sessions()
    met: dict[str, int] = {}
    for number, row in group:
        key = unguarded(row["session"])
        if not key and not any(row[column] for column in OF_SESSION):
            continue
        session = held.get(int(key)) if is_key(key) else None
        if key in met:
            texts = [f"It names session {key} again, after row {met[key]}."]
        elif key and session is None:
            texts = [
                f"session is {key[:80]}, which this course run does not have. Leave it empty for a new one."
            ]
        else:
            session = session or Session()
            texts = [] if _says_as_is(session, row) else problems_of_session(session, row)
        if key:
            met.setdefault(key, number)
        if session and not texts:
            found.of_row.append((number, session))
        elif session and session.pk:
            found.unread.add(session.pk)
        found.problems += [Problem(number, text) for text in texts]
    return found


def _says_as_is(session: Session, row: Mapping[str, str]) -> bool:
    return session.pk is not None and _says_what_is(session, OF_SESSION, row)


def _says_what_is(thing: CourseRun | Session, columns: Mapping[str, str], row: Mapping[str, str]) -> bool:
    """Most rows of most files are as they were downloaded: a form for each would take most of the time."""
    return all(unguarded(row[column]) == cell for column, cell in cells_of(thing, columns).items())


def impossible(run: CourseRun, number: int, found: Sessions, held: Iterable[Session]) -> Iterator[Problem]:
    """Sessions outside the run's dates, and too many of them.

    `held` are those that it has: one that the file leaves out is told in row `number`, the run's first.
    """
    row_of = {session.pk: row for row, session in found.of_row if session.pk}
    others = [(row_of.get(session.pk, number), session) for session in held if session.pk not in found.unread]
    new = [(row, session) for row, session in found.of_row if session.pk is None]
    for row, session in (*others, *new) if getattr(run, "dates_stand", True) else ():
        on = None if session.cancelled else session.on
        if on and (problem := outside(on, run.starts_on, run.ends_on)):
            yield Problem(row, f"{session}: {problem}")
    if len(others) + len(found.unread) + len(new) > MOST_SESSIONS:
        yield Problem(number, f"A course run has {MOST_SESSIONS} sessions at most.")


def in_order(sessions: Iterable[Session]) -> list[Session]:
    """As they will be numbered: by date and time, those without one last, new ones after others."""
    return sorted(sessions, key=_place)


def _place(session: Session) -> tuple[Any, ...]:
    return (session.on or date.max, session.starts_at or time.max, session.pk is None, session.pk or 0)
