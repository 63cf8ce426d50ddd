"""The audit trail, the mails and the pages tell one story of one change of a run's sessions."""

from datetime import date

import pytest
from django.urls import reverse

from catalogue.actions.course_runs import change_run
from catalogue.history import run_changes
from npq_portal.audit.models import AuditEvent
from tests.catalogue.conftest import NOW
from tests.factories.catalogue import SessionFactory


@pytest.fixture
def thursdays(run):
    return [
        SessionFactory(run=run, position=number, on=date(2027, 1, 7 * number), title="")
        for number in (1, 2, 3)
    ]


@pytest.fixture
def the_first_removed_and_the_third_moved(run, thursdays):
    first, _, third = thursdays
    third.on = date(2027, 1, 28)
    change_run(run=run, seen=run.updated_at, sessions=[third], removed=[first], by=None, now=NOW)


@pytest.mark.usefixtures("the_first_removed_and_the_third_moved")
class TestWhereOneIsRemovedAndAnotherMoved:
    def test_the_trail(self, run):
        assert run_changes(AuditEvent.objects.about(run).get()) == [
            "Session removed: 7 January 2027",
            "Session: 21 January 2027 \u2192 28 January 2027",
        ]

    def test_the_mail(self, run):
        assert run.changes.get().lines == [
            "Session, Thursday 7 January 2027: does not take place.",
            "Session on 21 January 2027: Thursday 28 January 2027 (it was Thursday 21 January 2027).",
        ]

    def test_the_row_names_each_session_by_its_key(self, run, thursdays):
        event, (_, second, third) = AuditEvent.objects.about(run).get(), thursdays
        assert [session["pk"] for session in event.new["sessions"]] == [second.pk, third.pk]

    def test_no_page_of_staff_numbers_them(self, desk, run, thursdays):
        sessions = desk.get(reverse("admin:catalogue_session_changelist"), {"when": "any"}).content.decode()
        assert "Session on 28 January 2027" in sessions
        assert "Session on 14 January 2027" in sessions
        cancelling = desk.get(
            reverse("admin:catalogue_session_cancel", args=[thursdays[2].pk])
        ).content.decode()
        assert "<p>Thursday 28 January 2027" in cancelling
