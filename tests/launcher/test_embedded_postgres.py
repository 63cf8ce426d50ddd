"""The embedded server: shared by its users, stopped by the last, and never losing what was committed."""

import os
import signal
from pathlib import Path
from urllib.parse import unquote, urlsplit

import dj_database_url
import pytest

from tests.launcher.processes import Holder, manage, postmaster, query, running, wait_until_gone


def test_two_that_start_at_once_share_one_server(data):
    first, second = Holder(data), Holder(data)
    address = first.address()
    assert second.address() == address
    server = postmaster(data)
    first.leave()
    assert query(address, "SELECT 1") == [(1,)], "the first to leave must not stop it"
    assert postmaster(data) == server
    second.leave()
    wait_until_gone(data)


def test_it_listens_on_no_port_and_its_folders_are_private(data):
    holder = Holder(data)
    address = holder.address()
    assert query(address, "SHOW listen_addresses") == [("",)]
    for name in ("", "data", "socket"):
        assert (data / "postgres-development" / name).stat().st_mode & 0o777 == 0o700
    holder.leave()


def test_a_killed_server_and_its_killed_users_lose_nothing_that_was_committed(data):
    holder = Holder(data)
    address = holder.address()
    query(address, "CREATE TABLE kept (word text)")
    query(address, "INSERT INTO kept VALUES ('committed')")
    for pid in running(data):
        os.kill(pid, signal.SIGKILL)
    holder.kill()

    again = Holder(data)
    assert query(again.address(), "SELECT word FROM kept") == [("committed",)]
    again.leave()
    wait_until_gone(data)


def test_a_server_killed_alone_is_started_again_by_the_next_user(data):
    first = Holder(data)
    first.address()
    os.kill(postmaster(data), signal.SIGKILL)
    second = Holder(data)
    assert query(second.address(), "SELECT 1") == [(1,)]
    first.kill()
    second.leave()
    wait_until_gone(data)


def test_a_left_over_pid_file_that_names_a_stranger_does_not_stop_a_start(data):
    Holder(data).leave()
    file = data / "postgres-development" / "data" / "postmaster.pid"
    file.write_text(f"{os.getppid()}\n{file.parent}\n1\n5432\n\n\n  0 0\nready\n")
    holder = Holder(data)
    assert query(holder.address(), "SELECT 1") == [(1,)]
    holder.leave()


def test_a_user_that_was_killed_leaves_the_server_to_the_next(data):
    killed = Holder(data)
    killed.address()
    server = postmaster(data)
    killed.kill()
    next_one = Holder(data)
    next_one.address()
    assert postmaster(data) == server
    next_one.leave()
    wait_until_gone(data)


@pytest.mark.parametrize("name", ["Data Folder's", "a" * 90])
def test_a_folder_with_capitals_spaces_or_a_long_name_works(data, name):
    holder = Holder(data / name)
    address = holder.address()
    assert query(address, "SELECT 1") == [(1,)]
    # Django's reader of addresses lowers what is not encoded.
    assert dj_database_url.parse(address)["HOST"] == unquote(urlsplit(address).netloc.rpartition("@")[2][:-5])
    socket = Path(dj_database_url.parse(address)["HOST"])
    assert len(bytes(socket / ".s.PGSQL.5432.lock")) < 108
    holder.leave()
    assert not socket.exists()


def test_the_test_cluster_is_apart_and_has_a_database_name_for_each_run(data):
    first, second = Holder(data, PORTAL_ENV="test"), Holder(data, PORTAL_ENV="test")
    one, other = first.address(), second.address()
    assert one != other
    assert one.endswith(f"/portal_{first.process.pid}")
    assert not (data / "postgres-development").exists()
    first.leave()
    second.leave()


def test_the_test_cluster_is_fast_and_made_anew_after_a_crash(data):
    killed = Holder(data, PORTAL_ENV="test")
    postgres = killed.address().rpartition("/")[0] + "/postgres"
    assert query(postgres, "SHOW fsync") == [("off",)]
    query(postgres, "CREATE TABLE forgotten ()")
    os.kill(postmaster(data, "test"), signal.SIGKILL)
    killed.kill()
    again = Holder(data, PORTAL_ENV="test")
    again.address()
    assert query(postgres, "SELECT to_regclass('forgotten')") == [(None,)]
    again.leave()


def test_a_given_database_is_used_and_nothing_is_started(data):
    holder = Holder(data, DATABASE_URL="postgresql://somebody@elsewhere/theirs")
    assert holder.address() == "postgresql://somebody@elsewhere/theirs"
    holder.leave()
    assert not data.exists()


def test_a_command_that_needs_no_database_starts_none(data):
    done = manage(data, "version")
    assert done.returncode == 0, done.stderr
    assert not data.exists()
