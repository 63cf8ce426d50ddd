"""Who the server runs as: an unprivileged account when we are root, else ourselves."""

import atexit
import multiprocessing
import os
import pwd
import shutil
import traceback
from pathlib import Path

from npq_portal.launcher.embedded_postgres import ensure_running
from npq_portal.launcher.postgres_programs import system_folder
from tests.launcher.processes import Holder, postmaster, query, wait_until_gone

WE_ARE_ROOT = os.geteuid() == 0


def owner_of(pid):
    return pwd.getpwuid(os.stat(f"/proc/{pid}").st_uid).pw_name


def test_root_hands_the_server_to_an_unprivileged_account(data):
    holder = Holder(data)
    address = holder.address()
    assert query(address, "SELECT 1") == [(1,)]
    expected = "nobody" if WE_ARE_ROOT else pwd.getpwuid(os.geteuid()).pw_name
    assert owner_of(postmaster(data)) == expected
    assert (data / "postgres-development").owner() == expected
    holder.leave()


def test_a_folder_closed_to_that_account_stays_closed_and_the_database_lives_elsewhere(data):
    closed = data.parent / "home"
    closed.mkdir(mode=0o700)
    inside = closed / "data"
    holder = Holder(inside)
    address = holder.address()
    assert query(address, "SELECT 1") == [(1,)]
    home = system_folder(inside) if WE_ARE_ROOT else inside
    assert query(address, "SHOW data_directory") == [(str(home / "postgres-development" / "data"),)]
    holder.leave()
    assert closed.stat().st_mode & 0o777 == 0o700
    if WE_ARE_ROOT:
        shutil.rmtree(home)


def test_an_ordinary_user_runs_it_as_themselves(data):
    """A fork, not a new Python, which may lie where an ordinary user cannot reach it."""
    account = pwd.getpwnam("games") if WE_ARE_ROOT else pwd.getpwuid(os.geteuid())
    if WE_ARE_ROOT:
        os.chown(data.parent, account.pw_uid, account.pw_gid)
    fork = multiprocessing.get_context("fork")
    answers = fork.Queue()
    process = fork.Process(target=use_it_as, args=(account, data, answers))
    process.start()
    assert answers.get(timeout=60) == ([(1,)], account.pw_name)
    process.join(timeout=60)
    wait_until_gone(data)


def use_it_as(account: pwd.struct_passwd, data: Path, answers: "multiprocessing.Queue[object]") -> None:
    try:
        if WE_ARE_ROOT:
            os.setgroups([])
            os.setgid(account.pw_gid)
            os.setuid(account.pw_uid)
        atexit._clear()  # what the test run has to do at its end is not ours
        os.environ.pop("DATABASE_URL")
        os.environ |= {"PORTAL_DATA_DIR": str(data), "PORTAL_ENV": "development"}
        ensure_running()
        answers.put((query(os.environ["DATABASE_URL"], "SELECT 1"), owner_of(postmaster(data))))
        atexit._run_exitfuncs()  # which a forked process leaves out
    except BaseException:
        answers.put(traceback.format_exc())
