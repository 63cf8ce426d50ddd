"""Which hubs serve a place."""

import pytest

from catalogue.organisations.find_hub import find_hubs
from tests.factories.catalogue import HubAreaFactory, HubFactory, PostcodeDistrictFactory

pytestmark = pytest.mark.django_db


def hub(code, name, *districts, la="Suffolk", **area):
    """A hub that serves districts, by (code, name)."""
    made = HubFactory(code=code, name=name)
    for district, called in districts:
        HubAreaFactory(
            hub=made, district_code=district, district_name=called, la_name=la, **{"known_as": called, **area}
        )
    return made


@pytest.fixture
def bright():
    return hub("NW7", "Bright Futures Hub", ("E1", "Stockport"), ("E2", "Manchester"), la="Greater Place")


def codes(typed):
    found = find_hubs(typed)
    return found and [each.hub.code for each in found.serving]


@pytest.mark.parametrize(
    "typed",
    ["Stockport", " stockport ", "STOCKPORT", "E1", "Greater Place", "nw7", "Bright Futures", "North West"],
)
def test_a_place_by_any_of_its_names(bright, typed):
    hub("SW1", "Another Hub", ("E9", "Poole"))
    assert codes(typed) == ["NW7"]


def test_a_district_tells_only_what_was_asked_for(bright):
    found = find_hubs("Stockport")
    assert (found.place, found.serving[0].districts, found.shared) == ("Stockport", ["Stockport"], [])


def test_an_authority_tells_its_districts(bright):
    assert find_hubs("greater place").serving[0].districts == ["Stockport", "Manchester"]


def test_a_district_with_two_hubs_shows_both_and_says_so():
    hub("SW8", "East Hub", ("E6", "Cornwall"))
    hub("SW11", "West Hub", ("E6", "Cornwall"))
    found = find_hubs("cornwall")
    assert [each.hub.code for each in found.serving] == ["SW8", "SW11"]
    assert found.shared == ["Cornwall"]


def test_a_district_that_hubs_name_each_their_way_is_one():
    hub("WM9", "A Hub", ("E8", "Birmingham North"), known_as="Birmingham")
    hub("WM10", "B Hub", ("E8", "Birmingham South"), known_as="Birmingham")
    found = find_hubs("Birmingham")
    assert [each.districts for each in found.serving] == [["Birmingham North"], ["Birmingham South"]]
    assert found.shared == ["Birmingham"]
    assert codes("birmingham north") == ["WM9"]


@pytest.mark.parametrize("typed", ["SK7", "sk7", "SK7 4AB", "sk74ab"])
def test_a_postcode_or_its_first_half(bright, typed):
    hub("NW9", "Cheshire Hub", ("E3", "Cheshire East"))
    PostcodeDistrictFactory(outward_code="SK7", district_code="E3", schools=2)
    PostcodeDistrictFactory(outward_code="SK7", district_code="E1", schools=16)
    PostcodeDistrictFactory(outward_code="SK8", district_code="E9", schools=99)
    assert codes(typed) == ["NW7", "NW9"]
    assert find_hubs(typed).place == typed.upper().replace("SK74AB", "SK7 4AB")


def test_hubs_with_most_schools_of_a_postcode_come_first(bright):
    hub("NW9", "Cheshire Hub", ("E3", "Cheshire East"))
    PostcodeDistrictFactory(outward_code="SK7", district_code="E3", schools=20)
    PostcodeDistrictFactory(outward_code="SK7", district_code="E1", schools=16)
    assert codes("SK7") == ["NW9", "NW7"]


def test_central_london_is_meant_without_the_last_letter():
    hub("L6", "Central Hub", ("E5", "City of London"))
    PostcodeDistrictFactory(outward_code="EC3A", district_code="E5")
    assert codes("EC3") == codes("EC3A") == codes("EC3A 5DE") == ["L6"]
    assert codes("EC9") is None


def test_a_hubs_code_that_is_also_an_outward_code_is_the_postcode():
    hub("L6", "Central Hub", ("E5", "City of London"))
    hub("NW1", "Inspire Hub", ("E7", "Liverpool"))
    PostcodeDistrictFactory(outward_code="L6", district_code="E7")
    assert codes("L6") == ["NW1"]


def test_rows_of_authorities_with_few_schools_there_do_not_count(bright):
    HubAreaFactory(
        hub=bright,
        district_code="E1",
        district_name="Stockport",
        la_code="1",
        la_name="Walsall",
        is_main=False,
    )
    assert codes("Walsall") is None


@pytest.mark.parametrize("typed", ["Narnia", "x", "!!!", "ZZ99 9ZZ", "E99999999", "' OR 1=1", "\u00e9", "st"])
def test_nonsense_is_no_place(bright, typed):
    assert find_hubs(typed) is None


REAL = {
    "Stockport": {"NW7"},
    "SK7 4AB": {"NW7"},
    "Birmingham": {"WM9", "WM10"},
    "Cornwall": {"SW8", "SW11"},
    "TR1": {"SW8", "SW11"},
    "East Suffolk": {"EE6", "EE10"},
    "Harrogate": {"YH3", "YH8", "YH10"},
    "Bristol": {"SW9"},
    "St Helens": {"NW8"},
    "Northampton": {"EM8"},
    "Hull": {"YH5"},
    "North West": {f"NW{number}" for number in range(1, 13)},
}


def test_the_real_areas(loaded):
    assert {typed: set(codes(typed) or ()) for typed in REAL} == REAL
