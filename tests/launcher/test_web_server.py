"""The web server itself, as visitors meet it: what it takes, and what it refuses."""

import http.client
import socket
import time

import pytest

from tests.launcher.processes import Portal


@pytest.fixture
def portal(installed):
    portal = Portal(installed)
    portal.answers()
    yield portal
    portal.stop()


def ask(portal, path, method="GET"):
    connection = http.client.HTTPConnection("127.0.0.1", portal.port, timeout=60)
    connection.request(method, path)
    answer = connection.getresponse()
    return answer.status, answer.read().decode()


def test_a_search_of_5000_letters_is_a_page_and_a_request_without_end_is_not(portal):
    for words in ("a" * 5_000, "%C3%A9" * 5_000, "%F0%9F%8E%93" * 5_000):
        for page in ("/funding/", "/qualifications/"):
            status, text = ask(portal, f"{page}?q={words}")
            assert status == 200
            assert "</html>" in text
    assert ask(portal, f"/funding/?q={'a' * 70_000}")[0] == 414


def test_half_sent_forms_do_not_keep_others_waiting(portal):
    """As many as the threads of an ordinary server, and then a visitor."""
    held = [socket.create_connection(("127.0.0.1", portal.port)) for _ in range(8)]
    for each in held:
        each.sendall(
            b"POST /sign-in/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
            b"Content-Length: 1000\r\n\r\nabc"
        )
    time.sleep(1)
    assert ask(portal, "/livez")[0] == 200
    for each in held:
        each.close()


def test_head_is_answered_without_a_page_or_a_complaint(installed):
    portal = Portal(installed)
    portal.answers()
    for path in ("/", "/funding/", "/no-such-page/", "/livez"):
        assert ask(portal, path, "HEAD")[1] == ""
    assert portal.stop()[2].count("no-body") == 0
