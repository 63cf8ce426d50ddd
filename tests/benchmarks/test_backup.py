"""The backup's benchmark measures a whole way there and back."""

import pytest

from tests.benchmarks import backup, figures
from tests.factories.catalogue import LeadProviderFactory, QualificationFactory, TermFactory


@pytest.mark.django_db(transaction=True)
def test_what_comes_back_is_all_there(monkeypatch):
    for module in (figures, backup):
        monkeypatch.setattr(module, "REGISTERED", 21)
    for name, number in (("DRAFTS", 5), ("ENDED", 3)):
        monkeypatch.setattr(figures, name, number)
    for make in (LeadProviderFactory, QualificationFactory):
        make.create_batch(2)
    TermFactory()
    steps = []
    measured = backup.measure(lambda: steps.append(1))
    assert len(steps) == backup.STEPS
    assert [figure.unit for figure in measured] == ["minutes", "minutes", "minutes", "MB"]
    assert all(figure.measured > 0 for figure in measured)
