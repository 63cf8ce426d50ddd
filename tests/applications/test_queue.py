"""The staff's queue: kept in order by an index, and no heavier than what its rows show."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from applications.models import Application
from applications.models.queue import QUEUE_PLACE, QUEUE_SINCE
from tests.factories.applications import ApplicationFactory
from tests.people import sign_in

pytestmark = pytest.mark.django_db


def plan(rows):
    """How Postgres would find the rows if there were too many of them to read or sort them all."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_sort = off")
    return rows.explain()


def test_its_order_comes_from_an_index():
    queue = Application.objects.registered().order_by(QUEUE_PLACE.asc(), QUEUE_SINCE.asc(), "pk")
    assert "application_queue" in plan(queue[:50])


def test_people_with_one_trn_are_found_by_an_index():
    assert "application_trn" in plan(Application.objects.filter(trn="1234567"))


def test_the_list_fetches_no_decision_and_nobody_s_password(client, portal_staff):
    ApplicationFactory(submitted=True)
    sign_in(client, portal_staff)
    with CaptureQueriesContext(connection) as asked:
        client.get(reverse("admin:applications_application_changelist"))
    rows = [each["sql"] for each in asked if '"full_name"' in each["sql"] and '"applications_' in each["sql"]]
    assert rows
    for heavy in ("funding_facts", "funding_decision", "funding_evidence", "password"):
        assert not any(heavy in sql for sql in rows), heavy


def test_one_s_own_list_fetches_no_decision(teacher, teacher_client):
    ApplicationFactory(submitted=True, applicant=teacher)
    with CaptureQueriesContext(connection) as asked:
        assert teacher_client.get("/applications/").status_code == 200
    assert not any("funding_decision" in each["sql"] for each in asked)
