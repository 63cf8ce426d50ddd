"""The page of one course run."""

import re
from datetime import date, time

import pytest

from tests.catalogue.conftest import DAY
from tests.factories.catalogue import CourseRunFactory, DeliveryPartnerFactory, SessionFactory, TermFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
UNDATED = {"starts_on": None, "ends_on": None, "apply_by": None}
APPLY = 'role="button"'


def page(client, run):
    answer = client.get(f"/courses/{run.pk}/")
    assert answer.status_code == 200
    return answer.content.decode()


def words(text):
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def test_sessions_with_who_teaches_them_and_where(client):
    run = CourseRunFactory(days="saturday")
    SessionFactory(
        run=run,
        position=1,
        title="Opening day",
        starts_at=time(9, 30),
        ends_at=time(15),
        venue="The hall",
        postcode="SK7 4AB",
        facilitator="Jo Bell",
    )
    SessionFactory(run=run, position=2, on=None, online=True)
    SessionFactory(run=run, position=3, on=None)
    told = words(page(client, run))
    assert "Wednesday 13 January 2027, 09:30 to 15:00 Opening day The hall, SK7 4AB Taught by Jo Bell" in told
    assert "Date to be confirmed Online" in told
    assert "Date to be confirmed Venue to be confirmed" in told
    assert "13 January 2027 to 12 January 2028 Saturdays" in told


def test_price_and_places_with_their_days(client):
    run = CourseRunFactory(
        price="1949.50",
        price_as_of=date(2026, 11, 20),
        funded_places=9,
        funded_taken=4,
        paying_places=3,
        places_as_of=date(2026, 11, 21),
    )
    told = words(page(client, run))
    assert "£1,949.50, VAT not stated as of 20 November 2026" in told
    assert "Funded: 5 left of 9 Paying: 3 as of 21 November 2026" in told


def test_what_is_not_known_says_whom_to_ask(client):
    run = CourseRunFactory(**UNDATED)
    told = words(page(client, run))
    assert "Dates to be confirmed" in told
    assert f"Price Not known to us. Ask {run.provider.name}." in told
    assert f"Places Not known to us. Ask {run.provider.name}." in told


def test_the_way_to_apply_carries_the_run_with_its_npq_term_and_provider(client):
    run = CourseRunFactory()
    text = page(client, run)
    course = f"npq={run.qualification.identifier}&amp;term=autumn-2026&amp;provider={run.provider.slug}"
    assert f'href="/apply/?{course}&amp;run={run.pk}" {APPLY}' in text
    assert f"You apply to {run.provider.name}" in text


def test_a_waiting_list_is_offered(client):
    assert "Apply for the waiting list" in page(client, CourseRunFactory(state="waiting_list"))


def test_an_announced_course_can_be_applied_for(client):
    text = page(client, CourseRunFactory(state="announced"))
    assert "Its places are not given yet; you can apply already." in text
    assert APPLY in text


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"state": "cancelled"}, "This course is cancelled."),
        ({"state": "full"}, "This course is full, and has no waiting list."),
        ({"state": "closed"}, "You cannot apply for this course now."),
        ({"apply_by": date(2026, 11, 21)}, "Applications for this course closed on 21 November 2026."),
        (
            {"starts_on": date(2026, 11, 2), "apply_by": None},
            "This course began on 2 November 2026, so you can no longer apply for it.",
        ),
    ],
)
def test_who_cannot_apply_is_told_why_and_where_to_look(client, fields, said):
    run = CourseRunFactory(**fields)
    text = page(client, run)
    assert said in words(text)
    assert APPLY not in text
    assert f'href="/courses/?npq={run.qualification.slug}"' in text


def test_history_without_dates_is_past(client):
    term = TermFactory(identifier="autumn-2021", starts_on=date(2021, 11, 1), registration_opens=None)
    run = CourseRunFactory(term=term, hub=None, partner=DeliveryPartnerFactory(name="The Partner"), **UNDATED)
    text = page(client, run)
    assert "This course was part of autumn 2021, which is over." in words(text)
    assert ">Past</strong>" in text
    assert "Announced" not in text
    assert "ask before you book travel" not in text
    assert "The Partner" in text
    assert APPLY not in text


def test_what_is_to_come_is_not_past(client):
    text = page(client, CourseRunFactory())
    assert "Past" not in text
    assert "ask before you book travel" in text


def test_an_example_says_so(client):
    assert "This course is an example, made up for demonstration." in page(
        client, CourseRunFactory(is_example=True)
    )
    assert "made up" not in page(client, CourseRunFactory())


def test_titles_differ(client):
    first, second = CourseRunFactory(), CourseRunFactory()
    titles = {page(client, run).split("<title>")[1].split("<")[0] for run in (first, second)}
    assert len(titles) == 2


@pytest.mark.parametrize("rows", [1, 30])
def test_queries(client, rows, django_assert_num_queries):
    run = CourseRunFactory()
    for number in range(rows):
        SessionFactory(run=run, position=number + 1)
    with django_assert_num_queries(3):
        page(client, run)


@pytest.mark.parametrize("key", ["0", "99999999", "9" * 30])
def test_one_that_never_was(client, key):
    assert client.get(f"/courses/{key}/").status_code == 404


def test_it_takes_no_post(client):
    assert client.post(f"/courses/{CourseRunFactory().pk}/").status_code == 405


def test_as_of_today_is_the_day_of_the_figure(client):
    run = CourseRunFactory(funded_places=1, places_as_of=DAY)
    assert "Funded: 1 as of 22 November 2026" in words(page(client, run))


@pytest.mark.parametrize(
    ("taken", "told"),
    [(8, "If you can have a scholarship, it pays all of it"), (9, "A scholarship would pay it all")],
)
def test_a_scholarship_is_not_promised_where_its_places_are_taken(client, taken, told):
    figures = {"funded_places": 9, "funded_taken": taken, "places_as_of": DAY}
    text = words(page(client, CourseRunFactory(price=1949, price_as_of=DAY, **figures)))
    assert told in text
    assert ("Courses with funded places left" in text) is (taken == 9)
