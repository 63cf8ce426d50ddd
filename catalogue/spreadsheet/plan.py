"""What a file of course runs would do: what is wrong with its rows, or else which runs it adds and changes, and how."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q

from catalogue.actions.run_uploads import NumberedRow, Work
from catalogue.actions.snapshots import SESSION_FIELDS, Snapshot, facts_of, standing_of
from catalogue.history import run_changes
from catalogue.models import CourseRun, Session
from catalogue.moves import told
from catalogue.run_forms import moment
from catalogue.spreadsheet.known import FIELDS, Known
from catalogue.spreadsheet.rows import (
    Problem,
    by_run,
    disagreements,
    fill,
    impossible,
    in_order,
    is_key,
    sessions_in,
)
from npq_portal.accounts.models import User
from npq_portal.audit.models import AuditEvent
from npq_portal.cells import unguarded


@dataclass(frozen=True)
class Item:
    """A run that would be added or changed: what changes in words, and whether the people on it are told.

    `doubts` are what may be a slip and is put in use all the same, by somebody who has read them.
    """

    work: Work
    changes: list[str]
    people_are_told: bool = False
    doubts: tuple[str, ...] = ()


@dataclass
class Plan:
    """With `problems` nothing of the file may be put in use; they are in the order of its rows.

    Of those `added`, what is doubtful comes first: a page shows no more than the beginning of a long list.
    """

    problems: list[Problem] = field(default_factory=list)
    added: list[Item] = field(default_factory=list)
    changed: list[Item] = field(default_factory=list)
    unchanged: int = 0

    @property
    def doubtful(self) -> int:
        """How many of the runs that are added have doubts."""
        return sum(bool(item.doubts) for item in self.added)

    @property
    def works(self) -> list[Work]:
        return [item.work for item in (*self.added, *self.changed)]


def plan(rows: Iterable[NumberedRow], user: User, day: date) -> Plan:
    """Looks at the rows as `user` on `day`, and writes nothing. As many queries for a row as for thousands.

    All that is wrong is told at once.
    """
    groups, problems = by_run(rows)
    made = Plan(problems)
    known = Known(user, [int(label) for label in groups if is_key(label)])
    met: dict[str, tuple[int, CourseRun]] = {}
    for label, group in groups.items():
        made.problems += disagreements(group)
        if label.isdecimal():
            _change(label, group, known, day, made)
        else:
            _add(label, group, known, day, made, met)
    made.problems += _there_already(user, met)
    made.problems.sort(key=lambda problem: problem.row)
    made.added.sort(key=lambda item: not item.doubts)
    return made


def _add(
    label: str,
    group: list[NumberedRow],
    known: Known,
    day: date,
    made: Plan,
    met: dict[str, tuple[int, CourseRun]],
) -> None:
    number, row = group[0]
    whose, wrong = known.whose(row)
    run = CourseRun(**whose)
    of_run = fill(run, number, row, day)
    found = sessions_in(group, {})
    sessions = in_order(session for _, session in found.of_row)
    problems = [*(Problem(number, text) for text in wrong), *of_run, *found.problems]
    problems += impossible(run, number, found, held=())
    if not wrong and not found.problems and getattr(run, "dates_stand", True):
        first, _ = met.setdefault(_alike(run, sessions), (number, run))
        if first != number:
            text = f"It adds the same course run as row {first}. Take one of them out."
            problems.append(Problem(number, text))
    made.problems += problems
    if not problems:
        changes = run_changes(AuditEvent(new=facts_of(run, sessions)))
        doubts = tuple(doubt.text for doubt in known.offers.doubts(run, day))
        made.added.append(Item(Work(label, run, sessions, None), changes, doubts=doubts))


def _change(label: str, group: list[NumberedRow], known: Known, day: date, made: Plan) -> None:
    number, row = group[0]
    run = known.runs.get(int(label)) if is_key(label) else None
    if run is None:
        text = f"run is {label[:80]}, which is none of yours. Leave it empty to add a run, or write “new 1”."
        made.problems.append(Problem(number, text))
        return
    problems = []
    if other := known.differs(run, row):
        text = (
            f"{', '.join(other)}: course run {label} has another, and a file cannot change whose run it is."
        )
        problems.append(Problem(number, text))
    held = in_order(run.sessions.all())
    before = Snapshot(facts_of(run, held), standing_of(run, held))
    was = {session.pk: _values(session) for session in held}
    problems += fill(run, number, row, day)
    found = sessions_in(group, {session.pk: session for session in held})
    problems += [*found.problems, *impossible(run, number, found, held)]
    in_file = [session for _, session in found.of_row]
    touched = [session for session in in_file if _values(session) != was.get(session.pk)]
    new = [session for session in in_file if session.pk is None]
    after = Snapshot(facts_of(run, in_order([*held, *new])), standing_of(run, held))
    old_facts, new_facts = before.changes_to(after)
    changes_something = bool(problems or new_facts or touched)
    if changes_something and moment(unguarded(row["changed_at"])) != run.updated_at:
        text = (
            f"Course run {label} was changed after this file was made. Download the course runs again and make your"
            " changes there."
        )
        problems.append(Problem(number, text))
    made.problems += problems
    if not changes_something:
        made.unchanged += 1
    elif not problems:
        changes = run_changes(AuditEvent(old=old_facts, new=new_facts))
        lines = told(before.standing, after.standing, day)
        made.changed.append(Item(Work(label, run, touched, run.updated_at), changes, bool(lines)))


def _there_already(user: User, met: dict[str, tuple[int, CourseRun]]) -> Iterator[Problem]:
    """A file that is put in use twice would otherwise add its new runs twice."""
    if not met:
        return
    runs = [run for _, run in met.values()]
    begins = Q(starts_on__in={run.starts_on for run in runs if run.starts_on})
    if any(run.starts_on is None for run in runs):
        begins |= Q(starts_on=None)
    alike = CourseRun.objects.visible_to(user).filter(
        begins,
        provider__in={run.provider_id for run in runs},
        term__in={run.term_id for run in runs},
        qualification__in={run.qualification_id for run in runs},
    )
    for run in alike.prefetch_related("sessions"):
        number, _ = met.pop(_alike(run, in_order(run.sessions.all())), (0, run))
        if number:
            text = f"This course run is there already, as number {run.pk}. Write {run.pk} in the column run."
            yield Problem(number, text)


def _alike(run: CourseRun, sessions: list[Session]) -> str:
    """The same for two runs that are the same to anybody who looks for a course."""
    whose = [getattr(run, f"{name}_id") for name in FIELDS.values()]
    return repr((whose, run.starts_on, [_values(session) for session in sessions]))


def _values(session: Session) -> tuple[Any, ...]:
    return tuple(getattr(session, name) for name in SESSION_FIELDS)
