"""/funding/: where do you work?"""

import re

import pytest

from tests.factories.funding import (
    ClosedSchoolFactory,
    EstablishmentFactory,
    EstablishmentLinkFactory,
    PostSixteenFactory,
    find_again,
)
from tests.queries import queries_of

pytestmark = pytest.mark.django_db


def test_asks(client):
    page = client.get("/funding/")
    assert page.status_code == 200
    assert "Where do you work?" in page.content.decode()


def test_an_empty_search_says_what_to_enter(client):
    page = client.get("/funding/", {"q": "  "}).content.decode()
    assert "<title>Error: " in page
    assert page.count("Enter the name, place, postcode or number of where you work") == 2
    assert 'href="#id_q"' in page


def test_shows_what_was_found_with_links(client):
    school = EstablishmentFactory(name="The Aldgate School")
    page = client.get("/funding/", {"q": "aldgate"}).content.decode()
    assert "1 workplace for “aldgate”" in page
    assert f'href="/funding/establishments/{school.urn}/"' in page


def test_an_institution_without_a_urn_has_a_link_too(client):
    college = PostSixteenFactory(name="Abingdon College")
    page = client.get("/funding/", {"q": "abingdon"}).content.decode()
    assert f'href="/funding/establishments/ukprn-{college.ukprn}/"' in page


def test_a_closed_school_names_its_successor(client):
    closed = ClosedSchoolFactory(name="Old Mill School")
    opened = EstablishmentFactory(name="New Academy")
    EstablishmentLinkFactory(urn=closed.urn, linked_urn=opened.urn)
    page = client.get("/funding/", {"q": "old mill"}).content.decode()
    assert re.search(r"Old Mill School.*Closed.*Followed by:.*New Academy", page, re.DOTALL)


def test_nothing_found_says_what_to_try(client):
    page = client.get("/funding/", {"q": "zzzzqqqq"}).content.decode()
    assert "Nothing found for “zzzzqqqq”" in page
    assert "Try fewer words" in page


@pytest.mark.parametrize("typed", ["a", "1", "?!"])
def test_too_little_to_search_for_asks_for_more(client, typed):
    EstablishmentFactory(name="The Aldgate School")
    assert "at least two letters" in client.get("/funding/", {"q": typed}).content.decode()


def test_says_when_some_words_were_left_out(client):
    EstablishmentFactory(name="The Aldgate School")
    page = client.get("/funding/", {"q": "aldgate zzzzzz"}).content.decode()
    assert "Nothing matches all of “aldgate zzzzzz”. These are the nearest" in page


def test_says_which_former_name_was_found(client):
    opened = EstablishmentFactory(name="New Academy")
    EstablishmentLinkFactory(
        urn=opened.urn, linked_urn="100001", linked_name="Old Mill School", kind="Predecessor"
    )
    find_again()
    page = client.get("/funding/", {"q": "old mill"}).content.decode()
    assert re.search(r"New Academy.*Was Old Mill School", page, re.DOTALL)


def test_says_when_spelling_was_put_right(client):
    EstablishmentFactory(name="The Aldgate School")
    page = client.get("/funding/", {"q": "aldgait"}).content.decode()
    assert "Showing results for “aldgate”" in page
    assert "Nothing matches “aldgait” as you typed it." in page
    assert "The Aldgate School" in page


def test_pages(client):
    for number in range(25):
        EstablishmentFactory(name=f"Grange School {number:02}")
    first = client.get("/funding/", {"q": "grange"}).content.decode()
    assert "25 workplaces for “grange”" in first
    assert "Showing 1 to 10" in first
    assert "?q=grange&amp;page=2" in first
    last = client.get("/funding/", {"q": "grange", "page": "3"}).content.decode()
    assert "Grange School 24" in last
    assert "Grange School 09" not in last


@pytest.mark.parametrize(
    ("page", "shown"), [("0", "1 to 10"), ("-1", "1 to 10"), ("x", "1 to 10"), ("9" * 400, "21 to 25")]
)
def test_a_page_that_is_not_there_is_the_nearest(client, page, shown):
    for number in range(25):
        EstablishmentFactory(name=f"Grange School {number:02}")
    assert f"Showing {shown}" in client.get("/funding/", {"q": "grange", "page": page}).content.decode()


@pytest.mark.parametrize("typed", ["a", "x" * 5000, "\x00\x1f", "%_\\'\"", "<script>alert(1)</script>", "🐸"])
def test_any_text_gives_a_normal_page(client, typed):
    EstablishmentFactory()
    page = client.get("/funding/", {"q": typed})
    assert page.status_code == 200
    assert "<script>alert" not in page.content.decode()


def test_the_same_number_of_queries_for_1_and_30(client):
    def search():
        return client.get("/funding/", {"q": "grange school"})

    def closed_schools(number):
        for _ in range(number):
            opened = EstablishmentFactory(name="New Academy")
            EstablishmentLinkFactory(urn=ClosedSchoolFactory(name="Grange School").urn, linked_urn=opened.urn)

    closed_schools(1)
    for_one = queries_of(search)
    assert "1 workplace for" in search().content.decode()
    closed_schools(29)
    assert queries_of(search) == for_one == 5  # the banner's among them
    page = search().content.decode()
    assert "30 workplaces for" in page
    assert page.count("Followed by:") == 10


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_only_asks(client, method):
    assert getattr(client, method)("/funding/").status_code == 405


def test_sets_no_cookie(client):
    assert not client.get("/funding/", {"q": "oak"}).cookies


@pytest.mark.parametrize("raw", ["q=%ED%A0%80", "q=%FF%FE", "q=a&q=b", "q[]=a", "page=2", "q=%00"])
def test_any_address_gives_a_normal_page(client, raw):
    assert client.get(f"/funding/?{raw}").status_code == 200


def test_numbers_that_only_begin_so_are_explained(client):
    EstablishmentFactory(urn="100000")
    PostSixteenFactory(ukprn="10000055")
    page = client.get("/funding/", {"q": "100000"}).content.decode()
    assert "The others have a number that begins with 100000" in page
    page = client.get("/funding/", {"q": "10000055"}).content.decode()
    assert "The others have a number" not in page


def test_a_college_whose_place_we_do_not_know_says_so(client):
    PostSixteenFactory(ukprn="10000055")
    page = client.get("/funding/", {"q": "10000055"}).content.decode()
    assert "Place not known to us. Further education. UKPRN 10000055" in page
