"""One decision about many, as a row that is posted again in vain and can be gone on with after a fall.

Each application is decided in one transaction with the line that says so: both are there, or neither.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from applications.actions.errors import AlreadyDone, Busy, NotYours, Refused
from applications.actions.undoing import undo
from applications.models import Application, BulkDecision, BulkDecisionLine
from applications.states import NotAllowed
from npq_portal.accounts.models import User
from npq_portal.verbs import verb

Outcome = BulkDecisionLine.Outcome


@verb
def begin_together(
    *,
    key: UUID,
    choice: str,
    given: Mapping[str, Any],
    seen: Mapping[UUID, str],
    gone: int,
    by: User,
    now: datetime,
) -> tuple[BulkDecision, bool]:
    """What is to be decided, in the order of `seen`: key of an application -> how it stood. Nothing is decided by it.

    Returns with it whether it was begun now: a second call with the same key, at the same time too, returns what the
    first began. Raises NotYours for another's. It leaves no audit row: each decision has its own.
    """
    values = {"by": by, "choice": choice, "given": dict(given), "gone": gone, "made_at": now}
    bulk, made = BulkDecision.objects.get_or_create(pk=key, defaults=values)
    if bulk.by_id != by.pk:
        raise NotYours
    if made:
        BulkDecisionLine.objects.bulk_create(
            BulkDecisionLine(bulk=bulk, application_id=pk, position=position, seen=stood)
            for position, (pk, stood) in enumerate(seen.items())
        )
    return bulk, made


@verb
def decide_one_of(
    *,
    line: BulkDecisionLine,
    application: Application,
    do: Callable[[], object],
    stands: Callable[[Application], str],
) -> None:
    """Do what was confirmed, and write on the line what came of it, in one transaction.

    Nothing happens to one that is settled, nor to one that is being settled at this moment. Busy leaves it for later.
    """
    if not _held(line, Outcome.NOT_YET):
        return
    before = application.status
    try:
        with transaction.atomic():
            do()
    except Busy:
        raise
    except (Refused, NotAllowed) as refusal:
        told = str(refusal) if isinstance(refusal, Refused) else moved_on(before.label)
        _settle(line, outcome=Outcome.NOT_DONE, why_not=told)
    else:
        _settle(line, outcome=Outcome.DONE, left=stands(application))


@verb
def pass_over(*, line: BulkDecisionLine, why_not: str) -> None:
    """Nothing is done about it, for a reason that was known before."""
    if _held(line, Outcome.NOT_YET):
        _settle(line, outcome=Outcome.NOT_DONE, why_not=why_not)


@verb
def finish_together(*, bulk: BulkDecision, now: datetime) -> None:
    """Once nothing is left to be decided: the words are kept no longer."""
    left = bulk.lines.filter(outcome=Outcome.NOT_YET)
    if not left.exists():
        BulkDecision.objects.unfinished().filter(pk=bulk.pk).update(finished_at=now, given={})


@verb
def undo_one_of(
    *,
    line: BulkDecisionLine,
    application: Application,
    stands: Callable[[Application], str],
    by: User,
    now: datetime,
) -> None:
    """Where it stands as this decision left it: what somebody decided since is theirs to undo.

    Raises as `undo` does.
    """
    if not _held(line, Outcome.DONE) or line.left != stands(application):
        raise AlreadyDone
    undo(application=application, by=by, now=now)
    _settle(line, outcome=Outcome.UNDONE)


def moved_on(label: str) -> str:
    return f"It is “{label}” by now, so nothing was done."


def _held(line: BulkDecisionLine, outcome: str) -> bool:
    rows = BulkDecisionLine.objects.filter(pk=line.pk, outcome=outcome)
    return rows.select_for_update(skip_locked=True).exists()


def _settle(line: BulkDecisionLine, **values: str) -> None:
    BulkDecisionLine.objects.filter(pk=line.pk).update(**values)
