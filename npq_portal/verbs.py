# ruff: noqa: N818 - the name says what happened, as the sentence does
"""What every verb that writes shares: one transaction, and a bounded wait for whoever writes the same."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import OperationalError, connection, transaction
from psycopg.errors import DeadlockDetected, LockNotAvailable

P = ParamSpec("P")
R = TypeVar("R")

# Longer than that nobody waits for a page.
PATIENCE = "3s"


class Refused(Exception):
    """Nothing was changed. `str()` of each is a sentence for the person who tried."""


class Busy(Refused):
    """A row stayed locked for longer than a person should wait."""

    def __init__(self) -> None:
        super().__init__(
            "Someone else is changing this at the same time. Nothing was saved: try again in a moment."
        )


def verb(function: Callable[P, R]) -> Callable[P, R]:
    """All or nothing, and Busy instead of waiting for a lock for more than three seconds, or for one another."""

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            with transaction.atomic():
                with connection.cursor() as cursor:
                    cursor.execute("SELECT set_config('lock_timeout', %s, true)", [PATIENCE])
                return function(*args, **kwargs)
        except OperationalError as problem:
            if isinstance(problem.__cause__, (LockNotAvailable, DeadlockDetected)):
                raise Busy from problem
            raise

    return run
