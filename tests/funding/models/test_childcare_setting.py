"""What names a childcare setting, and how its place is written."""

import pytest

from funding.models import ChildcareSetting


def setting(**given):
    known = {"ofsted_urn": "EY101465", "name": "Daisy Chain", "town": "Leeds", "la_name": "Leeds"}
    return ChildcareSetting(**{**known, "postcode": "LS26 0NL", **given})


def test_is_named_by_its_ofsted_urn():
    assert (setting().reference, setting().number) == ("EY101465", "Ofsted URN EY101465")


def test_label_is_name_place_and_number():
    assert setting().label == "Daisy Chain, Leeds, LS26 0NL, Ofsted URN EY101465"


@pytest.mark.parametrize(
    ("given", "place"),
    [
        ({}, "Leeds, LS26 0NL"),
        ({"town": "LEEDS"}, "Leeds, LS26 0NL"),
        ({"town": "Horley", "la_name": "Surrey"}, "Horley, Surrey, LS26 0NL"),
        ({"postcode": ""}, "Leeds"),
        ({"town": "", "postcode": ""}, "Leeds"),
        ({"town": "", "la_name": "", "postcode": ""}, ""),
    ],
)
def test_place_is_what_is_known(given, place):
    assert setting(**given).place == place


@pytest.mark.parametrize(
    ("town", "written"),
    [
        ("STOKE-ON-TRENT", "Stoke-on-Trent"),
        ("BISHOP'S STORTFORD", "Bishop's Stortford"),
        ("THE WIRRAL", "The Wirral"),
        ("Westcliff-On-Sea", "Westcliff-On-Sea"),
    ],
)
def test_a_town_in_capitals_is_written_in_small_letters(town, written):
    assert setting(town=town, la_name="", postcode="").place == written
