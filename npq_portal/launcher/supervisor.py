"""Runs the web server and the queue worker as children of one process, and stops them with it.

Children are forked, not started anew, so that what is loaded already is not loaded again. The caller must
have no threads and no open database connections.
"""

import ctypes
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass

STOP_SECONDS = 10
TICK_SECONDS = 1
LONGEST_PAUSE = 30.0
# A child that ran this long and then died is started again at once; a shorter life waits longer each time.
STEADY_SECONDS = 60
PR_SET_PDEATHSIG = 1
WAITED_FOR = {signal.SIGCHLD, signal.SIGALRM, signal.SIGINT, signal.SIGTERM, signal.SIGHUP}


@dataclass
class Child:
    """`vital`: when it ends, everything ends. Another kind of child is started again, with growing pauses."""

    name: str
    run: Callable[[], object]
    vital: bool = False
    pid: int = 0
    started: float = 0.0
    pause: float = 0.0


class ChildEndedError(Exception):
    """A vital child ended by itself. The message is one line."""


def supervise(children: Sequence[Child], *, enough: Callable[[], bool] = lambda: False) -> signal.Signals:
    """Runs the children until a signal asks to stop, and returns that signal when all of them have ended.

    `enough` is asked every second, and its yes counts as a SIGTERM. Raises ChildEndedError, with the others
    stopped, when a vital child ends.
    """
    # Signals are waited for, not handled in the middle of something else. A signal that is ignored by default
    # may be dropped though it is blocked, hence the handler, which is never called.
    signal.signal(signal.SIGCHLD, lambda number, frame: None)
    before = signal.pthread_sigmask(signal.SIG_BLOCK, WAITED_FOR)
    signal.setitimer(signal.ITIMER_REAL, TICK_SECONDS, TICK_SECONDS)
    try:
        for child in children:
            _start(child)
        while (arrived := signal.sigwait(WAITED_FOR)) in {signal.SIGCHLD, signal.SIGALRM}:
            _bury(children)
            _start_again(children)
            if enough():
                return signal.SIGTERM
        return signal.Signals(arrived)
    finally:
        _stop(children)
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _start(child: Child) -> None:
    sys.stdout.flush()
    sys.stderr.flush()
    parent = os.getpid()
    child.pid = os.fork()
    child.started = time.monotonic()
    if child.pid == 0:
        os._exit(_live(child, parent))
    with suppress(OSError):  # it has done so itself, or has ended
        os.setpgid(child.pid, child.pid)


def _live(child: Child, parent: int) -> int:
    """The whole life of a child process; gives its exit status."""
    try:
        os.setpgid(0, 0)  # Ctrl-C at the terminal is for the parent, which then stops its children in order
        for number in WAITED_FOR:
            signal.signal(number, signal.SIG_DFL)
        _end_with(parent)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, WAITED_FOR)
        child.run()
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else int(leaving.code is not None)
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    except BaseException:
        traceback.print_exc()
        return 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
    return 0


def _end_with(parent: int) -> None:
    """Asks Linux to end this process when its parent is gone, even by kill -9."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        sys.exit(1)


def _bury(children: Sequence[Child]) -> None:
    """Takes note of children that have ended. Several may have ended for one signal."""
    for child in children:
        if child.pid and os.waitpid(child.pid, os.WNOHANG)[0]:
            child.pid = 0
            if child.vital:
                raise ChildEndedError(f"The {child.name} has stopped, so the portal stops too.")
            lasted = time.monotonic() - child.started
            child.pause = 0.0 if lasted > STEADY_SECONDS else min(max(1.0, child.pause * 2), LONGEST_PAUSE)
            print(f"The {child.name} has stopped. It starts again in {child.pause:.0f} s.", file=sys.stderr)


def _start_again(children: Sequence[Child]) -> None:
    """Starts what has paused for long enough."""
    now = time.monotonic()
    for child in children:
        if not child.pid and child.started + child.pause <= now:
            _start(child)


def _stop(children: Sequence[Child]) -> None:
    """Ends every child: politely, and by force after STOP_SECONDS or at a second request to stop.

    By force its own children too: gunicorn's workers do not outlive a gunicorn that is killed.
    """
    for child in children:
        if child.pid:
            os.kill(child.pid, signal.SIGTERM)
    give_up = time.monotonic() + STOP_SECONDS
    while any(child.pid for child in children):
        again = signal.sigwait(WAITED_FOR) not in {signal.SIGCHLD, signal.SIGALRM}
        if again or time.monotonic() > give_up:
            for child in children:
                if child.pid:
                    os.killpg(child.pid, signal.SIGKILL)
        for child in children:
            if child.pid and os.waitpid(child.pid, os.WNOHANG)[0]:
                child.pid = 0
