"""Registering, asking the sponsor and the sponsor's answer, posted again: one application, one reference, one mail."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from applications import actions
from applications.models import Application
from npq_portal.audit.models import AuditEvent
from npq_portal.mail.models import OutboxMessage
from tests.applications.fuzzing import Forms
from tests.applications.races.threads import all_at_once
from tests.applications.views.test_sponsoring import NOW, link
from tests.factories.applications import SPONSOR, WRITTEN, draft_of, registered_by, waiting_by
from tests.people import sign_in


def registering(person):
    return f"/applications/{draft_of(person).pk}/check-answers/", {}


def sending(person):
    row = registered_by(person)
    actions.save_form(application=row, answers=WRITTEN, sponsor=SPONSOR, by=person, now=NOW)
    return f"/applications/{row.pk}/form/send/", {}


def endorsing(person):
    waiting_by(person, now=NOW)
    return link(), {"answer": "endorse"}


POSTS = pytest.mark.parametrize(
    ("begun", "state", "mail"),
    [
        (registering, "registered", "registered"),
        (sending, "awaiting_sponsor", "sponsor_invited"),
        (endorsing, "submitted", "submitted"),
    ],
)


def stands():
    """The application's state and reference, and every audit row and mail so far."""
    row = Application.objects.get()
    audit = list(AuditEvent.objects.order_by("pk").values_list("action", flat=True))
    return row.state, row.reference, audit, list(OutboxMessage.objects.values_list("template", flat=True))


@pytest.mark.django_db
@POSTS
def test_again_at_once_after_going_back_and_a_week_later(
    world, teacher_client, teacher, begun, state, mail, monkeypatch
):
    address, data = begun(teacher)
    page = teacher_client.get(address).content.decode()
    assert address in [form.address for form in Forms.on(page, address)]
    teacher_client.post(address, data)
    first = stands()
    assert first[0] == state
    assert first[1]
    assert first[3].count(f"applications/{mail}") == 1
    assert teacher_client.post(address, data, follow=True).status_code == 200
    back = teacher_client.get(address, follow=True)
    assert back.status_code == 200
    offered = Forms.on(back.content.decode(), back.request["PATH_INFO"])
    assert address not in [form.address for form in offered], "the page offers it again"
    week = timezone.now() + timedelta(days=7)
    monkeypatch.setattr(timezone, "now", lambda: week)
    assert teacher_client.post(address, data, follow=True).status_code == 200
    assert stands() == first


@pytest.mark.django_db(transaction=True)
@POSTS
def test_by_twenty_windows_at_once(world, teacher, begun, state, mail):
    address, data = begun(teacher)
    cookies = sign_in(Client(), teacher).cookies

    def post():
        window = Client()
        window.cookies = cookies
        return window.post(address, data).status_code

    answers = all_at_once([post] * 20)
    assert set(answers) <= {200, 302}, answers
    after, reference, audit, mails = stands()
    assert (after, bool(reference)) == (state, True)
    assert mails.count(f"applications/{mail}") == 1
    assert len(audit) == len(set(audit)), "something was done twice"
