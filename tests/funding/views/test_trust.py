"""/funding/trusts/: a trust's schools and the lists that name them; trusts are found where a school is asked for."""

import re
from html import unescape

import pytest

from funding import queries
from tests.factories.catalogue import TermFactory
from tests.factories.funding import ClosedSchoolFactory, EstablishmentFactory, list_in_use
from tests.queries import queries_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def schools(db):
    term = TermFactory()
    list_in_use("pp50-schools", term, urns=["100000"])
    list_in_use("rise", term, urns=["100001"])
    EstablishmentFactory(urn="100000", name="Ash School", trust="Orchard Learning Trust")
    EstablishmentFactory(urn="100001", name="Beech School", trust="Orchard Learning Trust")
    EstablishmentFactory(urn="100002", name="Cedar School", trust="Meadow Trust")
    ClosedSchoolFactory(urn="100003", name="Old School", trust="Orchard Learning Trust")
    EstablishmentFactory(urn="100004", name="Alone School")


def see(client, name):
    answer = client.get("/funding/trusts/", {"name": name})
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def test_lists_its_open_schools_and_their_lists(client):
    page = see(client, "Orchard Learning Trust")
    rows = re.findall(r">(\w+) School</a>.*?<td[^>]*>(.*?)</td>\s*<td[^>]*>(.*?)</td>", page, re.DOTALL)
    assert rows == [("Ash", "On it", "Not on it"), ("Beech", "Not on it", "On it")]
    assert "/funding/establishments/100000/?setting=academy_trust" in page


@pytest.mark.parametrize("name", ["", "Nobody", "\x00", "x" * 5000, "🐸"])
def test_no_such_trust_is_not_found(client, name):
    assert client.get("/funding/trusts/", {"name": name}).status_code == 404


def test_is_found_where_somebody_of_a_trust_searches(client):
    page = client.get(
        "/funding/check/", {"setting": "academy_trust", "q": "orchard lerning"}
    ).content.decode()
    assert 'href="/funding/trusts/?name=Orchard%20Learning%20Trust"' in page
    assert "2 schools" in page
    assert (
        "Academy trusts"
        not in client.get("/funding/check/", {"setting": "school", "q": "orchard"}).content.decode()
    )


@pytest.mark.parametrize(
    "typed", ["orchard", "Orchard Learning", "learning orchard", "orchrd learning trust"]
)
def test_trusts_are_found_by_what_is_typed(typed):
    assert next(each.name for each in queries.trusts_named(typed)) == "Orchard Learning Trust"


def test_four_queries_whatever_the_number_of_schools(client):
    """The term, the schools with the lists that name them, how old the facts are, and the banner."""
    for_two = queries_of(lambda: see(client, "Orchard Learning Trust"))
    for number in range(30):
        EstablishmentFactory(name=f"School {number}", trust="Orchard Learning Trust")
    assert see(client, "Orchard Learning Trust").count("/funding/establishments/") == 32
    assert queries_of(lambda: see(client, "Orchard Learning Trust")) == for_two == 4
