"""The judged queries: made by a seed, with the answers that are right."""

import pytest

from tests.benchmarks.judged import Maker, make, spoken
from tests.factories.funding import ClosedSchoolFactory, EstablishmentFactory, EstablishmentLinkFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def schools(db):
    EstablishmentFactory(
        urn="100001", name="St Wilfrid's Church of England Primary School", postcode="NW5 3RD"
    )
    EstablishmentFactory(urn="100002", name="Beckfoot Grammar School", postcode="NW5 3RE", ukprn="10000001")
    ClosedSchoolFactory(urn="100003", name="Thornbury Infant School")
    EstablishmentLinkFactory(
        urn="100002", linked_urn="100003", linked_name="Thornbury Infant School", kind="Predecessor"
    )
    EstablishmentLinkFactory(urn="100003", linked_urn="100002")


def test_the_same_seed_makes_the_same():
    assert make(7, 2) == make(7, 2)
    assert make(7, 2) != make(8, 2)


def test_all_answers_are_open_schools_and_at_most_two():
    judged = make(7, 3)
    assert len({each.kind for each in judged}) > 15
    for each in judged:
        assert 1 <= len(each.answers) <= 2
        assert each.answers <= {"100001", "100002"}


def test_a_former_name_means_the_school_that_followed():
    (former,) = [each for each in make(7, 3) if each.kind == "the name it had before"]
    assert (former.text, former.answers) == ("Thornbury Infant School Camden", {"100002"})


@pytest.mark.parametrize(
    "name",
    [
        "St. Wilfrid's C of E School",
        "Saint Wilfrids Church of England School",
        "St Wilfrid\u2019s CE School",
        "The St Wilfrid's CofE School",
    ],
)
def test_ways_of_writing_one_name_are_one(name):
    assert spoken(name) == "st wilfrids cofe school"


def test_a_mistake_keeps_the_first_letter_and_most_others():
    maker = Maker(1)
    for _ in range(50):
        wrong = maker.mistake("Beckfoot")
        assert wrong[0] == "B"
        assert abs(len(wrong) - len("Beckfoot")) <= 1
