"""Course runs are downloaded as CSV: one's own, as the list is narrowed, row by row, with no formula in it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalogue.spreadsheet.columns import COLUMNS
from tests.catalogue.runs.sheets import DOWNLOAD, downloaded
from tests.factories.catalogue import CourseRunFactory, ProviderMembershipFactory, SessionFactory
from tests.people import PortalStaffFactory, StaffFactory, sign_in

LIST = "/admin/catalogue/courserun/"


def test_a_row_for_each_session(desk, run, session):
    bare = CourseRunFactory(hub=run.hub, starts_on=None, ends_on=None, apply_by=None)
    SessionFactory(run=run, position=2, on=None, online=True, cancelled=True)
    first, second, alone = downloaded(desk)
    assert tuple(first) == COLUMNS
    assert (first["run"], first["changed_at"]) == (str(run.pk), run.updated_at.isoformat())
    assert (first["npq"], first["hub"], first["state"]) == (
        run.qualification.identifier,
        run.hub.code,
        "Open",
    )
    assert (first["session"], first["session_date"], first["session_starts"]) == (
        str(session.pk),
        "2027-01-13",
        "09:30",
    )
    assert (first["online"], second["online"], second["session_cancelled"]) == ("no", "yes", "yes")
    assert (alone["run"], alone["session"], alone["starts_on"]) == (str(bare.pk), "", "")


def test_the_answer_is_a_file_that_is_sent_as_it_is_read(desk, run):
    answer = desk.get(DOWNLOAD)
    assert answer.streaming
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"].startswith('attachment; filename="course-runs-2')
    assert "no-store" in answer["Cache-Control"]


def test_formulas_are_text(desk, session):
    session.venue, session.title = '=HYPERLINK("https://example.test")', "@SUM(A1)"
    session.save()
    (row,) = downloaded(desk)
    assert row["venue"] == "'" + session.venue
    assert row["session_title"] == "'@SUM(A1)"


def test_only_ones_own(desk, run, rival, rival_session):
    assert {row["run"] for row in downloaded(desk)} == {str(run.pk)}
    assert downloaded(desk, f"?hub__id__exact={rival.hub_id}") == []


def test_as_the_list_is_narrowed(client, run, rival):
    sign_in(client, PortalStaffFactory())
    rival.state = "full"
    rival.save()
    assert {row["run"] for row in downloaded(client)} == {str(run.pk), str(rival.pk)}
    assert {row["run"] for row in downloaded(client, "?state__exact=full")} == {str(rival.pk)}
    assert "download/?state__exact=full" in client.get(f"{LIST}?state__exact=full").content.decode()


def test_provider_staff_download_their_providers(client, run, rival):
    sign_in(client, ProviderMembershipFactory(provider=rival.provider).user)
    assert {row["run"] for row in downloaded(client)} == {str(rival.pk)}


def test_who_keeps_nothing_downloads_nothing(client, run):
    assert sign_in(client, StaffFactory()).get(DOWNLOAD).status_code == 403


def test_an_address_that_narrows_by_nonsense(desk, run):
    assert desk.get(f"{DOWNLOAD}?starts_on__isempty=x").url == LIST


@pytest.mark.django_db
def test_as_many_queries_for_many_runs(client):
    sign_in(client, PortalStaffFactory())

    def queries():
        with CaptureQueriesContext(connection) as asked:
            downloaded(client)
        return len(asked)

    SessionFactory()
    queries()
    few = queries()
    SessionFactory.create_batch(30)
    assert queries() == few
