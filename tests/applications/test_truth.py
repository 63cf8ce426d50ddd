"""What the pages say about who reads an application: nothing is sent to the Department, and what a sponsor sees."""

from pathlib import Path

import pytest
from django.conf import settings

from applications import actions
from npq_portal.mail.models import OutboxMessage
from tests.factories.applications import NOW, draft_of, registered_by

TEMPLATES = Path(settings.BASE_DIR) / "templates"


@pytest.fixture
def draft(world, teacher):
    return draft_of(teacher)


def words(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(response.content.decode().split("<footer")[0].split())


@pytest.mark.parametrize("page", ["consent/", "check-answers/"])
def test_the_reader_is_told_who_reads_the_answers(teacher_client, draft, page):
    html = words(teacher_client, f"/applications/{draft.pk}/{page}")
    assert "the staff who run this portal" in html
    assert "DfE" not in html
    assert "Department for Education" not in html


def test_after_registering_no_page_and_no_mail_names_the_department(teacher_client, world, teacher):
    application = registered_by(teacher)
    pages = ["/apply/", f"/applications/{application.pk}/", f"/applications/{application.pk}/registered/"]
    mail = OutboxMessage.objects.get()
    for text in (*(words(teacher_client, page) for page in pages), mail.text, mail.html):
        assert "DfE" not in text
        assert "Department for Education" not in text


def test_the_privacy_page_agrees(client, db):
    html = words(client, "/privacy/")
    assert "This portal sends nothing to the Department for Education." in html
    assert "Nobody sees them before you are accepted." in html
    assert "So that we can ask them, by e-mail, to endorse your application." in html


def test_who_names_a_sponsor_is_told_what_the_sponsor_sees(teacher_client, world, teacher):
    application = registered_by(teacher)
    actions.save_form(application=application, answers={}, sponsor=None, by=teacher, now=NOW)
    html = words(teacher_client, f"/applications/{application.pk}/sponsor/")
    assert "They never see what you wrote in the form." in html
    assert "chair of governors" in html


@pytest.mark.parametrize("folder", ["applications", "emails/applications"])
def test_e_mail_is_spelled_one_way(folder):
    for template in (TEMPLATES / folder).rglob("*.*"):
        said = template.read_text()
        assert " email" not in said.replace("include email", ""), template
