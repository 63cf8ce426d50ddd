"""The database holds every session that takes place within the dates of its run, once the transaction ends."""

from datetime import date
from threading import Event
from time import sleep

import pytest
from django.db import IntegrityError, connection, transaction

from catalogue.models import CourseRun, Session
from tests.applications.races.threads import all_at_once
from tests.factories.catalogue import CourseRunFactory, SessionFactory

BEFORE, FIRST, LATER, LAST, AFTER = (
    date(2027, 1, 12),
    date(2027, 1, 13),
    date(2027, 2, 24),
    date(2028, 1, 12),
    date(2028, 1, 13),
)


def save_all():
    """What a commit does: the test's own transaction never commits."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


@pytest.fixture
def run(db):
    return CourseRunFactory(starts_on=FIRST, ends_on=LAST)


@pytest.fixture
def session(run):
    session = SessionFactory(run=run, on=LATER)
    save_all()
    return session


def refused(change):
    """Whether what `change` does is taken back, for this reason."""
    try:
        with transaction.atomic():
            change()
            save_all()
    except IntegrityError as refusal:
        return "session_within_its_run" in str(refusal)
    return False


@pytest.mark.parametrize("on", [BEFORE, AFTER])
def test_a_session_outside_is_refused(run, session, on):
    assert refused(lambda: SessionFactory(run=run, on=on))
    assert refused(lambda: type(session).objects.filter(pk=session.pk).update(on=on))


@pytest.mark.parametrize(
    "dates",
    [{"starts_on": date(2027, 2, 25)}, {"ends_on": date(2027, 2, 23)}, {"starts_on": None, "ends_on": None}],
)
def test_the_run_cannot_move_past_its_session(run, session, dates):
    assert refused(lambda: type(run).objects.filter(pk=run.pk).update(**dates, apply_by=None))


def test_a_session_comes_to_no_run_that_it_lies_outside(session):
    later = CourseRunFactory(starts_on=AFTER, ends_on=None)
    assert refused(lambda: type(session).objects.filter(pk=session.pk).update(run=later))


def test_a_cancelled_one_may_lie_outside_until_it_takes_place_after_all(run):
    session = SessionFactory(run=run, on=AFTER, cancelled=True)
    save_all()
    assert refused(lambda: type(session).objects.filter(pk=session.pk).update(cancelled=False))


@pytest.mark.parametrize("on", [FIRST, LAST, None])
def test_what_is_taken(run, on):
    SessionFactory(run=run, on=on)
    SessionFactory(run=CourseRunFactory(starts_on=FIRST, ends_on=None), on=AFTER)
    save_all()


def test_a_run_and_its_sessions_move_together_in_either_order(run, session):
    """The verb saves the run first; a bulk load may not."""
    week = date(2029, 3, 7)
    type(session).objects.filter(pk=session.pk).update(on=week)
    type(run).objects.filter(pk=run.pk).update(starts_on=week, ends_on=week)
    save_all()
    type(run).objects.filter(pk=run.pk).update(starts_on=FIRST, ends_on=LAST)
    type(session).objects.filter(pk=session.pk).update(on=LATER)
    save_all()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("first", ["move", "add"])
def test_of_two_who_do_not_see_each_other_the_second_is_refused(first):
    """One moves the run, the other adds a session where it was: each alone would stand."""
    run = CourseRunFactory(starts_on=FIRST, ends_on=LAST)
    changes = {
        "move": lambda: CourseRun.objects.filter(pk=run.pk).update(starts_on=LATER, apply_by=None),
        "add": lambda: Session.objects.create(run_id=run.pk, position=1, on=FIRST),
    }
    begun = Event()

    def begin():
        with transaction.atomic():
            changes.pop(first)()
            begun.set()
            sleep(0.3)  # The other writes meanwhile, and waits.

    def follow():
        assert begun.wait(timeout=20)
        (change,) = changes.values()
        try:
            with transaction.atomic():
                change()
        except IntegrityError as refusal:
            return "session_within_its_run" in str(refusal)

    assert all_at_once([begin, follow]) == [None, True]
