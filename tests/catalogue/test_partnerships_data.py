"""The partnerships that published sources named: history, kept and shown as past."""

import pytest

from catalogue.loading import load
from catalogue.models import CourseRun, DeliveryPartner, Partnership
from tests.catalogue.conftest import DAY, Counter

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
HISTORY = {
    ("School-Led Network", "NE4", None, "autumn-2021"): 6,
    ("LLSE", None, "University of Wolverhampton", "spring-2022"): 6,
    ("Best Practice Network", "NW12", "Cheshire Leadership and Teaching Alliance", "autumn-2021"): 6,
}


def test_each_is_there_with_its_courses():
    names = ("provider__name", "hub__code", "partner__name")
    assert set(Partnership.objects.values_list(*names)) == {whose[:3] for whose in HISTORY}
    courses = CourseRun.objects.values_list(*names, "term__identifier")
    assert {whose: list(courses).count(whose) for whose in HISTORY} == HISTORY
    assert CourseRun.objects.count() == sum(HISTORY.values())


def test_all_of_it_is_past_and_nothing_is_offered():
    assert not Partnership.objects.filter(is_past=False).exists()
    assert CourseRun.objects.past(DAY).count() == CourseRun.objects.count()
    assert not CourseRun.objects.upcoming(DAY).exists()
    assert not any(run.takes_applications_on(DAY) for run in CourseRun.objects.select_related("term"))


def test_dates_and_venues_were_never_confirmed(client, today):
    run = CourseRun.objects.filter(partner__slug="cheshire-leadership-and-teaching-alliance").first()
    text = client.get(run.get_absolute_url()).content.decode()
    assert "Dates to be confirmed" in text
    assert "This course was part of autumn 2021, which is over." in text
    assert 'role="button"' not in text


def test_the_last_day_to_apply_is_kept():
    days = CourseRun.objects.filter(provider__slug="llse").values_list("apply_by", flat=True)
    assert {day.isoformat() for day in days} == {"2022-01-21"}


def test_what_staff_changed_stays():
    Partnership.objects.filter(provider__slug="llse").update(text="We know more now.")
    DeliveryPartner.objects.filter(slug="university-of-wolverhampton").update(note="")
    CourseRun.objects.filter(provider__slug="llse").update(state=CourseRun.State.CANCELLED)
    load(Counter())
    assert Partnership.objects.get(provider__slug="llse").text == "We know more now."
    assert DeliveryPartner.objects.get(slug="university-of-wolverhampton").note == ""
    assert CourseRun.objects.filter(state=CourseRun.State.CANCELLED).count() == 6
    assert CourseRun.objects.count() == 18
