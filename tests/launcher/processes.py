"""Real processes for the launcher's tests, each with a data folder of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psycopg

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 240
HOLD = (
    "import os, sys; from npq_portal.launcher.embedded_postgres import ensure_running; ensure_running();"
    "print(os.environ['DATABASE_URL'], flush=True); sys.stdin.read()"
)


def environment(data: Path, **changes: str) -> dict[str, str]:
    """Ours, without what the test run set for itself."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PORTAL_", "DJANGO_", "PG", "DATABASE_URL", "PYTEST"))
    }
    return {**kept, "PORTAL_DATA_DIR": str(data), **changes}


def manage(data: Path, *words: str, **changes: str) -> subprocess.CompletedProcess[str]:
    """Runs a management command to its end."""
    return subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=ROOT,
        env=environment(data, **changes),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


class Holder:
    """A process that uses the embedded database until told to leave."""

    def __init__(self, data: Path, **changes: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", HOLD],
            cwd=ROOT,
            env=environment(data, **changes),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def address(self) -> str:
        assert self.process.stdout
        line = self.process.stdout.readline().strip()
        assert line, self.process.communicate()[1]
        return line

    def leave(self) -> None:
        assert self.process.communicate("", timeout=PATIENCE)[1] == ""
        assert self.process.returncode == 0

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate()


class Portal:
    """`manage.py portal` in a session of its own, as a terminal would start it; `before` is what runs it."""

    def __init__(
        self, data: Path, *words: str, port: int | None = None, before: tuple[str, ...] = (), **changes: str
    ) -> None:
        self.data = data
        self.port = port or free_port()
        self.began = time.monotonic()
        self.process = subprocess.Popen(
            [*before, sys.executable, "manage.py", "portal", "--port", str(self.port), *words],
            cwd=ROOT,
            env=environment(data, **changes),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def answers(self, path: str = "/healthz") -> float:
        """Waits for the first answer, which must be 200, and gives the seconds since the start."""
        while True:
            try:
                with urllib.request.urlopen(
                    f"http://127.0.0.1:{self.port}{path}", timeout=PATIENCE
                ) as answer:
                    assert answer.status == 200
                    return time.monotonic() - self.began
            except urllib.error.HTTPError as refusal:
                raise AssertionError(f"{path} answered {refusal.code}") from refusal
            except OSError:
                assert self.process.poll() is None, self.process.communicate()[1]
                assert time.monotonic() - self.began < PATIENCE, "no answer"
                time.sleep(0.02)

    def stop(self, number: signal.Signals = signal.SIGTERM) -> tuple[int, str, str]:
        """Sends the signal to the first process, and gives its exit status and what it said."""
        self.process.send_signal(number)
        return self.ended()

    def ended(self) -> tuple[int, str, str]:
        said, complained = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode, said, complained

    def children(self) -> dict[int, list[int]]:
        """The process ids of its children, each with those of its own: the web server's are its workers."""
        return {child: children_of(child) for child in children_of(self.process.pid)}


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return taken.getsockname()[1]


def children_of(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def running(data: Path) -> list[int]:
    """Every living process whose command line or environment names the data folder; zombies have neither."""
    return [pid for pid, text in _process_texts() if str(data).encode() in text and pid != os.getpid()]


def _process_texts() -> Iterator[tuple[int, bytes]]:
    for process in Path("/proc").iterdir():
        if process.name.isdigit():
            try:
                yield (
                    int(process.name),
                    (process / "cmdline").read_bytes() + (process / "environ").read_bytes(),
                )
            except OSError:
                continue


def wait_until_gone(data: Path) -> None:
    give_up = time.monotonic() + 15
    while left := running(data):
        assert time.monotonic() < give_up, f"still running: {left}"
        time.sleep(0.05)


def wait_for_end(pid: int) -> None:
    """A zombie has ended: it has no command line."""
    give_up = time.monotonic() + 15
    while (command := Path(f"/proc/{pid}/cmdline")).exists() and command.read_bytes():
        assert time.monotonic() < give_up, f"process {pid} is still running"
        time.sleep(0.05)


def postmaster(data: Path, purpose: str = "development") -> int:
    return int((data / f"postgres-{purpose}" / "data" / "postmaster.pid").read_text().splitlines()[0])


def query(address: str, statement: str) -> list[tuple[object, ...]]:
    with psycopg.connect(address, autocommit=True) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchall() if cursor.description else []


def address_of(data: Path) -> str:
    """The development database's address, for a folder with a short and plain name."""
    host = str(data / "postgres-development" / "socket").replace("/", "%2F")
    return f"postgresql://portal@{host}:5432/portal"
