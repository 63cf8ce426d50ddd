"""The verbs themselves: all or nothing, and of two who save at once only the first."""

import threading
from datetime import date

import pytest
from django.db import IntegrityError, connection

from catalogue.actions.course_runs import StaleRunError, TakenRunError, change_run
from catalogue.models import CourseRun, Session
from npq_portal.audit.models import AuditEvent
from tests.catalogue.conftest import NOW
from tests.factories.applications import ApplicationFactory
from tests.factories.catalogue import CourseRunFactory, LeadProviderFactory


@pytest.mark.django_db
def test_a_session_that_the_database_refuses_undoes_it_all():
    run = CourseRunFactory()
    run.starts_on = date(2027, 1, 6)
    with pytest.raises(IntegrityError):
        change_run(run=run, seen=run.updated_at, sessions=[Session(venue="The hall")], by=None, now=NOW)
    assert CourseRun.objects.get(pk=run.pk).starts_on == date(2027, 1, 13)
    assert not AuditEvent.objects.about(run).exists()


@pytest.mark.django_db
def test_a_stale_change_changes_nothing():
    run = CourseRunFactory()
    seen = run.updated_at
    run.save()
    with pytest.raises(StaleRunError):
        change_run(run=run, seen=seen, by=None, now=NOW)
    assert not AuditEvent.objects.about(run).exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_is_told():
    run = CourseRunFactory()
    gate = threading.Barrier(2)
    outcomes = []

    def change(day):
        try:
            mine = CourseRun.objects.get(pk=run.pk)
            gate.wait()
            mine.starts_on = day
            change_run(run=mine, seen=run.updated_at, by=None, now=NOW)
            outcomes.append(day)
        except StaleRunError:
            outcomes.append(None)
        finally:
            connection.close()

    people = [threading.Thread(target=change, args=[date(2027, 1, day)]) for day in (6, 7)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    run.refresh_from_db()
    assert outcomes.count(None) == 1
    assert run.starts_on in outcomes
    assert AuditEvent.objects.about(run).count() == 1


@pytest.mark.django_db
def test_a_run_that_somebody_applied_for_stays_the_same_course():
    run = CourseRunFactory()
    ApplicationFactory(registered=True, course_run=run)
    run.provider = LeadProviderFactory()
    with pytest.raises(TakenRunError):
        change_run(run=run, seen=run.updated_at, by=None, now=NOW)
    assert CourseRun.objects.get().provider != run.provider
    assert not AuditEvent.objects.exists()


@pytest.mark.django_db
def test_another_reference_that_leads_nowhere_is_not_told_as_somebody_registered():
    """Only the reference of an application to its run says that."""
    run = CourseRunFactory()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    run.term_id = -1
    with pytest.raises(IntegrityError):
        change_run(run=run, seen=run.updated_at, by=None, now=NOW)
