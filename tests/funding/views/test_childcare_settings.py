"""The type-ahead's answers for childcare settings: the same shape and the same rules as for workplaces."""

import pytest

from tests.factories.funding import ChildcareSettingFactory, EstablishmentFactory

pytestmark = pytest.mark.django_db
ADDRESS = "/funding/settings.json"


def test_answers_with_settings_alone(client):
    EstablishmentFactory(name="Rosewood School")
    ChildcareSettingFactory(name="Rosewood Nursery", ofsted_urn="EY319354")
    assert client.get(ADDRESS, {"q": "rosew"}).json() == {
        "query": "rosew",
        "corrected": "",
        "results": [
            {
                "reference": "EY319354",
                "name": "Rosewood Nursery",
                "place": "Leeds, LS8 5DT",
                "number": "Ofsted URN EY319354",
                "was": "",
            }
        ],
    }


def test_workplaces_are_answered_without_settings(client):
    ChildcareSettingFactory(name="Rosewood Nursery")
    assert client.get("/funding/workplaces.json", {"q": "rosewood"}).json()["results"] == []


@pytest.mark.parametrize("rows", [1, 30])
def test_ten_at_most_in_one_query_and_two_where_mistyped(client, rows, django_assert_num_queries):
    for _ in range(rows):
        ChildcareSettingFactory(name="Rosewood Nursery")
    with django_assert_num_queries(1):
        found = client.get(ADDRESS, {"q": "rosewood"}).json()
    assert len(found["results"]) == min(rows, 10)
    with django_assert_num_queries(2):
        assert client.get(ADDRESS, {"q": "roswood"}).json()["corrected"] == "rosewood"


@pytest.mark.parametrize("typed", ["", "ro", " ro ", "\x00\x1f", "x" * 10_000])
def test_too_little_or_too_much_finds_nothing(client, typed):
    ChildcareSettingFactory(name="Rosewood Nursery")
    answer = client.get(ADDRESS, {"q": typed})
    assert (answer.status_code, answer.json()["results"]) == (200, [])
    assert len(answer.content) < 500


def test_an_answer_may_be_kept_and_asked_about_again(client):
    ChildcareSettingFactory(name="Rosewood Nursery")
    first = client.get(ADDRESS, {"q": "rosewood"})
    assert first["Cache-Control"] == "public, max-age=300"
    again = client.get(ADDRESS, {"q": "rosewood"}, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_only_asks(client):
    assert client.post(ADDRESS).status_code == 405
