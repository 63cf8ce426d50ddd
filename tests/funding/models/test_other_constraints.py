"""What the database refuses about settings, figures and runs."""

import pytest
from django.db import IntegrityError

from funding.models import ChildcareSetting, ImportRun, PupilPremium
from tests.factories.funding import ImportRunFactory

pytestmark = pytest.mark.django_db

FIGURES = {
    "urn": "100000",
    "year": "2021-22",
    "school_type": "",
    "roll": 10,
    "secondary_roll": 0,
    "eligible": 4,
}


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("pupil_premium_eligible_within_roll", {"eligible": 11}),
        ("pupil_premium_secondary_within_roll", {"secondary_roll": 11}),
        ("pupil_premium_year_format", {"year": "2021"}),
    ],
)
def test_figures_that_cannot_be(constraint, fields):
    with pytest.raises(IntegrityError, match=constraint):
        PupilPremium.objects.create(**{**FIGURES, **fields})


def test_figures_are_there_once_a_year():
    PupilPremium.objects.create(**FIGURES)
    with pytest.raises(IntegrityError, match="pupil_premium_once_a_year"):
        PupilPremium.objects.create(**FIGURES)


@pytest.mark.parametrize("number", ["", "EY12", "12345", "ey123456", "EYE123456"])
def test_an_ofsted_urn_has_a_form(number):
    with pytest.raises(IntegrityError, match="childcare_ofsted_urn_format"):
        ChildcareSetting.objects.create(ofsted_urn=number, name="A nursery", la_name="Leeds", region="")


def test_an_ofsted_urn_is_one_settings():
    ChildcareSetting.objects.create(ofsted_urn="EY123456", name="A nursery", la_name="Leeds", region="")
    with pytest.raises(IntegrityError, match="childcare_ofsted_urn_unique"):
        ChildcareSetting.objects.create(ofsted_urn="EY123456", name="Another", la_name="Leeds", region="")


def test_a_run_rejects_no_more_than_it_read():
    with pytest.raises(IntegrityError, match="import_run_rejects_what_it_read"):
        ImportRunFactory(rows_read=1, rows_rejected=2)


def test_a_runs_hash_is_a_hash():
    with pytest.raises(IntegrityError, match="import_run_sha256_format"):
        ImportRunFactory(sha256="x")


def test_the_run_in_use_is_the_newest_of_its_source():
    ImportRunFactory(file_name="older.csv")
    ImportRunFactory(file_name="newer.csv")
    ImportRunFactory(source="childcare")
    assert ImportRun.objects.in_use("establishments").get().file_name == "newer.csv"
