"""Each error page says what happened and what to do, with every header, and shows nothing of the inside."""

import pytest
from django.db import InterfaceError, OperationalError
from django.test import Client

from npq_portal import errors
from tests.people import UserFactory, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def failing(monkeypatch):
    """Makes a page raise, and gives a client that sees the answer as a browser would."""

    def fail(error):
        def broken(*args, **kwargs):
            raise error

        monkeypatch.setattr("npq_portal.health.database_answers", broken)
        return Client(raise_request_exception=False)

    return fail


def check(response, status, words):
    page = response.content.decode()
    assert response.status_code == status
    assert words in page
    assert "Traceback" not in page
    assert page.count("<h1") == 1
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "same-origin"


def test_404(client):
    check(client.get("/no-such-page/"), 404, "We could not find that page")


def test_403(client):
    sign_in(client, UserFactory())
    check(client.get("/admin/login/"), 403, "You cannot do this")


def test_400(client):
    check(client.get("/", headers={"Host": "evil.example"}), 400, "We could not read that")


def test_413_for_a_body_that_is_too_big(client):
    check(client.post("/sign-in/", {"email": "a" * 3_000_000}), 413, "That was too large")


def test_csrf():
    client = Client(enforce_csrf_checks=True)
    check(client.post("/sign-in/", {"email": "tess@example.test"}), 403, "This page was open too long")


def test_429(client):
    for _ in range(11):
        response = client.post("/sign-in/", {"email": "tess@example.test"})
    check(response, 429, "There were too many tries")


def test_500(failing):
    check(failing(RuntimeError("inside")).get("/healthz"), 500, "Something went wrong on our side")


def test_the_500_page_asks_nothing_of_the_database(failing, django_assert_num_queries):
    client = failing(RuntimeError("inside"))
    with django_assert_num_queries(0):
        client.get("/healthz")


def test_a_broken_error_page_is_still_an_answer(failing, monkeypatch):
    client = failing(RuntimeError("inside"))
    monkeypatch.setattr(errors, "render_to_string", lambda name: 1 / 0)
    assert "Something went wrong" in client.get("/healthz").content.decode()


@pytest.mark.parametrize("error", [OperationalError("gone"), InterfaceError("closed")])
def test_503_when_the_database_does_not_answer(monkeypatch, error):
    """Wherever it is noticed: here while the person is looked up."""

    def down(*args, **kwargs):
        raise error

    client = Client(raise_request_exception=False)
    sign_in(client, UserFactory())
    monkeypatch.setattr("django.contrib.sessions.backends.db.SessionStore.load", down)
    response = client.get("/staff/security/")
    check(response, 503, "Try again in a minute")
    assert response.headers["Retry-After"] == "30"


def test_405_and_redirects_and_files_carry_the_policy_too(client):
    for address in ("/signed-out/", "/admin/", "/static/portal/portal.css"):
        response = client.get(address)
        assert "default-src 'none'" in response.headers["Content-Security-Policy"], address
    refused = client.get("/sign-out/")
    assert refused.status_code == 405
    assert "default-src 'none'" in refused.headers["Content-Security-Policy"]
