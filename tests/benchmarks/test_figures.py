"""The rows that the figures' benchmark counts fit the tables of today."""

import pytest

from applications.models import Application, EndedDraft
from tests.benchmarks import figures
from tests.factories.catalogue import LeadProviderFactory, QualificationFactory, TermFactory


@pytest.mark.django_db
def test_its_applications_can_be_made(monkeypatch):
    for name, number in (("REGISTERED", 21), ("DRAFTS", 5), ("ENDED", 3)):
        monkeypatch.setattr(figures, name, number)
    for make in (LeadProviderFactory, QualificationFactory):
        make.create_batch(2)
    TermFactory()
    with figures.many_applications():
        assert Application.objects.registered().count() == 21
        assert Application.objects.drafts().count() == 5
    assert not Application.objects.exists()
    assert not EndedDraft.objects.exists()
