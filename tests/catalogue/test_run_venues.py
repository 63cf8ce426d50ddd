"""The outward codes of a run's venues: the database keeps them as its sessions change, whoever changes them."""

import pytest

from catalogue.models import RunVenue, Session
from tests.factories.catalogue import CourseRunFactory, SessionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def run():
    return CourseRunFactory()


def venues(run):
    return list(run.venues.order_by("outward_code").values_list("outward_code", flat=True))


def test_each_outward_code_once(run):
    for postcode in ("SK7 4AB", "SK7 5CD", "M1 1AA"):
        SessionFactory(run=run, postcode=postcode)
    assert venues(run) == ["M1", "SK7"]


def test_sessions_online_or_without_a_venue_yet_have_none(run):
    SessionFactory(run=run, online=True)
    SessionFactory(run=run)
    assert venues(run) == []


def test_written_in_bulk_too(run):
    Session.objects.bulk_create([Session(run=run, position=1, postcode="SK7 4AB")])
    Session.objects.update(postcode="M1 1AA")
    assert venues(run) == ["M1"]


def test_a_code_stays_while_another_session_is_there(run):
    first = SessionFactory(run=run, postcode="SK7 4AB")
    second = SessionFactory(run=run, postcode="SK7 5CD")
    first.delete()
    assert venues(run) == ["SK7"]
    second.postcode = ""
    second.save()
    assert venues(run) == []


def test_a_session_that_moves_to_another_run_takes_its_venue_along(run):
    session = SessionFactory(run=run, postcode="SK7 4AB")
    session.run = CourseRunFactory()
    session.save()
    assert (venues(run), venues(session.run)) == ([], ["SK7"])


def test_a_cancelled_session_is_held_nowhere(run):
    session = SessionFactory(run=run, postcode="SK7 4AB")
    SessionFactory(run=run, postcode="M1 1AA", cancelled=True)
    assert venues(run) == ["SK7"]
    Session.objects.filter(pk=session.pk).update(cancelled=True)
    assert venues(run) == []
    Session.objects.update(cancelled=False)
    assert venues(run) == ["M1", "SK7"]


def test_they_go_with_their_run(run):
    SessionFactory(run=run, postcode="SK7 4AB")
    run.delete()
    assert not RunVenue.objects.exists()
