"""Example course runs: plausible, marked as examples, and made once."""

from datetime import date

import pytest

from catalogue import demo, partner_pairs
from catalogue.actions.partners import merge_partners
from catalogue.models import CourseRun, DeliveryPartner, Offer, RunVenue, TeachingSchoolHub
from tests.catalogue.conftest import DAY, NOW
from tests.factories.catalogue import PostcodeAreaFactory
from tests.people import PortalStaffFactory

pytestmark = pytest.mark.django_db


def this_autumns():
    runs = CourseRun.objects.filter(term__identifier="autumn-2026").select_related("hub", "provider")
    return list(runs.prefetch_related("sessions"))


@pytest.fixture(scope="module")
def made(catalogue, django_db_blocker):
    with django_db_blocker.unblock():
        demo.create(NOW)


@pytest.fixture
def runs(made):
    return this_autumns()


def test_a_few_hundred_at_every_hub_all_marked(runs):
    assert len(runs) == 4 * TeachingSchoolHub.objects.count() == 348
    assert len({run.hub for run in runs}) == 87
    assert all(run.is_example for run in runs)


def test_each_is_of_a_provider_that_offers_it_and_the_demonstrations_own_have_many(runs):
    offered = set(Offer.objects.filter(term=runs[0].term).values_list("provider", "qualification"))
    assert {(run.provider_id, run.qualification_id) for run in runs} <= offered
    for name in ("Ambition Institute", "Teach First"):
        assert sum(run.provider.name == name for run in runs) > 30


def test_they_differ_as_real_ones_do(runs):
    for name in ("state", "mode", "days"):
        assert len({getattr(run, name) for run in runs}) >= 3
    assert {run.funded_left == 0 for run in runs} == {True, False}
    assert all(run.price_as_of <= DAY for run in runs if run.price)
    assert all(run.funded_left == 0 for run in runs if run.state == "full")


def test_every_npq_has_one(runs):
    assert len({run.qualification_id for run in runs}) == 11


def test_they_are_still_to_come_and_some_have_no_date(runs):
    dated = [run for run in runs if run.starts_on]
    assert all(run.starts_on > DAY for run in dated)
    assert 0 < len(runs) - len(dated) < len(runs) / 2


def test_nobody_starts_in_the_christmas_holidays(runs):
    starts = {run.starts_on for run in runs if run.starts_on}
    assert not any((day.month, day.day) >= (12, 18) or (day.month, day.day) <= (1, 4) for day in starts)


def test_sessions_keep_to_their_days_and_out_of_the_holidays(runs):
    for run in runs:
        for session in run.sessions.all():
            assert (session.on.weekday() == 5) == (run.days == "saturday")
            assert session.on.weekday() != 6
            assert not date(2027, 7, 20) <= session.on <= date(2027, 9, 3)
            assert (session.starts_at.hour >= 16) == (run.days == "twilight")


def test_without_postcode_areas_a_venue_is_nowhere(runs):
    assert {session.postcode for run in runs for session in run.sessions.all()} == {"", "ZZ99 9ZZ"}


def test_with_them_it_is_in_the_hubs_first_district(catalogue):
    CourseRun.objects.all().delete()
    PostcodeAreaFactory(outward_code="CB10", easting=550_000, northing=238_000)
    PostcodeAreaFactory(outward_code="BH1", easting=409_000, northing=92_000)
    demo.create(NOW)
    codes = {
        hub: set(RunVenue.objects.filter(run__hub__code=hub).values_list("outward_code", flat=True))
        for hub in ("EE1", "SW1")
    }
    assert codes == {"EE1": {"CB10"}, "SW1": {"BH1"}}


def test_making_them_again_makes_no_more(runs):
    demo.create(NOW)
    assert len(this_autumns()) == len(runs)


def test_two_partners_have_nearly_one_name_until_they_are_merged(made):
    near = DeliveryPartner.objects.get(slug=demo.NEAR_SLUG)
    (pair,) = partner_pairs.waiting()
    kept = DeliveryPartner.objects.exclude(pk=near.pk).get(pk__in=(pair.one, pair.other))
    staff = PortalStaffFactory()
    merge_partners(kept=kept, absorbed=near, reason="One body.", by=staff, now=NOW)
    demo.create(NOW)
    assert partner_pairs.waiting() == []
