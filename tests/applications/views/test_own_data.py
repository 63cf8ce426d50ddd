"""What we hold about a person: all of theirs and nobody else's, on a page and in a file."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from applications import actions
from tests.factories.applications import LATER, ApplicationFactory, draft_of, registered_by, submitted_by
from tests.factories.catalogue import CourseAlertFactory, CourseRunFactory

PAGE, FILE = "/my-data/", "/my-data/file/"


def words(client):
    return client.get(PAGE).content.decode()


def in_file(client):
    return json.loads(client.get(FILE).content)


def test_all_of_it_is_shown(teacher_client, world, teacher, decider):
    application = submitted_by(teacher)
    actions.write_message(application=application, text="When <does> it start?", by=teacher, now=LATER)
    CourseAlertFactory(email=teacher.email.upper())
    html = words(teacher_client)
    for told in (
        teacher.email,
        application.reference,
        "Oakwood School",
        "1234567",
        "To lead well.",
        "sam@example.test",
        "When &lt;does&gt; it start?",
        "You work in England",
        "Alerts of new courses",
        "E-mails we sent you",
    ):
        assert told in html, told


def test_the_file_says_the_same(teacher_client, world, teacher):
    application = registered_by(teacher)
    held = in_file(teacher_client)["held"]
    about = {
        record["about"]: {fact["name"]: fact["value"] for fact in record["facts"]}
        for section in held
        for record in section["records"]
    }
    assert about["Account"]["E-mail address"] == teacher.email
    assert about["Where it stands"]["Lead provider"] == "Ambition Institute"
    assert any(application.reference in section["section"] for section in held)
    told = teacher_client.get(FILE)["Content-Disposition"]
    assert told.startswith('attachment; filename="my-npq-portal-data-')


def test_nobody_elses_and_no_notes(teacher_client, world, teacher, decider):
    application = registered_by(teacher)
    actions.note(application=application, text="A note of the staff.", by=decider, now=LATER)
    ApplicationFactory(registered=True, full_name="Somebody Else")
    CourseAlertFactory(email="somebody.else@example.test")
    text = words(teacher_client) + json.dumps(in_file(teacher_client))
    for others in ("A note of the staff.", "Somebody Else", "somebody.else"):
        assert others not in text


def test_a_draft_is_part_of_it(teacher_client, world, teacher):
    draft_of(teacher)
    assert "Draft begun on" in words(teacher_client)


def test_it_asks_no_more_for_more(teacher_client, teacher, django_assert_num_queries, world):
    ApplicationFactory(submitted=True, applicant=teacher)
    with CaptureQueriesContext(connection) as one:
        words(teacher_client)
    for npq in (world.headship, world.literacy):
        ApplicationFactory(
            submitted=True, applicant=teacher, qualification=npq, term__identifier="spring-2026"
        )
    with django_assert_num_queries(len(one)):
        words(teacher_client)


@pytest.mark.parametrize("address", [PAGE, FILE])
def test_it_is_kept_by_no_cache(teacher_client, address):
    assert "no-store" in teacher_client.get(address)["Cache-Control"]


def facts_in(client):
    held = in_file(client)["held"]
    return [fact for section in held for record in section["records"] for fact in record["facts"]]


def test_what_the_catalogue_names_is_told_by_its_name_and_the_file_keeps_the_key(
    teacher_client, world, teacher
):
    draft_of(teacher)
    run = CourseRunFactory(provider=world.ambition, qualification=world.headship, term=world.term)
    ApplicationFactory(registered=True, applicant=teacher, course_run=run, workplace_name="Elm School")
    CourseAlertFactory(email=teacher.email, search="npq=headship")
    html = words(teacher_client)
    for raw in ("npq-headship", "ambition-institute", "autumn-2026<", f"/courses/{run.pk}/", "npq="):
        assert raw not in html, raw
    for name in ("Headship", "Ambition Institute", "Autumn 2026", "From 13 January 2027"):
        assert name in html, name
    keys = {fact["name"]: fact["key"] for fact in facts_in(teacher_client) if "key" in fact}
    assert keys["NPQ"] == "npq-headship"
    assert keys["Course"] == f"/courses/{run.pk}/"
    assert keys["Search"] == "/courses/?npq=headship"


def test_what_was_written_to_an_earlier_provider_is_told_in_words(teacher_client, world, teacher):
    application = submitted_by(teacher)
    actions.write_message(application=application, text="When does it start?", by=teacher, now=LATER)
    actions.change_provider(application=application, provider=world.other, by=teacher, now=LATER)
    html = words(teacher_client)
    assert "You, 22 November 2026, 11:00: When does it start?" in html
    assert "from_applicant" not in html
