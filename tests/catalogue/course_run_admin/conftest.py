"""A course run and its own staff, for every test of its pages in the staff area."""

import pytest

from tests.factories.catalogue import (
    CourseRunFactory,
    HubMembershipFactory,
    ProviderMembershipFactory,
)


@pytest.fixture
def run():
    return CourseRunFactory()


@pytest.fixture
def rival():
    return CourseRunFactory()


@pytest.fixture
def hub_staff(run):
    return HubMembershipFactory(hub=run.hub).user


@pytest.fixture
def provider_staff(run):
    return ProviderMembershipFactory(provider=run.provider).user


@pytest.fixture(params=["hub_staff", "provider_staff"])
def own_staff(request):
    return request.getfixturevalue(request.param)
