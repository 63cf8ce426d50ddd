"""What is told: each run once, all new ones of an alert in one mail."""

import threading
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalogue.actions.alerts import confirm_alert
from catalogue.models import CourseAlert, CourseRun
from catalogue.tasks import end, tell
from npq_portal.mail import outbox
from npq_portal.mail.models import OutboxMessage
from tests.catalogue.alerts.making import asked, confirmed, mails, told
from tests.catalogue.conftest import NOW
from tests.catalogue.finder.making import places, run_at
from tests.factories.catalogue import HubFactory, QualificationFactory
from tests.queries import queries_of

COURSES = "alert_of_courses"


def searches_of(ask):
    """How often it looks for runs that fit."""
    with CaptureQueriesContext(connection) as asked:
        ask()
    return sum("catalogue_runvenue" in query["sql"] for query in asked)


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
def test_what_was_there_when_it_was_confirmed_is_not_new(headship):
    run_at("SK7", qualification=headship)
    alert = asked()
    run_at("SK8", qualification=headship)
    assert confirm_alert(alert=alert, now=NOW)
    assert told() == 0
    later = run_at("SK8", qualification=headship)
    assert told() == 1
    (mail,) = mails(template=COURSES)
    assert mail.subject.startswith("1 new course ")
    assert f"/courses/{later.pk}/" in mail.text


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
def test_a_search_is_made_once_however_many_have_it(headship):
    confirmed(email="one@example.test")
    alone = searches_of(told)
    for number in range(5):
        confirmed(email=f"more{number}@example.test", address=f"192.0.2.{number}")
    nothing_new = queries_of(told)
    assert searches_of(told) == alone == 1
    confirmed(email="seventh@example.test", address="192.0.2.7")
    assert queries_of(told) == nothing_new
    run_at("SK7", qualification=headship)
    assert searches_of(told) == 1
    assert OutboxMessage.objects.filter(template=f"catalogue/{COURSES}").count() == 7


@pytest.mark.django_db
def test_each_search_is_told_its_own(headship):
    confirmed(email="near@example.test")
    confirmed(email="far@example.test", query="npq=headship&near=CB10&within=5")
    confirmed(email="new@example.test", query="npq=headship")
    near, far = (run_at(code, qualification=headship) for code in ("SK7", "CB10"))
    assert told() == 3
    for email, runs in (("near", [near]), ("far", [far]), ("new", [near, far])):
        (mail,) = mails(email=f"{email}@example.test", template=COURSES)
        assert {run for run in (near, far) if f"/courses/{run.pk}/" in mail.text} == set(runs)


@pytest.mark.django_db
def test_who_knows_some_already_is_told_the_others_only(headship):
    confirmed(email="early@example.test")
    first = run_at("SK7", qualification=headship)
    confirmed(email="late@example.test", address="192.0.2.2")
    second = run_at("SK7", qualification=headship)
    assert told() == 2
    (early,), (late,) = (mails(email=f"{who}@example.test", template=COURSES) for who in ("early", "late"))
    assert [f"/courses/{run.pk}/" in early.text for run in (first, second)] == [True, True]
    assert [f"/courses/{run.pk}/" in late.text for run in (first, second)] == [False, True]


@pytest.mark.django_db
def test_what_ends_the_task_before_the_mail_is_written_forgets_nobody(headship, monkeypatch):
    confirmed()
    run_at("SK7", qualification=headship)

    def kill(**mail):
        raise KeyboardInterrupt

    with monkeypatch.context() as killed:
        killed.setattr(outbox, "queue", kill)
        with pytest.raises(KeyboardInterrupt):
            told()
    assert CourseAlert.objects.get().known_runs == []
    assert (told(), told()) == (1, 0)
    assert len(mails(template=COURSES)) == 1


@pytest.mark.django_db
def test_one_that_is_stopped_while_others_are_told_is_not_written_to(headship, monkeypatch):
    for number in range(2):
        confirmed(email=f"{number}@example.test", address=f"192.0.2.{number}")
    run_at("SK7", qualification=headship)
    usual = outbox.queue

    def stop_the_other(**mail):
        CourseAlert.objects.exclude(email=mail["to"]).delete()
        return usual(**mail)

    monkeypatch.setattr(outbox, "queue", stop_the_other)
    assert told() == 1
    assert OutboxMessage.objects.filter(template=f"catalogue/{COURSES}").count() == 1


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
