import pytest

from tests.factories.catalogue import TermFactory
from tests.factories.funding import EstablishmentFactory, list_in_use
from tests.funding.editions.making import urns
from tests.people import PortalStaffFactory

IN_USE = urns(100_000, 10)


@pytest.fixture
def term(db):
    return TermFactory()


@pytest.fixture
def staff(db):
    return PortalStaffFactory()


@pytest.fixture
def in_use(term):
    """The term decides with a list of ten schools, which are all here; so are five more."""
    for urn in urns(100_000, 15):
        EstablishmentFactory(urn=urn)
    return list_in_use("pp50-schools", term, urns=IN_USE)
