"""/livez: fit to be sent visitors; /healthz: all is well. Each says what is not."""

from datetime import timedelta

import pytest
from django.db import InterfaceError, OperationalError
from django.utils import timezone

from npq_portal import health
from npq_portal.mail.models import MailState, OutboxMessage
from tests.mail.test_queueing import queue

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _not_seen_before(monkeypatch):
    monkeypatch.setattr(health, "_migrated", False)


BOTH = pytest.mark.parametrize(
    ("path", "parts"),
    [("/livez", ["database", "migrations"]), ("/healthz", ["database", "migrations", "mail"])],
)


@BOTH
def test_well(client, path, parts):
    response = client.get(path)
    assert response.status_code == 200
    assert response.json() == dict.fromkeys(parts, True)
    assert "no-store" in response.headers["Cache-Control"]


def test_asks_for_migrations_until_they_are_applied_and_then_no_more(client, django_assert_num_queries):
    client.get("/livez")
    with django_assert_num_queries(1):
        client.get("/livez")


@BOTH
def test_a_pending_migration(client, monkeypatch, path, parts):
    monkeypatch.setattr(
        "npq_portal.health.MigrationExecutor.migration_plan", lambda self, targets: ["pending"]
    )
    response = client.get(path)
    assert (response.status_code, response.json()["migrations"]) == (503, False)


@pytest.mark.parametrize(("minutes", "status"), [(9, 200), (11, 503)])
def test_mail_that_nobody_sends(client, minutes, status):
    queue(now=timezone.now() - timedelta(minutes=minutes))
    response = client.get("/healthz")
    assert (response.status_code, response.json()["mail"]) == (status, status == 200)
    assert client.get("/livez").status_code == 200, "A dead mail worker is no reason to send visitors away"


def test_mail_that_waits_for_its_next_try_is_well(client):
    queue(now=timezone.now() - timedelta(hours=5))
    OutboxMessage.objects.update(next_try_at=timezone.now() + timedelta(hours=1))
    assert client.get("/healthz").status_code == 200
    OutboxMessage.objects.update(state=MailState.DEAD, next_try_at=None)
    assert client.get("/healthz").status_code == 200


@BOTH
@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_no_database(client, monkeypatch, path, parts, error):
    class Gone:
        def cursor(self):
            raise error

    monkeypatch.setattr(health, "connection", Gone())
    response = client.get(path)
    assert response.status_code == 503
    assert response.json() == dict.fromkeys(parts, False)
