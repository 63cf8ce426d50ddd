"""What the database itself refuses, each violated once."""

import uuid
from datetime import UTC, date, datetime, time

import pytest
from django.db import DataError, IntegrityError, connection

from catalogue.models import CatalogueVersion, RunChange, RunUpload, RunVenue, SearchEntry
from tests.catalogue.conftest import NOW
from tests.factories import catalogue as make
from tests.people import StaffFactory

pytestmark = pytest.mark.django_db
DAY = date(2027, 1, 13)


def twice(factory, *same, **more):
    def violate():
        first = factory(**more)
        factory(**{name: getattr(first, name) for name in same}, **more)

    return violate


def ends_at_24_hours(session):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE catalogue_session SET ends_at = '24:00' WHERE id = %s", [session.pk])


VIOLATIONS = {
    "course_alert_once_for_an_address": lambda: [
        make.CourseAlertFactory(email=email) for email in ("tess@example.test", "Tess@example.test")
    ],
    "course_alert_searches_for_something": lambda: make.CourseAlertFactory(search=""),
    "course_alert_tells_only_when_confirmed": lambda: make.CourseAlertFactory(told_at=NOW),
    "course_alert_knows_runs_only_when_confirmed": lambda: make.CourseAlertFactory(known_runs=[1]),
    "different_partners_in_order": lambda: make.different(*reversed(make.partners("A", "B"))),
    "different_partners_once": lambda: [make.different(*pair) for pair in [make.partners("A", "B")] * 2],
    "course_run_ends_after_it_starts": lambda: make.CourseRunFactory(ends_on=date(2027, 1, 12)),
    "course_run_apply_by_before_start": lambda: make.CourseRunFactory(apply_by=date(2027, 1, 14)),
    "course_run_state_is_known": lambda: make.CourseRunFactory(state="postponed"),
    "course_run_mode_is_known": lambda: make.CourseRunFactory(mode="by post"),
    "course_run_days_are_known": lambda: make.CourseRunFactory(days="sunday"),
    "course_run_dates_are_from_2000_to_2099": lambda: make.CourseRunFactory(apply_by=date(202, 1, 4)),
    "course_run_price_is_an_amount": lambda: make.CourseRunFactory(price=0, price_as_of=DAY),
    "course_run_price_has_its_day": lambda: make.CourseRunFactory(price=890),
    "course_run_places_not_negative": lambda: make.CourseRunFactory(paying_places=-1, places_as_of=DAY),
    "course_run_funded_places_cover_those_taken": lambda: make.CourseRunFactory(
        funded_places=9, funded_taken=10, places_as_of=DAY
    ),
    "course_run_paying_places_cover_those_taken": lambda: make.CourseRunFactory(
        funded_places=9, paying_taken=1, places_as_of=DAY
    ),
    "course_run_places_have_their_day": lambda: make.CourseRunFactory(funded_places=9),
    "course_run_added_once": lambda: [make.CourseRunFactory(added_with=uuid.UUID(int=1)) for _ in range(2)],
    "invitation_is_to_one_organisation": lambda: make.InvitationFactory(role=""),
    "invitation_says_whom_until_it_ends": lambda: make.InvitationFactory(email=""),
    "invitation_ends_once": lambda: make.InvitationFactory(email="", accepted_at=NOW, withdrawn_at=NOW),
    "invitation_once_to_a_provider": twice(make.InvitationFactory, "provider", email="ada@example.test"),
    "invitation_once_to_a_hub": lambda: [
        make.InvitationFactory(provider=None, role="", hub=hub, email="ada@example.test")
        for hub in [make.HubFactory()] * 2
    ],
    "provider_contact_has_its_day": lambda: make.LeadProviderFactory(email="npq@provider.example"),
    "offer_price_is_an_amount": lambda: make.OfferFactory(price=0, as_of=DAY),
    "offer_price_has_its_day": lambda: make.OfferFactory(price=890, as_of=None),
    "run_change_says_something": lambda: RunChange.objects.create(
        run=make.CourseRunFactory(), made_at=datetime(2026, 11, 22, tzinfo=UTC), lines=[]
    ),
    "run_upload_expires_later": lambda: RunUpload.objects.create(
        by=StaffFactory(),
        file_name="runs.csv",
        rows=[],
        made_at=datetime(2026, 11, 22, tzinfo=UTC),
        expires_at=datetime(2026, 11, 22, tzinfo=UTC),
    ),
    "run_venue_once": lambda: RunVenue.objects.create(
        run=make.SessionFactory(postcode="SK7 4AB").run, outward_code="SK7"
    ),
    "search_entry_once": lambda: SearchEntry.objects.create(
        kind="hub", key=make.HubFactory().pk, title="Hub"
    ),
    "session_postcode_is_whole": lambda: make.SessionFactory(postcode="sk74ab"),
    "session_date_is_from_2000_to_2099": lambda: make.SessionFactory(on=date(2100, 1, 1)),
    "session_time_has_a_date": lambda: make.SessionFactory(on=None, starts_at=time(9)),
    "session_ends_within_its_day": lambda: ends_at_24_hours(make.SessionFactory(starts_at=time(12))),
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
    "framework_statement_number_unique": twice(make.StatementFactory, "section", number="1.2"),
    "framework_statement_number_is_plain": lambda: make.StatementFactory(number="one"),
    "framework_statement_has_text": lambda: make.StatementFactory(text=" "),
    "provider_grade_has_its_date": lambda: make.LeadProviderFactory(ofsted_grade="good"),
    "offer_once_per_term": twice(make.OfferFactory, "provider", "qualification", "term"),
    "hub_contact_has_its_day": lambda: make.HubFactory(email="hub@example.test"),
    "hub_area_middle_is_whole": lambda: make.HubAreaFactory(easting=390_000),
    "hub_area_once_per_authority": twice(make.HubAreaFactory, "hub", "district_code"),
    "partnership_is_with_somebody": lambda: make.PartnershipFactory(partner=None),
    "partnership_once_a_period": twice(make.PartnershipFactory, "provider", "partner"),
    "postcode_district_once": twice(make.PostcodeDistrictFactory, "outward_code", "district_code"),
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


@pytest.mark.parametrize(
    "run",
    [
        {"price": 890, "price_as_of": DAY},
        {"price": 890, "price_plus_vat": True, "price_as_of": DAY},
        {"funded_places": 0, "funded_taken": 0, "places_as_of": DAY},
        {"paying_places": 12, "places_as_of": DAY},
        {"funded_places": 9, "funded_taken": 9, "paying_places": 3, "paying_taken": 1, "places_as_of": DAY},
    ],
)
def test_a_run_may_say_less_than_everything_of_price_and_places(run):
    assert make.CourseRunFactory(**run).pk


@pytest.mark.parametrize("name", ["funded_places", "funded_taken", "paying_places", "paying_taken"])
def test_no_number_of_places_may_be_negative(name):
    numbers = {"funded_places": 9, "funded_taken": 1, "paying_places": 9, "paying_taken": 1, name: -1}
    with pytest.raises(IntegrityError, match=r"course_run_places_not_negative|cover_those_taken"):
        make.CourseRunFactory(**numbers, places_as_of=DAY)


RUN, SESSION = "catalogue_courserun", "catalogue_session"
DATES = [(RUN, name) for name in ("starts_on", "ends_on", "apply_by", "price_as_of", "places_as_of")]


@pytest.mark.parametrize(("table", "column"), [*DATES, (SESSION, '"on"')])
@pytest.mark.parametrize("day", ["infinity", "-infinity", "0044-03-15 BC", "1999-12-31", "2100-01-01"])
def test_no_date_of_another_age(table, column, day):
    """By hand: Django does not write some of these."""
    make.SessionFactory(
        run=make.CourseRunFactory(price=890, price_as_of=DAY, funded_places=9, places_as_of=DAY)
    )
    with (
        connection.cursor() as cursor,
        pytest.raises(IntegrityError, match=r"_from_2000_to_2099|run_ends_|_apply_by_"),
    ):
        cursor.execute(f"UPDATE {table} SET {column} = %s", [day])


@pytest.mark.parametrize("price", ["NaN", "-1", "0"])
def test_a_price_is_an_amount(price):
    make.CourseRunFactory(price=890, price_as_of=DAY)
    with connection.cursor() as cursor, pytest.raises(IntegrityError, match="course_run_price_is_an_amount"):
        cursor.execute(f"UPDATE {RUN} SET price = %s", [price])


@pytest.mark.parametrize("price", ["infinity", "-infinity"])
def test_the_column_holds_no_infinite_price(price):
    make.CourseRunFactory(price=890, price_as_of=DAY)
    with connection.cursor() as cursor, pytest.raises(DataError, match="overflow"):
        cursor.execute(f"UPDATE {RUN} SET price = %s", [price])
