"""The first page says what needs doing, for the person who looks."""

import pytest

from npq_portal.mail.models import MailState, OutboxMessage
from npq_portal.staff import dashboard
from npq_portal.staff.dashboard import Panel
from npq_portal.staff.roles import Role
from tests.mail.test_queueing import queue


@pytest.fixture
def panels(monkeypatch):
    monkeypatch.setattr(dashboard, "_sources", [])

    @dashboard.register
    def source(user, roles, now):
        yield Panel("For everybody", 3, "/one/")
        if Role.PROVIDER in roles:
            yield Panel("Applications to decide", 2, "/two/", urgent=True)


@pytest.mark.usefixtures("panels")
def test_shows_each_role_its_own_urgent_first(our_client):
    page = our_client.get("/admin/").content.decode()
    assert page.index("Applications to decide") < page.index("For everybody")


def test_what_a_person_is_here_for_comes_first(monkeypatch):
    monkeypatch.setattr(dashboard, "_sources", [])
    first, urgent = Panel("To decide", 0, "/one/", leads=True), Panel("Overdue", 2, "/two/", urgent=True)
    dashboard.register(lambda user, roles, now: iter([urgent, first]))
    assert dashboard.panels_for(None, frozenset(), None) == [first, urgent]


@pytest.mark.usefixtures("panels")
def test_and_not_those_of_others(portal_client):
    page = portal_client.get("/admin/").content.decode()
    assert "For everybody" in page
    assert "Applications to decide" not in page


def test_mail_that_could_not_be_sent_is_shown_and_can_be_sent_again(portal_client, settings):
    settings.ROOT_URLCONF = "npq_portal.urls"
    message = queue()
    OutboxMessage.objects.update(state=MailState.DEAD, next_try_at=None)
    assert "E-mails that could not be sent" in portal_client.get("/admin/").content.decode()
    form = {"action": "try_again", "_selected_action": [message.pk]}
    portal_client.post("/admin/mail/outboxmessage/", form)
    message.refresh_from_db()
    assert message.state == MailState.QUEUED
