"""The staff's queue: kept in order by an index, and no heavier than what its rows show."""

import re
from datetime import timedelta
from itertools import product

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from applications.models import Application
from applications.models.queue import QUEUE_NUMBER, QUEUE_PLACE, QUEUE_SINCE, conditions, task_of
from tests.factories.applications import NOW, ApplicationFactory
from tests.people import sign_in

pytestmark = pytest.mark.django_db


def plan(rows):
    """How Postgres would find the rows if there were too many of them to read or sort them all."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_sort = off")
    return rows.explain()


def test_its_order_comes_from_an_index():
    queue = Application.objects.registered().order_by(
        QUEUE_PLACE.asc(), QUEUE_NUMBER.asc(), QUEUE_SINCE.asc(), "pk"
    )
    assert "application_queue_order" in plan(queue[:50])


def test_counting_asks_for_nothing_that_the_index_does_not_hold(client, portal_staff):
    """Otherwise each of the rows, which are heavy, would be fetched to be counted."""
    held = next(index for index in Application._meta.indexes if index.name == "application_counted")
    columns = {Application._meta.get_field(name).column for name in (*held.fields, *held.include)}
    sign_in(client, portal_staff)
    for page in ("application", "figures"):
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse(f"admin:applications_{page}_changelist"))
        counting = [
            each["sql"] for each in asked if "GROUP BY" in each["sql"] and "= 'draft')" in each["sql"]
        ]
        assert counting, page
        for sql in counting:
            assert set(re.findall(r'"applications_application"\."(\w+)"', sql)) <= columns, sql


def test_what_a_list_says_is_to_be_done_is_what_its_filter_finds():
    now = NOW
    for state, days in product(("submitted", "offered", "registered", "accepted"), (0, 20)):
        ApplicationFactory(**{state: True}, state_since=now - timedelta(days=days))
    ApplicationFactory(offered=True, offer_ends_at=now + timedelta(days=1))
    ApplicationFactory(submitted=True, awaits_scores=True)
    ApplicationFactory(submitted=True, information_at=now, state_since=now)
    for days in (13, 14, 15):
        ApplicationFactory(
            submitted=True,
            state="awaiting_sponsor",
            submitted_at=None,
            state_since=now - timedelta(days=days),
        )
    rows = {row.pk: task_of(row, now) for row in Application.objects.annotate(queue_place=QUEUE_PLACE)}
    for task, condition in conditions(now).items():
        found = set(Application.objects.filter(condition).values_list("pk", flat=True))
        assert found == {pk for pk, told in rows.items() if told is task} != set(), task


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
