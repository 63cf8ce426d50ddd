"""/funding/hub/: from a school to the hubs that serve it."""

from html import unescape

import pytest

from tests.factories.catalogue import HubAreaFactory, HubFactory, PostcodeDistrictFactory
from tests.factories.funding import EstablishmentFactory
from tests.queries import queries_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def hub(db):
    made = HubFactory(code="SE4", name="The Ashford Hub")
    HubAreaFactory(hub=made, district_code="E07000105", district_name="Ashford")
    return made


def school(**fields):
    return EstablishmentFactory(name="Oakwood School", **fields)


def page(client, query=""):
    answer = client.get(f"/funding/hub/{query}")
    assert answer.status_code == 200
    return unescape(answer.content.decode())


@pytest.mark.parametrize(
    ("where", "place"),
    [
        ({"district_code": "E07000105", "district_name": "Ashford"}, "Ashford"),
        ({"district_code": "E06000999", "district_name": "Ashford"}, "Ashford"),
        ({"district_code": "", "district_name": "", "postcode": "TN24 8AA"}, "TN24 8AA"),
    ],
)
def test_a_school_leads_to_the_hubs_of_its_place_and_keeps_its_name(client, hub, where, place):
    PostcodeDistrictFactory(outward_code="TN24", district_code="E07000105")
    shown = page(client, f"?workplace={school(**where).reference}")
    assert "<title>The hub of Oakwood School" in shown
    assert f"1 hub for {place}" in shown
    assert f'href="{hub.get_absolute_url()}"' in shown


def test_of_a_school_without_a_place_no_hub_is_guessed(client, hub):
    shown = page(client, f"?workplace={school(district_code='', district_name='', postcode='').reference}")
    assert "We do not know which hub serves it" in shown
    assert "The Ashford Hub" not in shown


def test_a_district_is_called_by_its_name(client, hub):
    shown = client.get("/hubs/?place=E07000105").content.decode()
    assert "1 hub for Ashford" in shown
    assert 'value="Ashford"' in shown


def test_schools_are_looked_for_by_name(client):
    found = school()
    assert "Which school or college?" in page(client)
    assert f'name="workplace" type="radio" value="{found.reference}"' in page(client, "?q=oakwood")
    assert "Nothing found for “Narnia Academy”" in page(client, "?q=Narnia+Academy")
    assert "Enter the name, place, postcode or number" in page(client, "?q=")


@pytest.mark.parametrize("reference", ["999999", "x", "ukprn-1", "\u0663"])
def test_what_is_no_reference_is_not_found(client, reference):
    assert client.get(f"/funding/hub/?workplace={reference}").status_code == 404


def test_the_ways_here(client, hub):
    assert 'href="/funding/hub/"' in client.get("/hubs/").content.decode()
    assert (
        'href="/funding/hub/?q=Oakwood%20School"'
        in client.get("/hubs/?place=Oakwood+School").content.decode()
    )


def test_queries_do_not_grow(client, hub):
    found = school(district_code="E07000105").reference
    few = queries_of(lambda: client.get(f"/funding/hub/?workplace={found}"))
    for number in range(20):
        HubAreaFactory(hub=hub, district_code=f"E{number}")
    assert queries_of(lambda: client.get(f"/funding/hub/?workplace={found}")) == few
