"""The audit trail as a file: what was searched for, whole, safe to open, recorded, naming staff alone."""

import csv
import io

import pytest
from django.urls import reverse
from django.utils import timezone

from npq_portal.audit import exporting
from npq_portal.audit.forms import SearchForm
from npq_portal.audit.models import AuditEvent
from npq_portal.audit.recording import record
from tests.factories.applications import ApplicationFactory
from tests.people import PortalStaffFactory, StaffFactory, UserFactory, sign_in

pytestmark = pytest.mark.django_db
EXPORT = reverse("admin:audit_auditevent_export")


@pytest.fixture
def dfe():
    return PortalStaffFactory(email="dfe@example.test", full_name="Dee Effee")


@pytest.fixture
def portal(client, dfe):
    return sign_in(client, dfe)


def event(action="accounts.made", **more):
    return record(action=action, subject=UserFactory(), by=None, now=timezone.now(), **more)


def rows(answer):
    text = b"".join(answer.streaming_content).decode()
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:])))


def test_what_was_searched_for_and_nothing_else(portal):
    wanted, _ = event(note="=HYPERLINK(1)", old={"a": 1}, new={"a": 2}), event("accounts.closed")
    answer = portal.post(f"{EXPORT}?action=accounts.made")
    assert "audit-trail-" in answer["Content-Disposition"]
    (row,) = rows(answer)
    assert (row["record"], row["old"], row["new"]) == (wanted.subject, '{"a": 1}', '{"a": 2}')
    assert row["note"] == "'=HYPERLINK(1)", "a formula is text"


def test_taking_it_is_recorded_before_it_is_sent(portal, dfe):
    event()
    event()
    portal.post(f"{EXPORT}?action=accounts.made&actor=the+portal&text=")
    taken = AuditEvent.objects.get(action="audit.exported")
    assert taken.new == {"rows": 2, "search": {"action": "accounts.made", "and_by": ["actor"]}}
    assert (taken.actor, taken.subject) == (f"user:{dfe.pk}", f"accounts.user:{dfe.pk}")


def test_it_names_staff_and_nobody_else(portal):
    """Staff of today, and who did it in the staff area; an applicant's name would stay after they were erased."""
    ada = StaffFactory(full_name="=Ada Auditor")
    former, amira = UserFactory(full_name="Fay Former"), UserFactory(full_name="Amira Khan")
    application = ApplicationFactory(registered=True, applicant=amira, full_name="Amira Khan")
    about = {"subject": application, "now": timezone.now()}
    record(action="applications.viewed", by=ada, **about)
    record(action="applications.noted", by=former, source="staff page applications_application_note", **about)
    record(action="applications.withdrawn", by=amira, new={"account": str(amira.pk)}, **about)
    withdrawn, noted, viewed = rows(portal.post(f"{EXPORT}?kind=applications.application"))
    assert [row["who"] for row in (viewed, noted, withdrawn)] == ["'=Ada Auditor", "Fay Former", ""]
    assert viewed["who (number)"] == f"user:{ada.pk}"
    assert (viewed["to what"], viewed["called"]) == ("Application", application.reference)
    assert withdrawn["changed"] == f"Account: {amira.pk}"
    assert "Amira" not in str([withdrawn, noted, viewed])


def test_rows_are_read_as_they_are_sent(dfe, monkeypatch, django_assert_num_queries):
    """Ten at once here; Postgres keeps the place in between."""
    monkeypatch.setattr(exporting, "AT_ONCE", 10)
    for _ in range(25):
        event()
    search = SearchForm({}, today=timezone.localdate())
    assert search.is_valid()
    lines = exporting.export(search=search, by=dfe, now=timezone.now())
    event()
    assert len(list(lines)) == 2 + 25, "the mark and the header; what came later is not in it"


@pytest.mark.parametrize("search", ["since=soon", "action=no.such"])
def test_a_search_that_is_wrong_gives_no_file(portal, search):
    html = portal.post(f"{EXPORT}?{search}").content.decode()
    assert "Nothing was searched for" in html
    assert not AuditEvent.objects.filter(action="audit.exported").exists()


def test_by_a_post_of_portal_staff_alone(portal, client):
    assert portal.get(EXPORT).status_code == 405
    assert sign_in(client, StaffFactory()).post(EXPORT).status_code == 403
