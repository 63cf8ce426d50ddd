"""The rows that the finder's benchmark searches fit the tables of today."""

import pytest
from django.db import connection

from catalogue.models import CourseRun, Session
from tests.benchmarks import finder
from tests.factories.catalogue import (
    HubFactory,
    LeadProviderFactory,
    PostcodeAreaFactory,
    QualificationFactory,
    TermFactory,
)


@pytest.mark.django_db
def test_its_runs_and_sessions_can_be_made(monkeypatch):
    monkeypatch.setattr(finder, "RUNS", 12)
    TermFactory(identifier="autumn-2026")
    for make in (HubFactory, LeadProviderFactory, PostcodeAreaFactory, QualificationFactory):
        make.create_batch(2)
    with finder.many_runs():
        assert {run.sessions.count() for run in CourseRun.objects.all()} == {finder.SESSIONS_EACH}
        connection.check_constraints()  # else the table cannot be emptied in a test's transaction
    assert not Session.objects.exists()
