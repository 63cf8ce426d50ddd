"""What the portal does when a process that it started ends by itself."""

import os
import shutil
import signal
import time
import urllib.request

import psycopg

from tests.launcher.processes import Portal, address_of, postmaster, query, wait_until_gone


def server_and_queue(portal):
    """The web server is the child that has workers of its own, once they are there; the queue worker is the next."""
    give_up = time.monotonic() + 20
    while time.monotonic() < give_up:
        children = portal.children()
        servers = [child for child, workers in children.items() if workers]
        if len(children) == 3 and servers:
            return servers[0], min(child for child in children if child not in servers)
        time.sleep(0.05)
    raise AssertionError("no web server and queue worker")


def test_a_queue_worker_that_dies_is_started_again_and_the_pages_stay(installed):
    portal = Portal(installed)
    portal.answers()
    server, queue = server_and_queue(portal)
    before = set(portal.children())
    os.kill(queue, signal.SIGKILL)
    give_up = time.monotonic() + 20
    while set(portal.children()) <= before:
        assert time.monotonic() < give_up, "the queue worker was not started again"
        time.sleep(0.05)
    assert server in portal.children()
    with urllib.request.urlopen(f"http://127.0.0.1:{portal.port}/healthz") as answer:
        assert answer.status == 200
    status, _, complained = portal.stop()
    assert status == 0
    assert complained == "The queue worker has stopped. It starts again in 1 s.\n"


def test_a_database_that_dies_is_started_again_and_the_next_request_is_answered(installed):
    portal = Portal(installed)
    portal.answers()
    dead = postmaster(installed)
    os.kill(dead, signal.SIGKILL)
    give_up = time.monotonic() + 60
    while not is_back(installed, dead):
        assert time.monotonic() < give_up, "the database was not started again"
        time.sleep(0.1)
    for _ in range(20):
        with urllib.request.urlopen(f"http://127.0.0.1:{portal.port}/livez") as answer:
            assert answer.status == 200
    status, _, complained = portal.stop()
    assert status == 0
    assert "The database has stopped. It is started again.\n" in complained
    wait_until_gone(installed)


def is_back(data, dead):
    try:
        return postmaster(data) != dead and query(address_of(data), "SELECT 1") == [(1,)]
    except (OSError, IndexError, ValueError, psycopg.OperationalError):
        return False


def test_when_the_web_server_dies_the_portal_says_so_and_stops(installed):
    portal = Portal(installed)
    portal.answers()
    server, _ = server_and_queue(portal)
    os.kill(server, signal.SIGKILL)
    status, _, complained = portal.ended()
    assert status == 1
    assert "The web server has stopped, so the portal stops too." in complained
    assert "Traceback" not in complained
    wait_until_gone(installed)


def test_when_the_uv_that_started_it_is_killed_the_portal_stops(installed):
    """`uv run` hands on every signal but kill -9."""
    uv = installed / "uv"
    shutil.copy(os.path.realpath("/bin/sh"), uv)
    portal = Portal(installed, before=(str(uv), "-c", '"$@"; true', "uv"))
    portal.answers()
    portal.process.kill()
    wait_until_gone(installed)
