"""The type-ahead's answers."""

import pytest

from tests.factories.funding import ClosedSchoolFactory, EstablishmentFactory, PostSixteenFactory

pytestmark = pytest.mark.django_db
ADDRESS = "/funding/workplaces.json"


def names(client, typed):
    return [each["name"] for each in client.get(ADDRESS, {"q": typed}).json()["results"]]


def test_answers_with_what_can_be_chosen(client):
    school = EstablishmentFactory(name="The Aldgate School")
    ClosedSchoolFactory(name="Aldgate Infant School")
    assert client.get(ADDRESS, {"q": "aldg"}).json() == {
        "query": "aldg",
        "results": [
            {
                "reference": school.urn,
                "name": "The Aldgate School",
                "place": "Camden, NW5 3RD",
                "number": f"URN {school.urn}",
            }
        ],
    }


def test_an_institution_by_its_ukprn(client):
    college = PostSixteenFactory(name="Abingdon College")
    found = client.get(ADDRESS, {"q": "abingdon"}).json()["results"]
    assert found[0]["reference"] == f"ukprn-{college.ukprn}"
    assert found[0]["number"] == f"UKPRN {college.ukprn}"


def test_ten_at_most(client):
    for _ in range(12):
        EstablishmentFactory(name="Grange School")
    assert len(names(client, "grange")) == 10


@pytest.mark.parametrize("typed", ["", "a", "al", " al "])
def test_fewer_than_three_letters_find_nothing(client, typed, django_assert_num_queries):
    EstablishmentFactory(name="Aldgate School")
    with django_assert_num_queries(0):
        assert names(client, typed) == []


@pytest.mark.parametrize("typed", ["x" * 5000, "\x00\x1f\x02", "%_\\'\"", "&|!():*<->"])
def test_any_text_is_answered_shortly(client, typed):
    answer = client.get(ADDRESS, {"q": typed})
    assert answer.status_code == 200
    assert len(answer.content) < 500


def test_an_answer_may_be_kept_and_asked_about_again(client):
    EstablishmentFactory(name="Aldgate School")
    first = client.get(ADDRESS, {"q": "aldgate"})
    assert first["Cache-Control"] == "public, max-age=300"
    again = client.get(ADDRESS, {"q": "aldgate"}, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    EstablishmentFactory(name="Aldgate Nursery")
    changed = client.get(ADDRESS, {"q": "aldgate"}, headers={"if-none-match": first["ETag"]})
    assert changed.status_code == 200


def test_says_nothing_about_the_person(client):
    answer = client.get(ADDRESS, {"q": "aldgate"})
    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")


@pytest.mark.parametrize("rows", [1, 30])
def test_two_queries_at_most(client, rows, django_assert_max_num_queries):
    for _ in range(rows):
        EstablishmentFactory(name="Grange School")
    with django_assert_max_num_queries(2):
        client.get(ADDRESS, {"q": "gronge scool"})


def test_only_asks(client):
    assert client.post(ADDRESS).status_code == 405
