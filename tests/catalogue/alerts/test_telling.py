"""What is told: each run once, all new ones of an alert in one mail."""

import threading
from datetime import date, timedelta

import pytest
from django.db import connection

from catalogue.models import CourseAlert, CourseRun
from catalogue.tasks import end, tell
from tests.catalogue.alerts.making import asked, confirmed, mails, told
from tests.catalogue.conftest import NOW
from tests.catalogue.finder.making import places, run_at
from tests.factories.catalogue import HubFactory, QualificationFactory
from tests.queries import queries_of

COURSES = "alert_of_courses"


@pytest.fixture(autouse=True)
def headship(db):
    places()
    return QualificationFactory(name="Headship", identifier="npq-headship")


@pytest.mark.django_db
def test_new_courses_are_told_in_one_mail(headship, settings):
    settings.PORTAL_ADDRESS = "https://npq.example.org"
    alert = confirmed()
    first = run_at("SK7", qualification=headship, starts_on=date(2027, 1, 20), is_example=True)
    second = run_at("SK8", qualification=headship)
    run_at("SK7")
    run_at("CB10", qualification=headship)
    assert told() == 1
    (mail,) = mails(template=COURSES)
    assert mail.subject == "2 new courses for your alert: Headship courses near SK7, within 20 miles"
    for run in (first, second):
        assert f"https://npq.example.org/courses/{run.pk}/\n" in mail.text
        assert f'href="https://npq.example.org/courses/{run.pk}/"' in mail.html
    assert "Headship, from 20 January 2027 (an example, made up for demonstration)" in mail.text
    assert f"{second.hub.name}, with {second.provider.name}. Open. Apply by 4 January 2027." in mail.text
    assert f"https://npq.example.org{alert.stop_path}" in mail.text
    assert mail.unsubscribe == f"https://npq.example.org{alert.stop_path}"
    alert.refresh_from_db()
    assert alert.told_at == NOW + timedelta(hours=1)


@pytest.mark.django_db
def test_no_run_is_told_twice(headship):
    confirmed()
    run = run_at("SK7", qualification=headship, state="announced")
    assert told() == 1
    CourseRun.objects.filter(pk=run.pk).update(state="open")
    assert told() == 0
    later = run_at("SK7", qualification=headship)
    assert told() == 1
    assert f"/courses/{run.pk}/" not in mails(template=COURSES)[-1].text
    assert f"/courses/{later.pk}/" in mails(template=COURSES)[-1].text
    assert mails(template=COURSES)[-1].subject.startswith("1 new course for")


@pytest.mark.django_db
def test_what_was_there_when_it_was_asked_for_is_not_new_and_what_came_before_confirming_is(headship):
    run_at("SK7", qualification=headship)
    alert = asked()
    between = run_at("SK8", qualification=headship)
    alert.confirmed_at = NOW
    alert.save()
    assert told() == 1
    assert f"/courses/{between.pk}/" in mails(template=COURSES)[0].text
    assert mails(template=COURSES)[0].subject.startswith("1 new course ")


@pytest.mark.django_db
def test_a_run_that_comes_to_fit_is_new(headship):
    run = run_at("SK7", qualification=headship, state="closed")
    confirmed()
    assert told() == 0
    CourseRun.objects.filter(pk=run.pk).update(state="open")
    assert told() == 1


@pytest.mark.django_db
def test_nobody_is_told_before_confirming_or_after_the_end(headship):
    asked()
    confirmed(email="over@example.test", query="npq=headship&start=2026-11")
    run_at("SK7", qualification=headship)
    assert told() == 0
    run_at("SK7", qualification=headship, starts_on=date(2026, 11, 30), apply_by=None)
    assert told(now=NOW + timedelta(days=9)) == 0


@pytest.mark.django_db
def test_a_search_that_lost_a_part_tells_nothing_rather_than_more(headship):
    hub = HubFactory(code="EE1")
    confirmed(query="npq=headship&hub=EE1")
    hub.delete()
    run_at("SK7", qualification=headship)
    assert told() == 0


@pytest.mark.django_db
def test_a_long_list_is_cut_and_says_so(headship):
    confirmed()
    for _ in range(22):
        run_at("SK7", qualification=headship)
    assert told() == 1
    (mail,) = mails(template=COURSES)
    assert mail.text.count("/courses/") == 20 + 2  # the whole search, and the link to stop
    assert "See all that fit, 2 more among them:" in mail.text
    assert told() == 0


@pytest.mark.django_db
def test_people_with_equal_searches_share_its_finding(headship):
    confirmed(email="one@example.test")
    run_at("SK7", qualification=headship)
    alone = queries_of(told)
    for number in range(5):
        confirmed(email=f"more{number}@example.test", address=f"192.0.2.{number}")
    run_at("SK7", qualification=headship)
    again = queries_of(told)
    assert len(mails(email="one@example.test", template=COURSES)) == 2
    searching = 4  # the choices of the finder, and the place
    assert again - searching == 6 * (alone - searching) - 5  # the alerts themselves are read once


@pytest.mark.django_db(transaction=True)
def test_of_two_who_tell_at_once_one_does(headship):
    confirmed()
    run_at("SK7", qualification=headship)
    at_once = threading.Barrier(2)
    done = []

    def tell_too():
        at_once.wait()
        done.append(told())
        connection.close()

    threads = [threading.Thread(target=tell_too) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(done) == [0, 1]
    assert len(mails(template=COURSES)) == 1


@pytest.mark.django_db
def test_the_queue_tells_every_hour_and_ends_every_night(headship, monkeypatch):
    confirmed()
    asked(email="never@example.test")
    run_at("SK7", qualification=headship)
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW + timedelta(days=8))
    tell(0)
    end(0)
    assert len(mails(template=COURSES)) == 1
    assert CourseAlert.objects.count() == 1
