"""A run or a session is cancelled on a page that asks once, and its people are told once."""

import pytest
from django.urls import reverse

from catalogue.actions.course_runs import StaleRunError, cancel_run, cancel_session
from catalogue.models import CourseRun, MemberRole, RunChange
from npq_portal.audit.models import AuditEvent
from tests.applications.races.threads import all_at_once
from tests.catalogue.conftest import NOW
from tests.factories.catalogue import CourseRunFactory, ProviderMembershipFactory, SessionFactory
from tests.people import PortalStaffFactory, sign_in


def page_of(kind, row):
    return reverse(f"admin:catalogue_{kind}_cancel", args=[row.pk])


def said(run, **more):
    return {"seen": run.updated_at.isoformat(), "note": "We are sorry.", **more}


def test_a_run(desk, staff, run, session):
    page = desk.get(page_of("courserun", run)).content.decode()
    assert "Opening day, Wednesday 13 January 2027, 09:30 to 15:30, The hall" in page
    answer = desk.post(page_of("courserun", run), said(run), follow=True)
    assert "It is cancelled. We tell the people on the course by e-mail." in answer.content.decode()
    run.refresh_from_db()
    assert run.state == CourseRun.State.CANCELLED
    event = AuditEvent.objects.about(run).get()
    assert (event.action, event.actor) == ("catalogue.run_cancelled", f"user:{staff.pk}")
    assert (event.old, event.new) == ({"state": "open"}, {"state": "cancelled"})
    change = run.changes.get()
    assert (change.cancelled, change.note) == (True, "We are sorry.")
    assert change.lines == ["The course is cancelled."]


def test_a_session(desk, run, session):
    assert "Opening day" in desk.get(page_of("session", session)).content.decode()
    desk.post(page_of("session", session), said(run))
    session.refresh_from_db()
    assert session.cancelled
    event = AuditEvent.objects.about(run).get()
    assert event.action == "catalogue.session_cancelled"
    assert [each["cancelled"] for each in (event.old["sessions"][0], event.new["sessions"][0])] == [
        False,
        True,
    ]
    change = run.changes.get()
    assert not change.cancelled
    assert change.lines == [
        "Opening day, Wednesday 13 January 2027, 09:30 to 15:30, The hall, SK7 4AB: cancelled."
    ]


def test_what_staff_say_to_people_is_not_on_the_audit_trail(desk, run):
    desk.post(page_of("courserun", run), said(run, note="Call Jo Bell"))
    event = AuditEvent.objects.about(run).get()
    assert "Jo Bell" not in f"{event.old}{event.new}{event.note}"


def test_twice_is_once(desk, run, session):
    for kind, row in (("session", session), ("courserun", run)):
        run.refresh_from_db()
        form = said(run)
        desk.post(page_of(kind, row), form)
        again = desk.post(page_of(kind, row), form, follow=True)
        assert "is cancelled already" in again.content.decode()
    assert [change.cancelled for change in run.changes.order_by("pk")] == [False, True]
    assert AuditEvent.objects.about(run).count() == 2


@pytest.mark.parametrize("kind", ["courserun", "session"])
def test_who_saw_it_otherwise_is_told(desk, run, session, kind):
    form = said(run)
    run.save()
    answer = desk.post(page_of(kind, {"courserun": run, "session": session}[kind]), form, follow=True)
    assert "This course run was changed after you opened it" in answer.content.decode()
    run.refresh_from_db()
    session.refresh_from_db()
    assert run.state == CourseRun.State.OPEN
    assert not session.cancelled
    assert not RunChange.objects.exists()


def test_by_their_own_form_too(desk, run, session):
    """The state of a run, and the box at a session, cancel and take back as the pages do."""
    change = reverse("admin:catalogue_courserun_change", args=[run.pk])

    def save(state, cancelled):
        run.refresh_from_db()
        answers = {
            "seen": run.updated_at.isoformat(),
            "starts_on": "2027-01-13",
            "state": state,
            "mode": "blended",
            "sessions-TOTAL_FORMS": "1",
            "sessions-INITIAL_FORMS": "1",
            "sessions-0-id": session.pk,
            "sessions-0-run": run.pk,
            "sessions-0-title": "Opening day",
            "sessions-0-on": "2027-01-13",
            "sessions-0-starts_at": "09:30",
            "sessions-0-ends_at": "15:30",
            "sessions-0-venue": "The hall",
            "sessions-0-postcode": "SK7 4AB",
        }
        answers |= {"sessions-0-cancelled": "on"} if cancelled else {}
        assert desk.post(change, answers).status_code == 302
        return [line.rpartition(": ")[2] for line in RunChange.objects.order_by("pk").last().lines]

    assert save("open", cancelled=True) == ["cancelled."]
    run.refresh_from_db()
    desk.post(page_of("courserun", run), said(run))
    assert save("open", cancelled=False)[0] == "The course takes place after all."


def test_a_note_that_is_too_long_is_refused(desk, run):
    answer = desk.post(page_of("courserun", run), said(run, note="x" * 1_001))
    assert "Write 1,000 characters at most." in answer.content.decode()
    assert "<title>Error: " in answer.content.decode()
    assert not RunChange.objects.exists()


def test_another_hubs_are_as_if_they_never_were(desk, rival, rival_session):
    for kind, row in (("courserun", rival), ("session", rival_session)):
        for method in (desk.get, desk.post):
            assert method(page_of(kind, row), said(rival)).status_code == 404
    rival.refresh_from_db()
    assert rival.state == CourseRun.State.OPEN


def test_provider_and_portal_staff_cancel_too(client, run):
    other = CourseRunFactory(provider=run.provider)
    for user, mine in (
        (ProviderMembershipFactory(provider=run.provider).user, run),
        (PortalStaffFactory(), other),
    ):
        sign_in(client, user)
        assert client.post(page_of("courserun", mine), said(mine)).status_code == 302
        mine.refresh_from_db()
        assert mine.state == CourseRun.State.CANCELLED


@pytest.mark.parametrize("role", [MemberRole.VIEWER, MemberRole.SCORER])
def test_who_only_reads_or_scores_changes_no_course(client, run, session, role):
    sign_in(client, ProviderMembershipFactory(provider=run.provider, role=role).user)
    change = reverse("admin:catalogue_courserun_change", args=[run.pk])
    page = client.get(change).content.decode()
    assert "Cancel this run" not in page
    assert 'name="starts_on"' not in page
    posts = ((change, {}), (page_of("courserun", run), said(run)), (page_of("session", session), said(run)))
    for address, posted in posts:
        assert client.post(address, posted).status_code == 403, address
    assert not RunChange.objects.exists()


def test_a_cancelled_run_offers_no_cancelling(desk, run):
    change = reverse("admin:catalogue_courserun_change", args=[run.pk])
    assert "Cancel this run" in desk.get(change).content.decode()
    desk.post(page_of("courserun", run), said(run))
    assert "Cancel this run" not in desk.get(change).content.decode()


def test_the_public_page_says_so(desk, client, run, session):
    desk.post(page_of("session", session), said(run))
    client.logout()
    page = client.get(run.get_absolute_url()).content.decode()
    assert "Cancelled" in page[page.index('id="sessions"') :]


@pytest.mark.django_db(transaction=True)
def test_many_at_once():
    run = CourseRunFactory()
    session = SessionFactory(run=run)
    seen = run.updated_at

    def whole():
        return cancel_run(run=run, seen=seen, by=None, now=NOW)

    results = all_at_once([whole] * 4)
    assert {result.pk for result in results} == {run.pk}
    assert (run.changes.count(), AuditEvent.objects.about(run).count()) == (1, 1)

    run.refresh_from_db()
    own = [type(session).objects.get(pk=session.pk) for _ in range(4)]
    seen = run.updated_at
    all_at_once([lambda mine=mine: cancel_session(session=mine, seen=seen, by=None, now=NOW) for mine in own])
    assert AuditEvent.objects.about(run).count() == 2


@pytest.mark.django_db(transaction=True)
def test_one_cancels_while_another_cancels_a_session():
    """The first counts; the other is told, and what they meant to do is not done behind their back."""
    run = CourseRunFactory()
    session = SessionFactory(run=run)
    seen = run.updated_at
    results = all_at_once(
        [
            lambda: cancel_run(run=run, seen=seen, by=None, now=NOW),
            lambda: cancel_session(session=session, seen=seen, by=None, now=NOW),
        ]
    )
    assert sum(isinstance(each, StaleRunError) for each in results) == 1
    assert AuditEvent.objects.about(run).count() == 1
