"""The type-ahead's answers."""

import pytest

from tests.factories.funding import (
    ClosedSchoolFactory,
    EstablishmentFactory,
    EstablishmentLinkFactory,
    PostSixteenFactory,
    find_again,
)

pytestmark = pytest.mark.django_db
ADDRESS = "/funding/workplaces.json"


def names(client, typed):
    return [each["name"] for each in client.get(ADDRESS, {"q": typed}).json()["results"]]


def test_answers_with_what_can_be_chosen(client):
    school = EstablishmentFactory(name="The Aldgate School")
    ClosedSchoolFactory(name="Aldgate Infant School")
    assert client.get(ADDRESS, {"q": "aldg"}).json() == {
        "query": "aldg",
        "corrected": "",
        "results": [
            {
                "reference": school.urn,
                "name": "The Aldgate School",
                "place": "Camden, NW5 3RD",
                "number": f"URN {school.urn}",
                "was": "",
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
def test_two_queries_at_most_and_one_for_what_is_spelt_right(client, rows, django_assert_max_num_queries):
    for _ in range(rows):
        EstablishmentFactory(name="Grange School")
    with django_assert_max_num_queries(2):
        client.get(ADDRESS, {"q": "gronge scool"})
    with django_assert_max_num_queries(1):
        client.get(ADDRESS, {"q": "grange school"})


def test_a_mistyped_name_is_answered_with_how_it_reads(client):
    EstablishmentFactory(name="Grange School")
    answer = client.get(ADDRESS, {"q": "gronge scool"}).json()
    assert (answer["corrected"], answer["results"][0]["name"]) == ("grange school", "Grange School")


def test_a_former_name_is_answered_by_the_open_successor(client):
    opened = EstablishmentFactory(name="New Academy")
    EstablishmentLinkFactory(
        urn=opened.urn, linked_urn="100001", linked_name="Old Mill School", kind="Predecessor"
    )
    find_again()
    (found,) = client.get(ADDRESS, {"q": "old mill"}).json()["results"]
    assert (found["name"], found["was"]) == ("New Academy", "Old Mill School")


def test_many_colleagues_behind_one_address_may_type(client):
    for number in range(100):
        assert client.get(ADDRESS, {"q": f"grange {number}"}).status_code == 200


def test_only_asks(client):
    assert client.post(ADDRESS).status_code == 405
