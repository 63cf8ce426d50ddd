"""One embedded server: its files and socket made, started, found and stopped. Raises EmbeddedPostgresError.

Whoever starts or stops it sees to it that nobody else does meanwhile: see embedded_postgres.
"""

import os
import shlex
import shutil
import string
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from stat import S_IFDIR

import psycopg

from npq_portal.launcher.postgres_programs import Account, EmbeddedPostgresError, give, run, short_hash

START_SECONDS = 60
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


def prepare(cluster: Cluster) -> None:
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


def start(cluster: Cluster) -> None:
    """Returns when a real connection has worked: a status alone cannot tell a server from its remains."""
    give_up = time.monotonic() + START_SECONDS
    tries = 0
    said = ""
    while time.monotonic() < give_up and tries <= MOST_TRIES:
        if not postmaster(cluster):
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


def stop(cluster: Cluster) -> None:
    if postmaster(cluster):
        _pg_ctl(cluster, "stop", "-m", "fast")
    with suppress(OSError):
        cluster.socket.rmdir()


def _create_database(cluster: Cluster) -> None:
    with psycopg.connect(address(cluster, "postgres"), autocommit=True, connect_timeout=5) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME]).fetchone():
            connection.execute(f"CREATE DATABASE {NAME}")


def postmaster(cluster: Cluster) -> int | None:
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


def address(cluster: Cluster, database: str) -> str:
    """The database's address. Readers of addresses lower a host's letters, so capitals are encoded too."""
    kept = string.ascii_lowercase + string.digits + "-._"
    host = "".join(chr(byte) if chr(byte) in kept else f"%{byte:02X}" for byte in os.fsencode(cluster.socket))
    return f"postgresql://{NAME}@{host}:{SETTINGS['port']}/{database}"


def _last_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else "it said nothing."
