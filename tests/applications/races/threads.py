"""Many at once: every call starts at the same moment, in a thread with its own connection."""

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

from django.db import connection

from applications.actions.errors import Busy

PATIENCE = 30


def all_at_once(calls: list[Callable[[], Any]]) -> list[Any]:
    """What each call returned, or the exception it raised, in order. One that is told "busy" tries again."""
    results: list[Any] = [None] * len(calls)
    start = Barrier(len(calls), timeout=PATIENCE)

    def run(place: int) -> None:
        try:
            connection.ensure_connection()
            start.wait()
            results[place] = until_not_busy(calls[place])
        except Exception as problem:
            results[place] = problem
        finally:
            connection.close()

    threads = [Thread(target=run, args=(place,)) for place in range(len(calls))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=PATIENCE * 2)
    assert not any(thread.is_alive() for thread in threads), "somebody waits for ever"
    return results


def until_not_busy(call: Callable[[], Any]) -> Any:
    for _ in range(10):
        try:
            return call()
        except Busy:
            continue
    return call()
