"""Everybody with a live application for a run is told of a change of it, once, whatever happens to the worker."""

import json
from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from applications.actions.run_changes import tell_of_run_change
from applications.tasks import sweep
from catalogue.actions.course_runs import cancel_run, change_run
from catalogue.models import RunChange
from npq_portal.mail import outbox
from npq_portal.mail.models import OutboxMessage
from tests.applications.races.threads import all_at_once
from tests.catalogue.runs.sheets import UPLOAD, file_of, rows_of
from tests.factories.applications import LATER, NOW, ApplicationFactory
from tests.factories.catalogue import CourseRunFactory
from tests.people import PortalStaffFactory, sign_in

pytestmark = pytest.mark.django_db
TELL = "applications.tell_of_run_change"


@pytest.fixture
def run():
    forget_jobs()  # some of other tests, which commit
    return CourseRunFactory(hub__name="Stockport <Hub> & Co")


@pytest.fixture
def on_it(run):
    return ApplicationFactory(registered=True, course_run=run)


def move(run, day=date(2027, 1, 20)):
    run.starts_on = day
    change_run(run=run, seen=run.updated_at, by=None, now=NOW)
    return run.changes.first()


def jobs():
    with connection.cursor() as cursor:
        cursor.execute("SELECT args FROM procrastinate_jobs WHERE task_name = %s AND status = 'todo'", [TELL])
        return [json.loads(args)["pk"] for (args,) in cursor.fetchall()]


def forget_jobs():
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")


def told():
    return sorted(OutboxMessage.objects.values_list("to", flat=True))


def test_the_save_leaves_the_change_and_its_job(run):
    change = move(run)
    assert change.lines == [
        "The course starts: Wednesday 20 January 2027 (it was Wednesday 13 January 2027)."
    ]
    assert jobs() == [change.pk]


def test_a_save_that_is_undone_leaves_neither(run):
    with transaction.atomic():
        move(run)
        transaction.set_rollback(True)
    assert jobs() == []
    assert not RunChange.objects.exists()


def test_a_save_that_moves_nothing_tells_nobody(run):
    run.price, run.price_as_of = 890, date(2026, 11, 20)
    change_run(run=run, seen=run.updated_at, by=None, now=NOW)
    assert not RunChange.objects.exists()
    assert jobs() == []


def test_those_on_the_run_and_nobody_else(run, on_it):
    accepted = ApplicationFactory(accepted=True, course_run=run)
    ApplicationFactory(withdrawn=True, course_run=run)
    ApplicationFactory(rejected=True, course_run=run)
    ApplicationFactory(course_run=run)  # a draft
    ApplicationFactory(registered=True)
    assert tell_of_run_change(pk=move(run).pk, now=LATER) == 2
    assert told() == sorted([on_it.applicant.email, accepted.applicant.email])


def test_not_those_who_chose_it_as_it_now_is(run, on_it):
    """However late the mails are made, and in whatever order the clocks say that it happened."""
    was = ApplicationFactory(registered=True, course_run=run, course_run_as_of=run.updated_at)
    change = move(run)
    ApplicationFactory(registered=True, course_run=run, course_run_as_of=run.updated_at, registered_at=NOW)
    assert tell_of_run_change(pk=change.pk, now=LATER) == 2
    assert told() == sorted([on_it.applicant.email, was.applicant.email])
    assert tell_of_run_change(pk=move(run, date(2027, 1, 27)).pk, now=LATER) == 3


def test_of_a_change_from_before_that_was_kept_everybody(run):
    ApplicationFactory(registered=True, course_run=run, course_run_as_of=run.updated_at)
    change = move(run)
    RunChange.objects.update(run_updated_at=None)
    assert tell_of_run_change(pk=change.pk, now=LATER) == 1


def test_once_a_change(run, on_it):
    change = move(run)
    assert [tell_of_run_change(pk=change.pk, now=LATER) for _ in range(3)] == [1, 0, 0]
    change.refresh_from_db()
    assert change.told_at == LATER
    second = move(run, date(2027, 1, 27))
    assert tell_of_run_change(pk=second.pk, now=LATER) == 1
    assert len(told()) == 2


def test_one_that_is_not_there_tells_nobody():
    assert tell_of_run_change(pk=12345, now=LATER) == 0


def test_the_mail_of_a_move(run, on_it):
    tell_of_run_change(pk=move(run).pk, now=LATER)
    mail = OutboxMessage.objects.get()
    assert mail.subject.startswith("Dates or places of your course have changed: ")
    assert mail.text.startswith("Check your diary: this has changed.")
    for part in (mail.text, mail.html):
        assert "Wednesday 20 January 2027 (it was Wednesday 13 January 2027)" in part
        assert run.get_absolute_url() in part
        assert on_it.reference in part


def test_the_mail_of_a_cancellation(run, on_it):
    cancel_run(run=run, seen=run.updated_at, by=None, now=NOW, note="The roof <leaks> & leaks.")
    tell_of_run_change(pk=run.changes.get().pk, now=LATER)
    mail = OutboxMessage.objects.get()
    assert mail.subject.startswith("Your course is cancelled: ")
    assert mail.text.startswith(
        f"Ask {on_it.provider} which other course you can join: this one is cancelled."
    )
    assert "The roof <leaks> & leaks." in mail.text
    assert "The roof &lt;leaks&gt; &amp; leaks." in mail.html


def test_killed_half_way_nobody_was_told_and_the_sweep_asks_again(run, on_it, monkeypatch):
    ApplicationFactory(registered=True, course_run=run)
    change = move(run)
    forget_jobs()
    mails = iter([outbox.queue])

    def dies_at_the_second(**mail):
        return next(mails)(**mail)

    monkeypatch.setattr("applications.actions.mails.queue", dies_at_the_second)
    with pytest.raises(StopIteration):
        tell_of_run_change(pk=change.pk, now=LATER)
    assert told() == []
    RunChange.objects.update(made_at=timezone.now() - timedelta(minutes=2))
    sweep(timestamp=0)
    sweep(timestamp=0)
    assert jobs() == [change.pk]
    monkeypatch.undo()
    assert tell_of_run_change(pk=change.pk, now=LATER) == 2


def test_the_sweep_leaves_what_was_told_and_what_is_new(run):
    move(run)
    forget_jobs()
    RunChange.objects.update(made_at=timezone.now())
    sweep(timestamp=0)
    RunChange.objects.update(made_at=timezone.now() - timedelta(minutes=2), told_at=timezone.now())
    sweep(timestamp=0)
    assert jobs() == []


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once():
    run = CourseRunFactory()
    ApplicationFactory.create_batch(3, registered=True, course_run=run)
    change = move(run)
    counts = all_at_once([lambda: tell_of_run_change(pk=change.pk, now=LATER)] * 4)
    assert sorted(counts) == [0, 0, 0, 3]
    assert len(told()) == 3


def test_whoever_changes_or_cancels_it_reads_before_how_many_are_told(run, on_it, client):
    ApplicationFactory(withdrawn=True, course_run=run)
    staff = sign_in(client, PortalStaffFactory())
    for page in ("change", "cancel"):
        address = reverse(f"admin:catalogue_courserun_{page}", args=[run.pk])
        assert "1 person has a live application for this" in staff.get(address).content.decode()
        on_it.delete()
        assert "Nobody has a live application for this" in staff.get(address).content.decode()
        on_it.save(force_insert=True)


def test_whoever_uploads_a_file_of_runs_reads_before_how_many_are_told(run, on_it, client):
    ApplicationFactory(registered=True, course_run=run)
    ApplicationFactory(withdrawn=True, course_run=run)
    other = CourseRunFactory(provider=run.provider)
    ApplicationFactory(registered=True, course_run=other)
    staff = sign_in(client, PortalStaffFactory())
    moved = [row | {"starts_on": "2027-01-20"} for row in rows_of(run)]
    repriced = [row | {"paying_places": "30", "places_counted_on": "2026-11-20"} for row in rows_of(other)]
    page = staff.post(UPLOAD, {"file": file_of([*moved, *repriced])}, follow=True).content.decode()
    assert "2 people have a live application for it and are told by e-mail." in page
    assert "Putting it in use sends 2 e-mails" in page
    on_it.delete()
    page = staff.post(UPLOAD, {"file": file_of(moved)}, follow=True).content.decode()
    assert "1 person has a live application for it and is told by e-mail." in page
    assert "Putting it in use sends 1 e-mail<" in page
