"""What stands in production's log: lines of JSON that say what went wrong and how long it took, and nobody's data."""

import json
import logging
import logging.config
import re

import pytest
from django.conf import settings
from django.db import IntegrityError
from django.test import Client

from applications.models import Application
from npq_portal import logs
from npq_portal.accounts.models import User
from npq_portal.mail import sending
from npq_portal.mail.models import OutboxMessage
from tests.accounts.signing_in import ask, give, mailed_code
from tests.factories.applications import ANSWERS, make_world

MARK, TRN = "zqxmark", "7654321"
EMAIL, NAME = f"{MARK}@example.test", f"Ada {MARK.title()}"


class Kept(logging.Handler):
    def __init__(self):
        super().__init__(logging.DEBUG)
        self.setFormatter(logs.JsonLines())
        self.lines = []

    def emit(self, record):
        self.lines.append(self.format(record))

    def told(self):
        return [json.loads(line) for line in self.lines]


@pytest.fixture
def log():
    """What the root's handler gets in production: everything from INFO on, and the requests."""
    kept, root = Kept(), logging.getLogger()
    level, asked = root.level, logs.REQUESTS.level
    root.addHandler(kept)
    root.setLevel(logging.INFO)
    logs.REQUESTS.setLevel(logging.INFO)
    yield kept
    root.removeHandler(kept)
    root.setLevel(level)
    logs.REQUESTS.setLevel(asked)


def test_a_line_for_each_request(client, log):
    answer = client.get("/privacy/?email=ada@example.test", headers={"X-Request-ID": "abc-12345"})
    (line,) = log.told()
    assert line.pop("time").endswith("+00:00")
    assert isinstance(line.pop("ms"), int)
    assert line == {
        "level": "INFO",
        "logger": "npq_portal.requests",
        "message": "answered",
        "request": "abc-12345",
        "method": "GET",
        "path": "/privacy/",
        "status": 200,
    }
    assert answer["X-Request-ID"] == "abc-12345"


@pytest.mark.parametrize("sent", ["short", "ada@example.test", "x" * 65, "a b c d e f g h"])
def test_a_request_is_not_called_what_anybody_sends(client, log, sent):
    client.get("/privacy/", headers={"X-Request-ID": sent})
    assert len(log.told()[0]["request"]) == 32


@pytest.mark.django_db
def test_tokens_and_addresses_of_no_page_are_left_out(client, log):
    client.get("/sponsor/secret-token-of-a-sponsor/")
    client.get(f"/{EMAIL}/")
    told = log.told()
    assert {line["path"] for line in told} <= {"/sponsor/.../", "(no page)"}
    assert "secret-token" not in str(log.lines)
    assert MARK not in str(log.lines)


def test_an_error_is_told_by_its_kind_and_place(log):
    try:
        try:
            raise IntegrityError(f"Key (email)=({EMAIL}) already exists.")
        except IntegrityError as error:
            raise RuntimeError(NAME) from error
    except RuntimeError:
        logging.getLogger("applications.tasks").exception("It could not be done")
    (line,) = log.told()
    assert [each["kind"] for each in line["error"]] == [
        "builtins.RuntimeError",
        "django.db.utils.IntegrityError",
    ]
    assert "test_logs.py" in line["error"][0]["at"][0]
    assert MARK not in log.lines[0].lower()


def test_production_writes_them():
    """What the settings say holds together: it can be set up, and Django's own handlers are gone."""
    config = settings.LOGGING | {
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
        "loggers": {"django": settings.LOGGING["loggers"]["django"]},
        "root": {},
    }
    logging.config.dictConfig(config)
    assert logging.getLogger("django").handlers == []


def person_who_registers(world):
    """Signs in by code, answers every question and registers, each by the pages themselves."""
    client = Client(raise_request_exception=False)
    ask(client, EMAIL)
    give(client, mailed_code(EMAIL))
    client.post("/apply/")
    draft = Application.objects.get(applicant__email=EMAIL)
    answers = {**ANSWERS, "name": {"name": NAME}, "trn": {"has_trn": "yes", "trn": TRN}}
    for slug, value in answers.items():
        if slug == "provider":
            page = client.get(f"/applications/{draft.pk}/funding/").content.decode()
            seen = dict(re.findall(r'name="(funding|about)" value="(\w+)"', page))
            client.post(f"/applications/{draft.pk}/funding/", seen)
        client.post(f"/applications/{draft.pk}/{slug}/", value)
    client.get(f"/applications/{draft.pk}/check-answers/?name={NAME}")
    client.post(f"/applications/{draft.pk}/check-answers/")
    return client


@pytest.mark.django_db
def test_nobody_is_in_the_log_of_a_registration(log, settings, monkeypatch):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    client = person_who_registers(make_world())
    registered = Application.objects.get(applicant__email=EMAIL)
    assert (registered.full_name, registered.trn) == (NAME, TRN)
    client.get(f"/no-such-page/{EMAIL}/")
    client.get(f"/applications/?q={EMAIL}")
    for message in OutboxMessage.objects.filter(state="queued"):
        sending.attempt(message.pk, now=message.queued_at)

    def fails(*arguments, **more):
        User.objects.create(email=EMAIL)

    monkeypatch.setattr("applications.views.start.render", fails)
    client.get("/applications/")
    assert len(log.lines) > len(ANSWERS)
    assert any("error" in line for line in log.told()), "one of them failed"
    assert {line["path"] for line in log.told() if "path" in line} >= {"/applications/", "(no page)"}
    found = [line for line in log.lines for mark in (MARK, TRN, "1987-03-27") if mark in line.lower()]
    assert not found
