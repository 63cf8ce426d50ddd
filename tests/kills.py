"""Work that is killed (kill -9) on its way: before each of its statements, before each commit, and after it.

The work runs in a forked process, which is warm at once and has a connection of its own.
"""

import os
import signal
import time
import traceback
from collections.abc import Callable, Iterator
from itertools import count

import pytest
from django.db import connection, connections
from django.db.backends.signals import connection_created

PATIENCE = 30
MOST_POINTS = 300


def each_kill(work: Callable[[], object]) -> Iterator[int]:
    """Kills `work` at its first point, then a new run at the second, and so on; after each the caller looks around.

    Ends with the run that gets through, which is not yielded. Only for tests whose rows are committed, since nothing
    of an open transaction would be seen.
    """
    for point in count(1):
        assert point < MOST_POINTS, "the work never ends"
        if not was_killed(work, at=point):
            return
        yield point


def was_killed(work: Callable[[], object], *, at: int) -> bool:
    """False where the work ended before it came to that point. Returns when its server process is gone too."""
    strangers = _others()
    for each in connections.all(initialized_only=True):
        each.close()  # it does not survive a fork
    child = os.fork()
    if child == 0:
        _live(work, at)
    status = _end_of(child)
    _wait_until_gone(strangers)
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL
        return True
    assert os.WEXITSTATUS(status) == 0, "the work failed: see what it said above"
    return False


def _live(work: Callable[[], object], last: int) -> None:
    """The whole life of the child: nothing of pytest's runs after it."""
    status = 1
    # After a browser test the parent's thread has an event loop, for which Django keeps connections apart. The child
    # has none, and would go on with the parent's other one.
    for each in connections.all(initialized_only=True):
        each.connection = None
    try:
        die_at(last)
        work()
        status = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(status)


def die_at(last: int) -> None:
    """From now on this process counts its points, and does not survive the last."""
    points = count(1)

    def point() -> None:
        if next(points) == last:
            os.kill(os.getpid(), signal.SIGKILL)

    def watch(execute, *statement):
        point()
        return execute(*statement)

    def watched(connection, **_):
        connection.execute_wrappers.append(watch)
        commit = connection._commit

        def commit_between_two_points():
            point()
            done = commit()
            point()
            return done

        connection._commit = commit_between_two_points

    connection_created.connect(watched, weak=False)


def _end_of(child: int) -> int:
    give_up = time.monotonic() + PATIENCE
    while time.monotonic() < give_up:
        pid, status = os.waitpid(child, os.WNOHANG)
        if pid:
            return status
        time.sleep(0.002)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    pytest.fail("the work did not end")


def _wait_until_gone(strangers: set[int]) -> None:
    """Until the server has noticed the death, what the dead held stays locked."""
    give_up = time.monotonic() + PATIENCE
    while time.monotonic() < give_up:
        if _others() <= strangers:
            return
        time.sleep(0.002)
    pytest.fail("the killed process's connection is still there")


def _others() -> set[int]:
    """Who else is connected: where a test before this one left a connection open, it is not the killed one's."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() "
            "AND backend_type = 'client backend'"
        )
        return {pid for (pid,) in cursor.fetchall()}
