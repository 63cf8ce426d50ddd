"""The course finder's page."""

import re

import pytest
from django.test import Client
from django.utils.html import escape

from tests.catalogue.conftest import DAY
from tests.catalogue.finder.making import places, run_at
from tests.factories.catalogue import CourseRunFactory, QualificationFactory, SessionFactory
from tests.people import UserFactory, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


@pytest.fixture(autouse=True)
def somewhere(db):
    places()


def page(query="", client=None):
    answer = (client or Client()).get(f"/courses/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def words(text):
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def test_a_run_tells_when_where_how_far_and_how_many_places():
    npq = QualificationFactory(name="Headship", identifier="npq-headship")
    run = run_at(
        "SK8",
        qualification=npq,
        mode="blended",
        days="twilight",
        price=1949,
        price_plus_vat=True,
        price_as_of=DAY,
        funded_places=9,
        funded_taken=8,
        places_as_of=DAY,
    )
    text = page("?near=SK7")
    assert f'href="/courses/{run.pk}/"' in text
    told = words(text)
    assert "Headship, from 13 January 2027" in told
    assert f"{run.hub.name} , with {run.provider.name}" in told
    assert "Blended. Weekdays, after school. Apply by 4 January 2027." in told
    assert "The hall, SK8 4AB, about 10 miles away" in told
    assert "1 funded place left as of 22 November 2026" in told
    assert "£1,949 plus VAT if not funded as of 22 November 2026" in told
    assert "Nearest first." in told


def test_what_is_not_known_yet_is_said():
    CourseRunFactory(
        starts_on=None, ends_on=None, apply_by=None, hub=None, state="announced", is_example=True
    )
    told = words(page())
    assert "autumn 2026, date to be confirmed" in told
    assert "Venue to be confirmed" in told
    assert "Announced Example" in told


def test_what_could_not_be_used_is_told_and_the_rest_is():
    run_at("SK7", mode="online")
    told = words(page("?mode=online&days=frog&near=Narnia"))
    assert "We left out what we could not use: the days and times “frog” and the place “Narnia”." in told
    assert "1 course" in told


@pytest.mark.parametrize("query", ["?near=<script>alert(1)</script>", "?npq=<b>x</b>", "?mode=%22onload=%22"])
def test_nothing_typed_is_markup(query):
    text = page(query)
    assert "<script>alert" not in text
    assert "<b>x</b>" not in text
    assert '"onload="' not in text


@pytest.mark.parametrize(
    "query",
    [
        "?page=%00",
        "?near=%F0%9F%8F%AB",
        "?npq=%27%20OR%201=1--",
        "?within=-1&near=SK7",
        "?near=" + "x" * 5_000,
    ],
)
def test_nonsense_is_no_error(query):
    page(query)


def test_filters_can_be_taken_off():
    run_at("SK7")
    text = page("?near=SK7&within=20")
    assert 'href="/courses/#found"><span class="govuk-visually-hidden">Take off </span>Near: SK7' in text
    assert escape("/courses/?near=SK7#found") in text


def test_the_form_keeps_what_was_chosen_and_opens_where_it_is():
    text = page("?mode=online&near=SK7")
    assert '<option value="online" selected>' in text
    assert 'value="SK7"' in text
    assert '<details class="govuk-details" open>' in text
    assert '<details class="govuk-details">' in page("?near=SK7")


def test_nothing_found_tells_what_there_is_without_one_filter():
    run_at("M1", mode="blended")
    told = words(page("?near=SK7&within=5&mode=blended"))
    assert "No course fits all of this" in told
    assert "1 course without “Distance: Within 5 miles”" in told
    assert "The nearest without “Distance: Within 5 miles”" in told
    assert "about 20 miles away" in told
    assert "Tell me by e-mail when a course appears" in told
    assert "without “Taught" not in told


def test_nothing_found_and_nothing_near_it():
    assert "Taking off one filter is not enough: no course fits all the others." in words(
        page("?mode=online&days=twilight")
    )


def test_online_courses_are_counted_apart_and_the_nearest_at_a_venue_follow():
    run_at("SK8")
    CourseRunFactory(mode="online")
    told = words(page("?near=SK7&within=5"))
    assert "No course within 5 miles of SK7, but 1 online" in told
    assert "Online, from anywhere" in told
    assert (
        told.index("Online, from anywhere")
        < told.index("The nearest without “Distance")
        < told.index("about 10 miles")
    )
    assert "1 course within 20 miles of SK7, and 1 online" in words(page("?near=SK7&within=20"))


def test_a_page_that_there_is_not_leads_to_the_last():
    for _ in range(11):
        CourseRunFactory(mode="blended")
    text = page("?mode=blended&page=9")
    assert "<title>Courses, blended, no page 9 - NPQ Portal</title>" in text
    assert "There is no page 9" in words(text)
    assert f'href="{escape("/courses/?mode=blended&page=2")}#found">page 2</a>' in text


def test_what_is_said_twice_counts_once_and_is_told():
    CourseRunFactory(mode="blended")
    told = words(page("?mode=online&mode=blended"))
    assert (
        "We left out what we could not use: the way of teaching “online”, "
        "as one way of teaching can be asked for at a time" in told
    )
    assert "1 course" in told


def test_nothing_at_all():
    assert "No dates have been given to us." in words(page())


def test_titles():
    assert "<title>Courses near SK7 - NPQ Portal</title>" in page("?near=SK7")


def test_pages_keep_the_filters():
    first = run_at("SK7")
    for _ in range(20):
        CourseRunFactory(qualification=first.qualification, provider=first.provider, hub=first.hub)
    text = page("?near=SK7")
    assert "21 courses, the nearest to SK7 first" in words(text)
    assert escape("?near=SK7&page=2") in text


@pytest.mark.parametrize("rows", [1, 30])
@pytest.mark.parametrize(("query", "queries"), [("", 11), ("?near=SK7&within=50", 12), ("?mode=online", 11)])
def test_queries(client, rows, query, queries, django_assert_num_queries):
    for _ in range(rows):
        SessionFactory(run=run_at("SK8", mode="blended"), position=2, postcode="M1 1AA")
    with django_assert_num_queries(queries):
        page(query, client)


def test_an_unchanged_page_is_answered_with_304(client):
    first = client.get("/courses/?near=SK7")
    again = client.get("/courses/?near=SK7", headers={"If-None-Match": first.headers["ETag"]})
    other = client.get("/courses/?near=SK8", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, other.status_code) == (304, 200)


def test_the_menu_says_where_one_is():
    assert 'href="/courses/" aria-current="true"' in page()
    assert page().count('aria-current="true"') == 1


def test_it_is_the_same_for_somebody_signed_in(client):
    sign_in(client, UserFactory())
    run_at("SK7")
    assert "1 course, the nearest to SK7 first" in words(page("?near=SK7", client))


def test_it_takes_no_post(client):
    assert client.post("/courses/").status_code == 405


def test_what_it_says_is_made_once_for_everybody(client, django_assert_num_queries):
    run_at("SK7")
    page("?near=SK7")
    sign_in(client, UserFactory())
    with django_assert_num_queries(4):  # the session, the person, the catalogue's version, the banner
        text = page("?near=SK7", client)
    assert "1 course, the nearest to SK7 first" in words(text)
    assert "Sign out" in text
