"""A form that somebody else holds at this moment: who builds it is told so, and loses nothing of what they wrote."""

import threading

import pytest
from django.db import connection, transaction

from applications import actions
from applications.models import ProviderForm
from applications.vocabulary import Purpose
from tests.factories.applications import NOW, staff_of
from tests.people import sign_in

pytestmark = pytest.mark.django_db(transaction=True)
LIST = "/admin/applications/providerform/"
TOLD = "Someone else is changing this at the same time. Nothing was saved: try again in a moment."


@pytest.fixture
def held(world):
    """A draft, whose row another connection keeps to itself for the length of the test."""
    manager = staff_of(world.ambition, role="manager", email="manager@example.test")
    draft = actions.begin_draft(provider=world.ambition, purpose=Purpose.GENERAL, by=manager, now=NOW)
    is_held, enough = threading.Event(), threading.Event()

    def hold():
        with transaction.atomic():
            ProviderForm.objects.select_for_update().get(pk=draft.pk)
            is_held.set()
            enough.wait(timeout=30)
        connection.close()

    holder = threading.Thread(target=hold)
    holder.start()
    is_held.wait(timeout=30)
    yield draft
    enough.set()
    holder.join()


def test_saving_and_publishing_say_so(client, held, monkeypatch):
    monkeypatch.setattr("npq_portal.verbs.PATIENCE", "100ms")
    sign_in(client, staff_of(held.provider, role="manager", email="colleague@example.test"))
    seen = held.edited_at.isoformat()
    sent = {"title": held.title, "seen": seen, "entries-TOTAL_FORMS": 1, "entries-INITIAL_FORMS": 0}
    sent |= {"entries-0-kind": "short_text", "entries-0-label": "What I have just written"}
    page = client.post(f"{LIST}{held.pk}/change/", sent).content.decode()
    assert TOLD in page
    assert "What I have just written" in page
    assert TOLD in client.post(f"{LIST}{held.pk}/publish/", {"seen": seen}, follow=True).content.decode()
    held.refresh_from_db()
    assert held.published_at is None
