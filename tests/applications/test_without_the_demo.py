"""A portal without the demonstration, as README's steps for production leave it: people can apply."""

import pytest
from django.core.management import call_command

from applications.models import ProviderForm
from tests.factories.applications import ApplicationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def installed(monkeypatch):
    """Without the workplaces, which have tests of their own and play no part here."""
    monkeypatch.setattr("funding.loading.load", lambda progress: None)

    def load():
        call_command("load_reference_data", verbosity=0)

    load()
    return load


def test_the_providers_form_opens(installed, teacher, teacher_client):
    application = ApplicationFactory(registered=True, applicant=teacher)
    response = teacher_client.get(f"/applications/{application.pk}/form/")
    assert response.status_code == 200
    assert "Why do you want to take this NPQ now?" in response.content.decode()


def test_loading_again_publishes_nothing_new(installed):
    before = list(ProviderForm.objects.values())
    installed()
    assert list(ProviderForm.objects.values()) == before
