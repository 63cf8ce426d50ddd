"""How the steps of applications.actions.retention let go of what is due: a row, or a batch, at a time.

What fails is logged by its key and its kind, without the error's message, which may quote the row; and the rest goes
on. Only where the database itself is gone does everything stop.
"""

import logging
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any, NamedTuple
from uuid import UUID

from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import QuerySet

from npq_portal.verbs import Refused

BATCH = 500
logger = logging.getLogger("npq_portal.retention")

Due = Callable[[datetime], QuerySet[Any]]


class Went(NamedTuple):
    gone: int = 0
    failed: int = 0


@dataclass(frozen=True, slots=True)
class Step:
    """`due` counts what is to go at `now`; `apply` lets it go, and yields how many went or failed, batch by batch."""

    due: Callable[[datetime], int]
    apply: Callable[[datetime], Iterator[Went]]


class Retained(NamedTuple):
    """By the key of a rule: how many went, and how many could not be let go, of those where there were any."""

    gone: dict[str, int]
    failed: dict[str, int]


class NotAllGone(Exception):  # noqa: N818 - the name says what happened
    def __init__(self, failed: dict[str, int]) -> None:
        told = ", ".join(f"{number} of {key}" for key, number in failed.items())
        super().__init__(
            f"{sum(failed.values())} could not be let go ({told}). The rest is done. The log says where each "
            "failed; the next run tries them again."
        )


def told(problem: Exception, what: str) -> Went:
    """Log a failure, so that the caller can go on. Raises it where the database is gone, and nothing can."""
    if isinstance(problem, (OperationalError, InterfaceError)) and not connection.is_usable():
        raise problem
    frame = traceback.extract_tb(problem.__traceback__)[-1]
    kind = type(problem).__name__
    logger.error("Retention could not let go of %s: %s at %s:%s", what, kind, frame.filename, frame.lineno)
    return Went(failed=1)


def one_by_one(due: Due, act: Callable[[UUID, datetime], bool]) -> Step:
    def apply(now: datetime) -> Iterator[Went]:
        # The keys first: what is held by somebody else at this moment is left to the next night.
        for pk in list(due(now).order_by("pk").values_list("pk", flat=True)):
            try:
                yield Went(int(act(pk, now)))
            except Refused:
                continue
            except Exception as problem:
                yield told(problem, _name(due(now), pk))

    return Step(lambda now: due(now).count(), apply)


def in_batches(due: Due, act: Callable[[QuerySet[Any]], object] = lambda rows: rows.delete()) -> Step:
    """`act` is given rows that are due and held: none that somebody has gone on with since it was looked for.

    Of a batch that fails each row is tried by itself, so that one keeps no other.
    """

    def attempt(keys: Sequence[Any], now: datetime) -> Iterator[Went]:
        try:
            with transaction.atomic():
                rows = due(now).filter(pk__in=keys).select_for_update(skip_locked=True, of=("self",))
                held = list(rows.values_list("pk", flat=True))
                act(rows.model._default_manager.filter(pk__in=held))
        except Exception as problem:
            if len(keys) == 1:
                yield told(problem, _name(due(now), keys[0]))
            else:
                yield from chain.from_iterable(attempt([key], now) for key in keys)
        else:
            yield Went(len(held))

    def apply(now: datetime) -> Iterator[Went]:
        left = due(now).order_by("pk")
        keys = list(left.values_list("pk", flat=True)[:BATCH])
        while keys:
            yield from attempt(keys, now)
            keys = list(left.filter(pk__gt=keys[-1]).values_list("pk", flat=True)[:BATCH])

    return Step(lambda now: due(now).count(), apply)


def several(*steps: Step) -> Step:
    return Step(
        lambda now: sum(step.due(now) for step in steps),
        lambda now: chain.from_iterable(step.apply(now) for step in steps),
    )


def _name(rows: QuerySet[Any], pk: object) -> str:
    """A key that says nothing of anybody; that of a session opens it, and is not told."""
    plain = isinstance(pk, (int, UUID))
    return f"{rows.model._meta.label} {pk}" if plain else f"a {rows.model._meta.label}"
