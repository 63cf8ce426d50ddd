"""What stands in for an outward code whose middle, or whose district, we do not know."""

import csv

import pytest

from catalogue.finder.place import find_place
from catalogue.loading.reading import DATA
from catalogue.models import PostcodeArea
from catalogue.organisations.find_hub import find_hubs
from catalogue.postcodes import find_outward
from tests.factories.catalogue import HubAreaFactory, PostcodeAreaFactory, PostcodeDistrictFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def cities(db):
    for code, easting in (("M2", 10), ("M4", 30), ("M40", 900), ("EC1M", 50), ("EC1R", 70), ("EC4A", 600)):
        PostcodeAreaFactory(outward_code=code, easting=easting, northing=1)
    for code, district in (("M1", "E1"), ("M2", "E2"), ("M4", "E1"), ("M40", "E1"), ("EC1A", "E3")):
        PostcodeDistrictFactory(outward_code=code, district_code=district)
    HubAreaFactory(district_code="E1", district_name="Manchester")


def stand_in(code):
    found = find_outward(code)
    return found and ([east for east, _ in found.points], found.stands_in, found.is_known)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("M2", ([10], "", True)),
        ("EC1", ([50, 70], "", True)),
        ("EC1A", ([50, 70], "the other EC1 postcodes", True)),
        ("M1", ([30], "M4", True)),
        ("M99", ([10, 30, 900], "the M postcodes", False)),
        ("EC1Z", ([50, 70], "the other EC1 postcodes", False)),
        ("ZZ1", None),
    ],
)
def test_what_is_measured_from(cities, code, expected):
    assert stand_in(code) == expected


def test_two_that_are_as_near_in_number_both_count(cities):
    PostcodeAreaFactory(outward_code="M3", easting=20, northing=1)
    PostcodeAreaFactory(outward_code="M5", easting=40, northing=1)
    for code in ("M3", "M5"):
        PostcodeDistrictFactory(outward_code=code, district_code="E9")
    PostcodeAreaFactory.create(outward_code="M6", easting=60, northing=1)
    PostcodeDistrictFactory(outward_code="M4", district_code="E9")
    assert stand_in("M4") == ([30], "", True)
    PostcodeArea.objects.filter(outward_code="M4").delete()
    assert stand_in("M4") == ([20, 40], "M3 and M5", True)


def test_the_pages_say_what_stands_in(cities, client):
    page = client.get("/courses/", {"near": "M1 2AB"}).content.decode()
    assert "We do not know exactly where M1 2AB is, so we measure from the middle of M4." in page
    hubs = client.get("/hubs/", {"place": "M99"}).content.decode()
    assert "We do not know which district M99 is in, so these are the hubs of the M postcodes" in hubs
    known = client.get("/hubs/", {"place": "M1"}).content.decode()
    assert "We do not know" not in known
    assert "Serves Manchester." in known


def test_the_middles_of_cities_are_places(loaded):
    for typed in ("M1", "LS1", "SW1A", "EC1A 1BB", "B1", "B3", "L2", "YO1", "NE1 4AB", "PO41"):
        assert find_hubs(typed).serving, typed
        assert find_place(typed), typed


def test_each_code_that_has_a_middle_has_a_district():
    districts = {row["outward_code"] for row in csv.DictReader((DATA / "postcode_districts.csv").open())}
    middles = DATA.parent.parent / "funding" / "data" / "postcode_areas.csv"
    assert {row["outward_code"] for row in csv.DictReader(middles.open())} <= districts
