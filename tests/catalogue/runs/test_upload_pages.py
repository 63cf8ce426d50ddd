"""Staff upload a file of runs, look at what it would change, and confirm: all of it or nothing, and once."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from catalogue.actions.course_runs import StaleRunError
from catalogue.actions.run_uploads import confirm, keep
from catalogue.models import CourseRun, RunUpload
from catalogue.spreadsheet.columns import COLUMNS
from catalogue.spreadsheet.plan import plan
from npq_portal.audit.models import AuditEvent
from tests.applications.races.threads import all_at_once
from tests.catalogue.conftest import NOW
from tests.catalogue.runs.sheets import UPLOAD, csv_of, file_of, new_row, numbered, rows_of
from tests.factories.catalogue import (
    CourseRunFactory,
    HubMembershipFactory,
    ProviderMembershipFactory,
    SessionFactory,
)
from tests.people import PortalStaffFactory, StaffFactory, UserFactory, sign_in


def send(client, rows, **named):
    return client.post(UPLOAD, {"file": file_of(rows, **named)})


def text_of(answer):
    return answer.content.decode()


@pytest.fixture
def two(run, session):
    """A file that moves the run's session, and adds a run."""
    (row,) = rows_of(run)
    return [row | {"session_date": "2027-01-20"}, new_row(run)]


def test_the_list_leads_there(desk, run):
    assert UPLOAD in text_of(desk.get("/admin/catalogue/courserun/"))
    assert "What the file holds" in text_of(desk.get(UPLOAD))


def test_from_the_file_to_the_runs(desk, staff, run, session, two):
    before = CourseRun.objects.count()
    address = send(desk, two).url
    page = text_of(desk.get(address))
    assert "Course runs added: 1. Changed: 1. Left as they are: 0." in page
    assert "Nobody has a live application for it, so nobody is told by e-mail." in page
    assert "Putting it in use sends no e-mail to applicants." in page
    session.refresh_from_db()
    assert (CourseRun.objects.count(), session.on) == (before, date(2027, 1, 13))
    done = desk.post(address, {"confirm": "1"}, follow=True)
    assert "Course runs added: 1. Changed: 1." in text_of(done)
    session.refresh_from_db()
    assert (CourseRun.objects.count(), session.on) == (before + 1, date(2027, 1, 20))
    assert run.changes.count() == 1
    event = AuditEvent.objects.about(run).get()
    assert (event.action, event.source, event.actor) == ("catalogue.run_changed", "csv", f"user:{staff.pk}")


def test_confirming_twice_is_once(desk, run, two):
    address = send(desk, two).url
    desk.post(address, {"confirm": "1"})
    for again in (desk.post(address, {"confirm": "1"}, follow=True), desk.get(address, follow=True)):
        assert "This file is in use already." in text_of(again)
    assert CourseRun.objects.count() == 2
    assert AuditEvent.objects.count() == 2
    assert RunUpload.objects.get().rows == []


def test_one_wrong_row_and_nothing_is_taken(desk, run, two):
    answer = send(desk, [*two, new_row(run, npq="")])
    assert answer.status_code == 200
    assert "Row 4: npq is empty." in text_of(answer)
    assert "<title>Error: " in text_of(answer)
    assert not RunUpload.objects.exists()


def test_what_was_changed_meanwhile_is_not_overwritten(desk, run, session, two):
    address = send(desk, two).url
    run.save()
    page = desk.post(address, {"confirm": "1"})
    assert "was changed after this file was made" in text_of(page)
    session.refresh_from_db()
    assert session.on == date(2027, 1, 13)
    assert CourseRun.objects.count() == 1


def test_an_unchanged_download_has_nothing_to_confirm(desk, run, session):
    page = text_of(desk.get(send(desk, rows_of(run)).url))
    assert "There is nothing to change." in page
    assert "Put it in use" not in page


def test_thrown_away(desk, two):
    address = send(desk, two).url
    assert desk.post(address, {"discard": "1"}).status_code == 302
    assert desk.get(address).status_code == 404


def test_a_preview_that_is_too_old(desk, two):
    address = send(desk, two).url
    RunUpload.objects.update(made_at="2026-01-01T00:00Z", expires_at="2026-01-01T01:00Z")
    assert "more than two hours old" in text_of(desk.post(address, {"confirm": "1"}))
    assert CourseRun.objects.count() == 1
    send(desk, two)
    assert RunUpload.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "The file is empty."),
        (",".join(COLUMNS).encode() + b"\n", "has its columns and no rows."),
        (",".join(COLUMNS[1:]).encode() + b"\n", "has no column run."),
        ((",".join(COLUMNS) + ",run").encode() + b"\n", "has the column run more than once."),
        (";".join(COLUMNS).encode() + b"\n", "is separated by semicolons."),
        ("\ufeff".encode("utf-16"), "is UTF-16. Save it as CSV UTF-8."),
        (b"PK\x03\x04", "is an Excel workbook or another packed file."),
        (",".join(COLUMNS).encode() + b"\na\0b\n", "NUL bytes, the first in row 2"),
        (",".join(COLUMNS).encode() + b"\nonly one\n", "Row 2 has 1 cells for 31 columns."),
        (",".join(COLUMNS).encode() + b"\n\x81\x8d" + b"," * 30 + b"\n", "neither UTF-8 nor Windows-1252"),
        (b'"' + ",".join(COLUMNS).encode() + b"\n", "never closes it"),
    ],
)
def test_a_file_that_is_no_such_table(desk, content, said):
    answer = desk.post(UPLOAD, {"file": SimpleUploadedFile("runs.csv", content)})
    assert said in text_of(answer)
    assert not RunUpload.objects.exists()


def test_no_file(desk):
    assert "Choose the file." in text_of(desk.post(UPLOAD, {"file": ""}))


def test_too_many_rows(desk, run, monkeypatch):
    monkeypatch.setattr("catalogue.admin.spreadsheet.MOST_ROWS", 2)
    rows = [new_row(run, run=f"new {number}") for number in range(3)]
    assert "has over 2 rows. Upload it in parts." in text_of(send(desk, rows))


def test_columns_in_another_order_and_some_more(desk, run, session):
    rows = [row | {"remark": "=x"} for row in rows_of(run)]
    columns = ("remark", *reversed(COLUMNS))
    assert "There is nothing to change." in text_of(desk.get(send(desk, rows, columns=columns).url))


def test_windows_text(desk, run, session):
    session.venue = "Café"
    session.save()
    content = csv_of(rows_of(run)).decode("utf-8-sig").encode("cp1252")
    address = desk.post(UPLOAD, {"file": SimpleUploadedFile("runs.csv", content)}).url
    assert "There is nothing to change." in text_of(desk.get(address))


def test_what_the_file_says_is_shown_as_text(desk, run):
    row = new_row(
        run,
        run="new <i>",
        starts_on="2027-05-05",
        session_title="<script>x</script>",
        session_date="2027-05-05",
    )
    page = text_of(desk.get(send(desk, [row], name="<b>.csv").url))
    assert "&lt;script&gt;x&lt;/script&gt;" in page
    assert "<script>x" not in page


def test_a_preview_is_for_who_made_it(desk, run, two):
    address = send(desk, two).url
    other = sign_in(Client(), HubMembershipFactory(hub=run.hub).user)
    assert other.get(address).status_code == other.post(address, {"confirm": "1"}).status_code == 404
    assert CourseRun.objects.count() == 1


def test_a_membership_that_ended_counts_at_once(desk, staff, run, rival, two):
    address = send(desk, two).url
    staff.hub_memberships.all().delete()
    HubMembershipFactory(user=staff, hub=rival.hub)
    assert "none of yours" in text_of(desk.post(address, {"confirm": "1"}))
    assert CourseRun.objects.count() == 2


@pytest.mark.parametrize("person", [StaffFactory, UserFactory, None])
def test_nobody_else(desk, two, person):
    address = send(desk, two).url
    stranger = Client()
    if person:
        sign_in(stranger, person())
    for there in (UPLOAD, address):
        for answer in (stranger.get(there), stranger.post(there)):
            assert answer.status_code in (302, 403)


def test_provider_staff_only_download(client, run):
    sign_in(client, ProviderMembershipFactory(provider=run.provider).user)
    assert client.get(UPLOAD).status_code == 403
    assert UPLOAD not in text_of(client.get("/admin/catalogue/courserun/"))


def test_a_run_that_is_refused_undoes_the_others(run, session, staff):
    other = CourseRunFactory(hub=run.hub)
    rows = [row | {"state": "Full"} for row in rows_of(run, other)]
    kept = keep(file_name="runs.csv", rows=numbered(rows), by=staff, now=NOW)
    works = plan(numbered(rows), staff, date(2026, 11, 22)).works
    other.save()
    with pytest.raises(StaleRunError):
        confirm(upload=kept, works=works, by=staff, now=NOW)
    run.refresh_from_db()
    kept.refresh_from_db()
    assert (run.state, kept.confirmed_at) == ("open", None)
    assert not AuditEvent.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_confirming_at_the_same_moment():
    """Two tabs, and two files that touch the same runs: each run is changed once, and nobody waits for ever."""
    user = PortalStaffFactory()
    runs = [SessionFactory(run=CourseRunFactory()).run for _ in range(3)]

    def uploaded(state):
        rows = [row | {"state": state} for row in rows_of(*runs)]
        kept = keep(file_name=f"{state}.csv", rows=numbered(rows), by=user, now=NOW)
        return kept, plan(numbered(rows), user, timezone.localdate(NOW)).works

    (one, works), (other, others) = uploaded("Full"), uploaded("Closed")
    results = all_at_once(
        [
            lambda: confirm(upload=one, works=works, by=user, now=NOW),
            lambda: confirm(upload=one, works=uploaded("Full")[1], by=user, now=NOW),
            lambda: confirm(upload=other, works=others, by=user, now=NOW),
        ]
    )
    assert results.count(True) == 1
    assert all(result in (True, False) or isinstance(result, StaleRunError) for result in results)
    assert len(set(CourseRun.objects.values_list("state", flat=True))) == 1
    assert AuditEvent.objects.filter(action="catalogue.run_changed").count() == 3


def test_what_may_be_a_slip_is_shown_before_it_is_put_in_use(desk, run):
    """Whoever puts the file in use has confirmed it: the provider is not known to offer it."""
    page = desk.post(UPLOAD, {"file": file_of([new_row(run)])}, follow=True)
    assert "We do not know that" in page.content.decode()
    assert "Look twice at 1 of them, which comes first" in page.content.decode()
    desk.post(page.redirect_chain[0][0], {"confirm": "1"})
    assert CourseRun.objects.exclude(pk=run.pk).count() == 1
