"""Registering under load: 32 clients at a real server, each pressing the button for one person after the other.

The server is the one that production runs (npq_portal.web_server), with a worker for each of two processors, and the
clients are on the same machine. Each has a connection that it keeps, and takes the next of the signed-in people with
complete drafts as soon as it has its answer, so that there are 32 until the end. The queue worker does not run, so that
the mails wait.
"""

import os
import secrets
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from http.client import HTTPConnection
from socket import create_server
from threading import Barrier, Thread
from urllib.parse import urlencode
from urllib.request import urlopen

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection
from django.utils import timezone

from applications.models import Answer, Application
from funding.models import Establishment
from npq_portal.accounts.models import Session, User
from npq_portal.accounts.sessions import SessionStore
from npq_portal.audit.models import AuditEvent
from npq_portal.mail.models import OutboxMessage
from tests.benchmarks.measuring import Figure, percentile
from tests.databases import database_url
from tests.factories.applications import draft_of

TITLE = "Registering, 32 clients at once"
USES_DATABASE = True
CLIENTS = 32
EACH = 20
STEPS = 3
WORKERS = 2
PATIENCE = 60
# Design, quality figures, 3.2: a second, and milliseconds.
TARGET, LONGEST = 40, 1_000
# How the answers end: a status, and where it leads.
TURNED_AWAY, REGISTERED = "405", "/registered/"
# Where everybody works: whoever applies from one for headship may be funded, so that no question follows.
KIND_OF_SCHOOL = "Community school"
# Of those mails alone: Django's tests do not empty the queue's tables, which are not its own.
JOBS = """
    SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'mail.deliver' AND (args ->> 'pk')::bigint = ANY(%s)
"""
# Any token does, as long as the cookie and the form agree.
CSRF = "x" * 32


@dataclass(frozen=True)
class Person:
    """Somebody signed in, and the address of their finished draft."""

    cookie: str
    address: str


def measure(step: Callable[[], object]) -> list[Figure]:
    people = make_ready()
    # A page that takes no post: the person is known, and then nothing is done.
    idle = [Person(each.cookie, "/my-data/") for each in people]
    with server() as port:
        post_all(port, idle[: CLIENTS * 2], TURNED_AWAY)
        bare = post_all(port, idle, TURNED_AWAY)
        step()
        taken = post_all(port, people, REGISTERED)
        step()
        again = post_all(port, people, REGISTERED)
        step()
    return [
        Figure("registrations", len(people) / taken.seconds, "a second", TARGET, more_is_better=True),
        Figure("99 of 100 answered within", percentile(taken.waits, 99) * 1000, "ms", LONGEST),
        Figure("half of them answered within", percentile(taken.waits, 50) * 1000, "ms"),
        Figure("lost, double, or without their audit row or mail", wrong(len(people)), "of them", 0),
        Figure("registering to a signed-in POST that does nothing", taken.seconds / bare.seconds, "x"),
        Figure("posting it again to a signed-in POST that does nothing", again.seconds / bare.seconds, "x"),
    ]


@dataclass
class Run:
    seconds: float
    waits: list[float]


def post_all(port: int, people: Iterable[Person], expected: str) -> Run:
    """Every person once, by whichever client is free: each posts over one connection, all clients at once.

    Raises AssertionError for an answer that does not end like `expected`: its status, and where it leads.
    """
    start = Barrier(CLIENTS + 1, timeout=PATIENCE)
    waiting = deque(people)
    waits: list[float] = []
    wrong: list[str] = []

    def client() -> None:
        server = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        server.connect()
        start.wait()
        for person in each_next(waiting):
            began = time.perf_counter()
            try:
                answer = post(server, person)
            except OSError as error:
                wrong.append(f"{person.address}: {error!r}")
                return
            waits.append(time.perf_counter() - began)
            if not answer.endswith(expected):
                wrong.append(f"{person.address}: {answer}")
        server.close()

    threads = [Thread(target=client) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    start.wait()
    began = time.perf_counter()
    for thread in threads:
        thread.join()
    taken = time.perf_counter() - began
    assert not wrong, f"{len(wrong)} were answered otherwise: {wrong[0]}"
    return Run(taken, waits)


def each_next(waiting: deque[Person]) -> Iterator[Person]:
    """Whoever is next, until nobody is left; several threads may take from the same."""
    while True:
        try:
            person = waiting.popleft()
        except IndexError:
            return
        yield person


def post(server: HTTPConnection, person: Person) -> str:
    headers = {
        "Cookie": f"{settings.SESSION_COOKIE_NAME}={person.cookie}; {settings.CSRF_COOKIE_NAME}={CSRF}",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    server.request("POST", person.address, urlencode({"csrfmiddlewaretoken": CSRF}), headers)
    answer = server.getresponse()
    answer.read()
    return f"{answer.status} {answer.headers.get('Location', '')}".strip()


def wrong(wanted: int) -> int:
    """How many of so many were lost, made twice, or lack their one audit row, mail or job."""
    registered = Application.objects.filter(state="registered")
    mails = OutboxMessage.objects.filter(template="applications/registered")
    with connection.cursor() as cursor:
        cursor.execute(JOBS, [list(mails.values_list("pk", flat=True))])
        counts = [
            cursor.fetchone()[0],
            registered.count(),
            registered.values("reference").distinct().count(),
            registered.values("applicant").distinct().count(),
            AuditEvent.objects.filter(action="applications.registered").values("subject").distinct().count(),
            AuditEvent.objects.filter(action="applications.registered").count(),
            mails.count(),
        ]
    return max(abs(count - wanted) for count in counts)


def make_ready() -> list[Person]:
    """People who are signed in and have a complete draft each, made in the benchmark's own database."""
    now, school = timezone.now(), Establishment.objects.pickable().filter(type_name=KIND_OF_SCHOOL)[0]
    users = User.objects.bulk_create(
        User(email=f"applicant{number}@example.test", full_name="A Teacher")
        for number in range(CLIENTS * EACH)
    )
    # One is made as the tests make it, and the others are its copies.
    first = draft_of(users[0], now=now, workplace={"workplace": school.reference})
    given = dict(first.answers.values_list("step", "value"))
    copies = Application.objects.bulk_create(
        Application(applicant=user, started_at=now, state_since=now, answers_saved_at=now)
        for user in users[1:]
    )
    Answer.objects.bulk_create(
        Answer(application=copy, step=step, value=value, answered_at=now)
        for copy in copies
        for step, value in given.items()
    )
    cookies = sign_in_all(users)
    return [
        Person(cookie, f"/applications/{draft.pk}/check-answers/")
        for cookie, draft in zip(cookies, [first, *copies], strict=True)
    ]


def sign_in_all(users: Sequence[User]) -> list[str]:
    """The session cookies of all of them."""
    sessions = [
        Session(
            session_key=secrets.token_hex(16),
            session_data=SessionStore().encode(
                {
                    SESSION_KEY: str(user.pk),
                    BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[1],
                    HASH_SESSION_KEY: user.get_session_auth_hash(),
                }
            ),
            expire_date=timezone.now() + timedelta(days=1),
            user_key=user.pk,
        )
        for user in users
    ]
    return [session.session_key for session in Session.objects.bulk_create(sessions)]


@contextmanager
def server() -> Iterator[int]:
    """The port of a server on the benchmark's database, as production runs it but for HTTPS."""
    with create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    words = ["-m", "gunicorn", "-c", "python:npq_portal.web_server", "--bind", f"127.0.0.1:{port}"]
    process = subprocess.Popen(
        [sys.executable, *words, "--workers", str(WORKERS), "npq_portal.wsgi"],
        cwd=settings.BASE_DIR,
        env={
            **os.environ,
            "DATABASE_URL": database_url(),
            "PORTAL_ENV": "development",
            "PORTAL_POOL": "1",
            "PORTAL_LOG_LEVEL": "CRITICAL",  # a POST that is turned away is not news here
        },
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for_answer(port)
        yield port
    finally:
        process.terminate()
        process.wait()


def wait_for_answer(port: int) -> None:
    give_up = time.monotonic() + PATIENCE
    while time.monotonic() < give_up:
        try:
            with urlopen(f"http://127.0.0.1:{port}/livez", timeout=PATIENCE):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("The server did not answer.")
