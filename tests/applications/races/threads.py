"""Many at once: every call starts at the same moment, in a thread with its own connection."""

from collections.abc import Callable, Sequence
from threading import Barrier, Thread
from typing import Any

from django.db import connection
from psycopg.errors import DeadlockDetected

from applications.actions.errors import Busy

PATIENCE = 30
# Connections that one test opens: a server takes 100 where nobody has set more.
MOST = 50

Call = Callable[[], Any]


def all_at_once(calls: Sequence[Call]) -> list[Any]:
    """What each call returned, or the exception it raised, in order. One that is told "busy" tries again.

    Of more than MOST calls the others follow without a pause, as they would behind a pool of connections.
    """
    results: list[Any] = [None] * len(calls)
    places = iter(range(len(calls)))

    def work() -> None:
        for place in places:  # which is one iterator for all threads: each call is made by whoever is free
            results[place] = outcome(calls[place])

    together([work] * min(len(calls), MOST))
    assert not any(map(is_deadlock, results)), "a deadlock"
    return results


def in_rounds(rounds: Sequence[Sequence[Call]]) -> list[list[Any]]:
    """Like all_at_once for each round in turn, with the same threads and connections, which makes a round quick."""
    results: list[list[Any]] = [[None] * len(each) for each in rounds]
    start = Barrier(len(rounds[0]), timeout=PATIENCE)

    def player(place: int) -> Call:
        def play() -> None:
            for calls, found in zip(rounds, results, strict=True):
                start.wait()
                found[place] = outcome(calls[place])

        return play

    together([player(place) for place in range(len(rounds[0]))])
    assert not any(is_deadlock(result) for each in results for result in each), "a deadlock"
    return results


def together(works: Sequence[Call]) -> None:
    start = Barrier(len(works), timeout=PATIENCE)

    def run(work: Call) -> None:
        try:
            connection.ensure_connection()
            start.wait()
            work()
        finally:
            connection.close()

    threads = [Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=PATIENCE * 20)
    assert not any(thread.is_alive() for thread in threads), "somebody waits for ever"


def outcome(call: Call) -> Any:
    """What it returned or raised. Who is told "busy" tries again, unless for a deadlock, which is a fault of ours."""
    problem: Exception | None = None
    for _ in range(10):
        try:
            return call()
        except Exception as raised:
            problem = raised
        if not isinstance(problem, Busy) or is_deadlock(problem):
            break
    return problem


def is_deadlock(result: Any) -> bool:
    refused = result.__cause__ if isinstance(result, Busy) else result
    return isinstance(getattr(refused, "__cause__", None), DeadlockDetected)
