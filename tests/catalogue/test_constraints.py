"""What the database itself refuses, each violated once."""

import uuid
from datetime import date, time

import pytest
from django.db import IntegrityError, connection

from catalogue.models import CatalogueVersion
from tests.factories import catalogue as make

pytestmark = pytest.mark.django_db
DAY = date(2027, 1, 13)


def twice(factory, *same, **more):
    def violate():
        first = factory(**more)
        factory(**{name: getattr(first, name) for name in same}, **more)

    return violate


VIOLATIONS = {
    "course_run_ends_after_it_starts": lambda: make.CourseRunFactory(ends_on=date(2027, 1, 12)),
    "course_run_apply_by_before_start": lambda: make.CourseRunFactory(apply_by=date(2027, 1, 14)),
    "session_ends_after_it_starts": lambda: make.SessionFactory(starts_at=time(12), ends_at=time(11)),
    "session_venue_has_a_postcode": lambda: make.SessionFactory(venue="The hall"),
    "session_position_unique": twice(make.SessionFactory, "run", position=1),
    "term_closes_after_it_opens": lambda: make.TermFactory(registration_closes=date(2026, 6, 22)),
    "qualification_months_in_order": lambda: make.QualificationFactory(total_months_low=11),
    "fact_position_unique": twice(make.FactFactory, "qualification", kind="length", position=1),
    "price_once_per_term": twice(make.PriceFactory, "qualification", "seen_in"),
    "price_above_zero": lambda: make.PriceFactory(pounds=0),
    "framework_edition_once_a_day": twice(make.EditionFactory, "qualification", "published_on"),
    "framework_section_position_unique": twice(make.SectionFactory, "qualification", "position"),
    "framework_section_title_unique": twice(make.SectionFactory, "qualification", "title"),
    "provider_grade_has_its_date": lambda: make.LeadProviderFactory(ofsted_grade="good"),
    "offer_once_per_term": twice(make.OfferFactory, "provider", "qualification", "term"),
    "hub_area_once_per_authority": twice(make.HubAreaFactory, "hub", "district_code"),
    "provider_membership_once": twice(make.ProviderMembershipFactory, "user", "provider"),
    "hub_membership_once": twice(make.HubMembershipFactory, "user", "hub"),
    "catalogue_version_is_one_row": lambda: CatalogueVersion.objects.create(id=2, version=uuid.uuid4()),
}


@pytest.mark.parametrize("name", VIOLATIONS)
def test_the_database_refuses(name):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(IntegrityError, match=name):
        VIOLATIONS[name]()


def test_every_constraint_is_violated_here():
    """A new constraint must bring its violation."""
    from catalogue import models

    named = {
        constraint.name
        for model in (getattr(models, name) for name in models.__all__)
        if hasattr(model, "_meta")
        for constraint in model._meta.constraints
    }
    assert named == set(VIOLATIONS)


@pytest.mark.parametrize(
    "run",
    [
        {"starts_on": None, "ends_on": None, "apply_by": None},
        {"starts_on": None, "ends_on": None},
        {"ends_on": DAY, "apply_by": DAY},
        {"hub": None},
    ],
)
def test_a_run_may_have_no_date_and_no_hub_yet(run):
    assert make.CourseRunFactory(**run).pk
