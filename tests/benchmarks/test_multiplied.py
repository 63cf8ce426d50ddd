"""More schools than there are: of the real ones' words, no two alike in a district, and gone again afterwards."""

import pytest

from funding.models import Establishment, SearchName
from funding.search import find_workplaces
from tests.benchmarks import multiplied
from tests.factories.funding import EstablishmentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def real(db):
    for name in ("Oakwood Primary School", "Beckfoot Grammar School", "St Wilfrid's Catholic School"):
        EstablishmentFactory(name=name)
    EstablishmentFactory(
        name="The Grange Academy", district_name="Leeds", la_name="Leeds", postcode="LS1 1AA"
    )


def made():
    return Establishment.objects.filter(urn__range=(str(multiplied.FIRST_URN), str(multiplied.LAST_URN)))


def test_adds_what_is_missing_and_the_search_finds_it():
    multiplied.multiply(10, seed=1)
    assert Establishment.objects.count() == 10
    assert SearchName.objects.count() == 10
    for each in made():
        assert each in find_workplaces(f"{each.name} {each.district_name}")


def test_is_made_of_the_words_and_places_there_are():
    real = {word for name in Establishment.objects.values_list("name", flat=True) for word in name.split()}
    multiplied.multiply(10, seed=1)
    for each in made():
        assert set(each.name.split()) <= real
        assert (each.district_name, each.postcode[:5]) in {("Camden", "NW5 3"), ("Leeds", "LS1 1")}
    assert len({(each.name, each.district_name) for each in made()}) == 6


def test_the_same_seed_makes_the_same():
    assert list(multiplied.schools(5, 1)) == list(multiplied.schools(5, 1))
    assert list(multiplied.schools(5, 1)) != list(multiplied.schools(5, 2))


def test_can_be_undone():
    before = set(Establishment.objects.values_list("pk", flat=True))
    multiplied.multiply(10, seed=1)
    multiplied.undo()
    assert set(Establishment.objects.values_list("pk", flat=True)) == before
    assert SearchName.objects.count() == 4
