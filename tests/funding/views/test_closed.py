"""A closed school's page leads to the school that followed it."""

import pytest

from tests.factories.funding import ClosedSchoolFactory, EstablishmentFactory, EstablishmentLinkFactory

pytestmark = pytest.mark.django_db


def test_leads_to_its_successor(client):
    closed = ClosedSchoolFactory(urn="100000", name="Old Mill School")
    opened = EstablishmentFactory(urn="149683", name="Mill Academy")
    EstablishmentLinkFactory(urn=closed.urn, linked_urn=opened.urn)
    page = client.get("/funding/establishments/100000/").content.decode()
    assert "Old Mill School has closed" in page
    assert 'href="/funding/establishments/149683/"' in page


def test_without_a_successor_it_says_so(client):
    ClosedSchoolFactory(urn="100000")
    page = client.get("/funding/establishments/100000/").content.decode()
    assert "We do not know of a school that followed it" in page


def test_a_constant_number_of_queries(client, django_assert_num_queries):
    closed = ClosedSchoolFactory(urn="100000")
    for _ in range(30):
        EstablishmentLinkFactory(urn=closed.urn, linked_urn=EstablishmentFactory().urn)
    with django_assert_num_queries(5):
        client.get("/funding/establishments/100000/")
