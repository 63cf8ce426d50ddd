"""What a typed place means."""

import pytest

from catalogue.places import letters, meaning_of, names_like
from tests.factories.catalogue import HubAreaFactory, HubFactory, PostcodeAreaFactory, PostcodeDistrictFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def tees(db):
    hub = HubFactory(code="NE1", name="Tees Hub")
    HubAreaFactory(hub=hub, district_code="E4", district_name="Stockton-on-Tees", other_names=["Stockton"])
    HubAreaFactory(hub=hub, district_code="E1", district_name="Stockport")
    return hub


def districts(typed):
    meant = meaning_of(typed)
    return meant and (meant.name, sorted(area.district_code for area in meant.areas))


def test_a_former_name_means_the_district_of_today(tees):
    assert districts("stockton") == ("Stockton-on-Tees", ["E4"])


def test_a_name_of_today_is_not_a_former_one(tees):
    HubAreaFactory(district_code="E5", district_name="Stockton")
    assert districts("Stockton") == ("Stockton", ["E5"])


def test_a_code_is_called_by_the_name_of_its_district(tees):
    assert districts("e4") == ("Stockton-on-Tees", ["E4"])


@pytest.mark.parametrize("row", [PostcodeAreaFactory, PostcodeDistrictFactory])
def test_an_outward_code_goes_before_the_code_of_a_hub(tees, row):
    assert districts("NE1") == ("NE1", ["E1", "E4"])
    row(outward_code="NE1")
    assert meaning_of("NE1").outward.codes == ("NE1",)


def test_a_name_that_is_nearly_right_is_offered(tees):
    assert names_like("Stokport") == ["Stockport"]
    assert names_like("Stock") == ["Stockport", "Stockton", "Stockton-on-Tees"]
    assert names_like("qqqq") == []


def test_the_beginning_of_one_hubs_name_means_it_and_of_several_offers_them():
    for name, code in (("Star Birmingham", "A1"), ("Star Pennine", "A2"), ("Saffron", "A3")):
        HubAreaFactory(hub=HubFactory(name=name), district_code=code)
    assert districts("saff") == ("Saffron", ["A3"])
    assert meaning_of("Star") is None
    assert names_like("Star") == ["Star Birmingham", "Star Pennine"]


@pytest.mark.parametrize(
    ("written", "also"),
    [
        ("St. Helens", "saint helens"),
        ("King's Lynn and West Norfolk", "Kings Lynn & West Norfolk"),
        ("Stockton-on-Tees", "stockton on tees"),
        ("Brighton and Hove", "Brighton&Hove"),
    ],
)
def test_ways_of_writing_a_name(written, also):
    assert letters(written) == letters(also)
