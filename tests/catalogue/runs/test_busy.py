"""Whoever saves a run that somebody else holds waits a moment, is told so, and loses nothing that they wrote."""

from contextlib import contextmanager
from datetime import date
from threading import Event, Thread

import pytest
from django.db import connection, transaction

from catalogue.actions.course_runs import cancel_run
from catalogue.models import CourseRun, Session, Term
from npq_portal import verbs
from npq_portal.audit.models import AuditEvent
from npq_portal.verbs import Busy
from tests.catalogue.conftest import NOW
from tests.catalogue.course_run_admin.posting import answers, change_url
from tests.catalogue.runs.sheets import UPLOAD, file_of, rows_of
from tests.catalogue.runs.test_cancelling import page_of, said
from tests.catalogue.runs.test_copying import accept
from tests.factories.catalogue import OfferFactory, TermFactory

pytestmark = pytest.mark.django_db(transaction=True)
TOLD = "Someone else is changing this at the same time. Nothing was saved: try again in a moment."


@pytest.fixture(autouse=True)
def patience(monkeypatch):
    assert verbs.PATIENCE == "3s"
    monkeypatch.setattr(verbs, "PATIENCE", "50ms")


@contextmanager
def held(*rows):
    """By another transaction, until the block ends."""
    holds, done = Event(), Event()

    def hold():
        with transaction.atomic():
            for row in rows:
                type(row).objects.select_for_update().get(pk=row.pk)
            holds.set()
            assert done.wait(60)
        connection.close()

    thread = Thread(target=hold)
    thread.start()
    try:
        assert holds.wait(60)
        yield
    finally:
        done.set()
        thread.join()


def test_nobody_waits_without_end(run):
    with held(run), pytest.raises(Busy):
        cancel_run(run=run, seen=run.updated_at, by=None, now=NOW)
    assert CourseRun.objects.get(pk=run.pk).state == CourseRun.State.OPEN
    cancel_run(run=run, seen=run.updated_at, by=None, now=NOW)
    assert CourseRun.objects.get(pk=run.pk).state == CourseRun.State.CANCELLED


def test_each_page_says_so_and_keeps_what_was_filled_in(desk, run, session):
    term = TermFactory(identifier="autumn-2027", starts_on=date(2027, 11, 1))
    OfferFactory(provider=run.provider, qualification=run.qualification, term=term)
    preview = desk.post(UPLOAD, {"file": file_of([row | {"state": "Full"} for row in rows_of(run)])}).url
    typed = answers(run, starts_on="2027-01-12", confirmed="on")
    before = CourseRun.objects.count(), AuditEvent.objects.count()
    with held(CourseRun.objects.get(pk=run.pk), Term.objects.get(pk=term.pk)):
        for kept, answer in (
            ("We are sorry.", desk.post(page_of("courserun", run), said(run))),
            ("We are sorry.", desk.post(page_of("session", session), said(run))),
            ('value="2027-01-12"', desk.post(change_url(run), typed)),
            ("What the file would change", desk.post(preview, {"confirm": "1"})),
            ("2028-01-12", accept(desk, run)),
        ):
            assert answer.status_code == 200
            assert TOLD in answer.content.decode()
            assert kept in answer.content.decode()
    assert (CourseRun.objects.count(), AuditEvent.objects.count()) == before
    assert not Session.objects.get(pk=session.pk).cancelled
