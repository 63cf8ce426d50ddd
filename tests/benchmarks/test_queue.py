"""The rows that the queue's benchmark pages through fit the tables of today."""

import pytest

from applications.models import Application
from tests.benchmarks import queue
from tests.factories.catalogue import LeadProviderFactory, QualificationFactory, TermFactory


@pytest.mark.django_db
def test_its_applications_can_be_made(monkeypatch):
    monkeypatch.setattr(queue, "APPLICATIONS", 21)
    monkeypatch.setattr(queue, "PAGE", 3)
    monkeypatch.setattr(queue, "EACH_PAGE", 5)
    TermFactory(identifier="autumn-2026")
    for make in (LeadProviderFactory, QualificationFactory):
        make.create_batch(2)
    with queue.many_applications() as made:
        assert Application.objects.count() == 21
        assert made.deep.startswith(f"{made.first}?after=")
    assert not Application.objects.exists()
