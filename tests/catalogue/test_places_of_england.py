"""What a typed place means among all there are: one meaning, for the course finder and for find my hub."""

import pytest

from catalogue.finder.place import find_place
from catalogue.models import HubArea
from catalogue.organisations.find_hub import find_hubs
from catalogue.places import meaning_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Harrogate", "Harrogate"),
        ("scarborough", "Scarborough"),
        ("Carlisle", "Carlisle"),
        ("Stoke on Trent", "Stoke-on-Trent"),
        ("Brighton & Hove", "Brighton and Hove"),
        ("Brighton", "Brighton and Hove"),
        ("St. Albans", "St Albans"),
        ("St Edmundsbury", "West Suffolk"),
        ("Northampton", "West Northamptonshire"),
        ("Weymouth & Portland", "Dorset"),
        ("Poole", "Bournemouth, Christchurch and Poole"),
        ("Taunton Deane", "Somerset West and Taunton"),
        ("High Wycombe", "Buckinghamshire"),
        ("Huddersfield", "Kirklees"),
        ("Newcastle", None),
        ("Wycombe", "Buckinghamshire"),
        ("Hull", "Kingston upon Hull, City of"),
        ("North West", "North West"),
        ("LS2", "LS2"),
        ("nw11", "NW11"),
    ],
)
def test_the_finder_and_the_hubs_understand_the_same(typed, name):
    place, hubs = find_place(typed), find_hubs(typed)
    assert (place and place.name, hubs and hubs.place) == (name, name)


def test_every_name_of_every_place_is_understood_and_what_it_is_called_means_the_same(monkeypatch):
    areas = list(HubArea.objects.filter(is_main=True).select_related("hub"))
    monkeypatch.setattr("catalogue.places._areas", lambda: areas)
    for name in sorted({name for area in areas for name in (area.la_name, area.known_as, *area.other_names)}):
        meant = meaning_of(name)
        assert meant, name
        assert meaning_of(meant.name) == meant
