"""Loading: everything arrives, a second load changes nothing, and what operators keep is left alone."""

from datetime import date

import pytest

from catalogue.loading import load
from catalogue.models import (
    CatalogueVersion,
    FrameworkSection,
    HubArea,
    LeadProvider,
    Offer,
    PostcodeDistrict,
    Qualification,
    QualificationFact,
    TeachingSchoolHub,
    Term,
)
from tests.catalogue.conftest import Counter

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def test_everything_arrives():
    assert Qualification.objects.shown().count() == 11
    assert list(Qualification.objects.filter(hidden=True).values_list("code", flat=True)) == ["ASO"]
    assert Offer.objects.count() == 85
    assert TeachingSchoolHub.objects.count() == 87
    assert HubArea.objects.count() == 392
    assert Term.objects.count() == 12
    assert PostcodeDistrict.objects.count() == 2788


def test_progress_reaches_its_total(loaded):
    assert loaded.done == loaded.total > 600


def test_a_second_load_changes_nothing(version_moves_at_once):
    before = CatalogueVersion.objects.now()
    load(Counter())
    assert CatalogueVersion.objects.now() == before != "None"


def test_a_changed_word_is_put_back():
    Qualification.objects.filter(code="NPQH").update(summary="Something else.")
    load(Counter())
    assert Qualification.objects.get(code="NPQH").summary != "Something else."


def test_a_fact_that_the_files_no_longer_have_goes():
    npq = Qualification.objects.get(code="NPQH")
    QualificationFact.objects.create(qualification=npq, kind="study", position=9, text="No longer so.")
    load(Counter())
    assert not QualificationFact.objects.filter(text="No longer so.").exists()


def test_headings_can_change_places():
    first, second = FrameworkSection.objects.filter(qualification__code="NPQH", position__lte=2)
    titles = first.title, second.title
    for section, title in ((first, "-"), (second, titles[0]), (first, titles[1])):
        section.title = title
        section.save()
    load(Counter())
    again = FrameworkSection.objects.filter(qualification__code="NPQH", position__lte=2)
    assert tuple(again.values_list("title", flat=True)) == titles


def test_a_window_that_staff_closed_stays_closed():
    Term.objects.filter(identifier="autumn-2026").update(registration_closes=date(2026, 11, 30))
    load(Counter())
    assert Term.objects.get(identifier="autumn-2026").registration_closes == date(2026, 11, 30)


def test_an_offer_that_staff_ended_stays_ended():
    Offer.objects.filter(provider__name="Teach First", qualification__code="NPQH").delete()
    load(Counter())
    assert Offer.objects.count() == 84


def test_a_grade_that_staff_entered_stays():
    grade = {"ofsted_grade": "good", "ofsted_on": date(2026, 10, 1)}
    LeadProvider.objects.filter(name="Teach First").update(**grade)
    load(Counter())
    assert LeadProvider.objects.get(name="Teach First").ofsted_grade == "good"


def test_how_a_hub_is_reached_stays_as_staff_entered_it():
    contact = {"email": "hub@example.test", "contact_as_of": date(2026, 11, 1)}
    TeachingSchoolHub.objects.filter(code="EE6").update(name="Another name", **contact)
    load(Counter())
    hub = TeachingSchoolHub.objects.get(code="EE6")
    assert (hub.name, hub.email) == ("Unity Teaching School Hub", "hub@example.test")


def test_each_district_of_a_hub_has_one_main_authority():
    districts = HubArea.objects.values_list("hub", "district_code").distinct().count()
    assert HubArea.objects.filter(is_main=True).count() == districts
