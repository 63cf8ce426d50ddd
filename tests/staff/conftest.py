import pytest

from catalogue.models.membership import ProviderMembership
from catalogue.models.provider import LeadProvider
from tests.people import PortalStaffFactory, StaffFactory, sign_in


@pytest.fixture(autouse=True)
def _test_admin(settings):
    settings.ROOT_URLCONF = "tests.staff.urls"


def provider(name):
    return LeadProvider.objects.create(name=name, slug=name.lower())


def member(name, **person):
    """Provider staff of a new provider called `name`."""
    user = StaffFactory(**person)
    ProviderMembership.objects.create(user=user, provider=provider(name))
    return user


@pytest.fixture
def ours(db):
    return member("Ours", email="ours@example.test", full_name="Olu Ours")


@pytest.fixture
def rival(db):
    return member("Rival", email="rival@example.test", full_name="Rhea Rival")


@pytest.fixture
def portal_client(client, db):
    return sign_in(client, PortalStaffFactory(email="dfe@example.test"))


@pytest.fixture
def our_client(client, ours):
    return sign_in(client, ours)
