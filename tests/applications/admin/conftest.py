import pytest
from django.urls import reverse

from applications.models import Application
from tests.factories.applications import submitted_by
from tests.people import sign_in


@pytest.fixture
def theirs(world, teacher):
    """Submitted to Ambition Institute by the teacher, through the real verbs."""
    return submitted_by(teacher)


@pytest.fixture
def admin_as(client, request):
    """Signs a person in, by the name of their fixture, with the second step proven."""
    return lambda name: sign_in(client, request.getfixturevalue(name))


@pytest.fixture
def address():
    def of(page: str, application: Application | None = None) -> str:
        return reverse(f"admin:applications_application_{page}", args=[application.pk] if application else [])

    return of
