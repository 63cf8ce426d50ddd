"""/funding/terms/: what changed, term by term."""

import re
from html import unescape

import pytest

from tests.factories.catalogue import TermFactory
from tests.factories.funding import (
    ChildcareSettingFactory,
    ClosedSchoolFactory,
    EstablishmentFactory,
    eleven,
    list_in_use,
)

pytestmark = pytest.mark.django_db

TERMS = ["autumn-2021", "autumn-2024", "autumn-2025", "spring-2026", "autumn-2026"]


@pytest.fixture(autouse=True)
def terms(db):
    eleven()
    made = {identifier: TermFactory(identifier=identifier) for identifier in TERMS}
    list_in_use("pp50-schools", made["autumn-2025"], urns=["100000"])
    EstablishmentFactory(urn="100000", name="Oakwood School")
    return made


def see(client, **query):
    answer = client.get("/funding/terms/", query)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def test_says_what_changed(client):
    page = see(client, workplace="100000")
    assert "What changed at Oakwood School" in page
    assert "Nothing was funded for anybody in this term." in page
    assert re.search(r"Autumn 2025</h3>.*Now funded: Leading literacy.", page, re.DOTALL)
    assert re.search(r"Autumn 2026</h3>.*No longer funded: Leading literacy.", page, re.DOTALL)
    assert "On the list of schools with the most disadvantaged pupils (PP50) (edition for autumn 2025" in page


def test_each_term_leads_to_its_answers(client):
    page = see(client, workplace="100000", setting="academy_trust")
    assert "/funding/establishments/100000/?setting=academy_trust&term=autumn-2024" in page
    assert page.count('scope="col"') == 5


def test_goes_back_as_far_as_asked(client):
    assert see(client, workplace="100000", since="autumn-2021").count('scope="col"') == 6
    assert see(client, workplace="100000", since="frog").count('scope="col"') == 5
    assert "Not offered" in see(client, workplace="100000", since="autumn-2021")


def test_for_someone_who_has_no_school(client):
    page = see(client, setting="early_years", kind="childminder", ofsted="none")
    assert "What changed as a childminder" in page
    assert "No longer funded: Early years leadership" not in page


def test_who_has_not_said_enough_is_asked(client):
    answer = client.get("/funding/terms/", {"setting": "early_years"})
    assert (answer.status_code, answer.url) == (302, "/funding/check/?setting=early_years")


def test_a_closed_school_leads_to_its_own_page(client):
    ClosedSchoolFactory(urn="100001")
    answer = client.get("/funding/terms/", {"workplace": "100001"})
    assert (answer.status_code, answer.url) == (302, "/funding/establishments/100001/")


def test_two_workplaces_are_not_mixed(client):
    ChildcareSettingFactory(ofsted_urn="EY101465", name="Acorns")
    page = see(client, setting="school", workplace="100000", ofsted="EY101465")
    assert "What changed at Oakwood School" in page


@pytest.mark.parametrize("workplace", ["a/b", "/", "%00", "🐸", "x" * 5000])
def test_nonsense_is_asked_again(client, workplace):
    answer = client.get("/funding/terms/", {"setting": "school", "workplace": workplace}, follow=True)
    assert f"We do not know the workplace “{workplace[:40]}”" in unescape(answer.content.decode())


@pytest.mark.parametrize("part", [{"setting": "frog"}, {"since": "frog"}])
def test_what_it_does_not_know_is_left_out_and_said(client, part):
    assert "“frog”." in see(client, workplace="100000", **part)


def test_an_unknown_workplace_is_not_found(client):
    assert client.get("/funding/terms/", {"workplace": "999999"}).status_code == 404


def test_the_same_number_of_queries_whatever_the_terms(client, django_assert_num_queries):
    for since in ("autumn-2021", "autumn-2026"):
        with django_assert_num_queries(5):
            see(client, workplace="100000", since=since)


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_only_asks(client, method):
    assert getattr(client, method)("/funding/terms/").status_code == 405
