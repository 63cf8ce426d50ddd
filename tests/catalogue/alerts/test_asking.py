"""Asking for an alert, and confirming it by the mailed link."""

from datetime import date, timedelta

import pytest

from catalogue.actions import alerts
from catalogue.models import CourseAlert
from catalogue.models.alert import CONFIRM, STOP
from npq_portal.mail.models import OutboxMessage
from tests.catalogue.alerts.making import asked, confirmed, mails
from tests.catalogue.conftest import NOW
from tests.catalogue.finder.making import places, run_at
from tests.factories.catalogue import QualificationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def headship(db):
    places()
    return QualificationFactory(name="Headship", identifier="npq-headship", code="NPQH")


def test_it_is_off_until_the_link_in_the_mail_is_followed(settings):
    settings.PORTAL_ADDRESS = "https://npq.example.org"
    alert = asked()
    assert alert.confirmed_at is None
    assert not CourseAlert.objects.on(NOW.date()).exists()
    (mail,) = mails()
    assert mail.subject == "Turn on your alert: Headship courses near SK7, within 20 miles"
    assert f"https://npq.example.org{alert.confirm_path}" in mail.text
    assert f'href="https://npq.example.org{alert.confirm_path}"' in mail.html
    assert "by 29 November 2026" in mail.text
    assert alerts.confirm_alert(alert=alert, now=NOW)
    assert CourseAlert.objects.on(NOW.date()).get() == alert


def test_a_link_confirms_once():
    alert = confirmed()
    assert not alerts.confirm_alert(alert=alert, now=NOW + timedelta(hours=1))
    alert.refresh_from_db()
    assert alert.confirmed_at == NOW


def test_a_link_grows_old():
    alert = asked()
    assert not alerts.confirm_alert(alert=alert, now=NOW + timedelta(days=7))
    assert alert.has_lapsed_at(NOW + timedelta(days=7))
    assert not alert.has_lapsed_at(NOW + timedelta(days=6))


def test_equal_searches_are_one_alert():
    for query in ("near=sk7&within=20&npq=NPQH&page=3", "order=closing&npq=headship&within=20&near=SK7"):
        asked(query=query)
    assert CourseAlert.objects.get().search == "npq=headship&near=SK7&within=20"


def test_asking_twice_makes_one_mail():
    asked()
    asked(now=NOW + timedelta(minutes=9))
    assert len(mails()) == 1


def test_asking_again_later_mails_the_link_again_and_gives_seven_days_from_then():
    asked()
    alert = asked(now=NOW + timedelta(days=3))
    first, second = mails()
    assert alert.confirm_path in first.text
    assert alert.confirm_path in second.text
    assert alerts.confirm_alert(alert=alert, now=NOW + timedelta(days=9))


def test_who_has_the_alert_already_is_told_so_and_how_to_stop_it():
    alert = confirmed()
    asked(now=NOW + timedelta(days=3))
    (mail,) = mails(template="alert_is_on")
    assert alert.stop_path in mail.text
    assert alert.stop_path in mail.unsubscribe
    again = CourseAlert.objects.get()
    assert (again.confirmed_at, again.ends_on) == (NOW, alert.ends_on)


@pytest.mark.parametrize(
    ("query", "last"),
    [
        ("npq=headship&start=2027-02", date(2027, 2, 28)),
        ("npq=headship&start=2027-12", date(2027, 11, 22)),  # no month that the finder has
        ("npq=headship", date(2027, 11, 22)),
    ],
)
def test_it_ends_with_the_month_that_courses_start_in_or_after_a_year(query, last):
    assert asked(query=query).ends_on == last


def test_too_many_for_one_address_are_refused_whoever_asks():
    for number in range(alerts.ASKED_BY_EMAIL[alerts.IN_AN_HOUR]):
        asked(query=f"near=SK7&within={5 if number % 2 else 10}", address=f"192.0.2.{number}")
    with pytest.raises(alerts.TooManyAlertsError):
        asked(address="192.0.2.99")
    assert asked(email="other@example.test")
    assert asked(now=NOW + alerts.IN_AN_HOUR)


def test_too_many_in_a_day_for_one_address_are_refused_however_slowly():
    for number in range(alerts.ASKED_BY_EMAIL[alerts.IN_A_DAY]):
        asked(now=NOW + timedelta(hours=1.5 * number), address=f"192.0.2.{number}")
    with pytest.raises(alerts.TooManyAlertsError):
        asked(now=NOW + timedelta(hours=23))
    assert asked(now=NOW + alerts.IN_A_DAY)


def test_too_many_from_one_client_are_refused():
    for number in range(alerts.ASKED_BY_ADDRESS[alerts.IN_AN_HOUR]):
        asked(email=f"person{number}@example.test")
    with pytest.raises(alerts.TooManyAlertsError):
        asked(email="one-more@example.test")


def test_a_token_opens_only_what_it_was_mailed_for():
    alert = asked()
    confirm, stop = (path.rstrip("/").rpartition("/")[2] for path in (alert.confirm_path, alert.stop_path))
    links = CourseAlert.objects.of_link
    assert links(CONFIRM, confirm).get() == links(STOP, stop).get() == alert
    assert not links(STOP, confirm).exists()
    assert not links(CONFIRM, stop).exists()
    for wrong in ("", "x", str(alert.pk), f"{alert.pk}:x", confirm[:-1], "not-a-uuid"):
        assert not links(CONFIRM, wrong).exists()


def test_what_somebody_stopped_is_gone():
    alert = confirmed()
    alerts.stop_alert(alert=alert)
    assert not CourseAlert.objects.exists()


def test_what_nobody_confirmed_and_what_is_over_is_deleted():
    unconfirmed = asked(email="unconfirmed@example.test")
    kept = confirmed()
    over = confirmed(email="over@example.test", query="npq=headship&start=2026-11")
    assert alerts.end_alerts(now=NOW + timedelta(days=6)) == 0
    assert alerts.end_alerts(now=NOW + timedelta(days=9)) == 2
    assert CourseAlert.objects.get() == kept
    assert {unconfirmed.email, over.email}.isdisjoint(CourseAlert.objects.values_list("email", flat=True))


def test_the_address_it_holds_is_the_one_that_is_written_to():
    asked()
    assert CourseAlert.objects.get().email == OutboxMessage.objects.get().to == "tess@example.test"


def test_asking_costs_one_small_row_however_much_there_is_and_confirming_makes_no_more():
    runs = {run_at("SK7").pk for _ in range(3)}
    alert = asked(query="near=SK7")
    assert alert.known_runs == []
    assert alerts.confirm_alert(alert=alert, now=NOW)
    assert set(CourseAlert.objects.get().known_runs) == runs
