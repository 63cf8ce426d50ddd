"""The provider's form: written in several sittings, limits counted on the server, sent once."""

import re

import pytest

from applications.models import Application, Sponsor
from tests.factories.applications import (
    SPONSOR,
    WRITTEN,
    ProviderFormFactory,
    draft_of,
    registered_by,
    submitted_by,
)

FILLED = {**WRITTEN, "sponsor-name": SPONSOR[0], "sponsor-email": SPONSOR[1]}


@pytest.fixture
def application(world, teacher):
    return registered_by(teacher)


def url(application, page=""):
    return f"/applications/{application.pk}/form/{page}"


def test_it_shows_what_the_registration_said(teacher_client, application):
    html = teacher_client.get(url(application)).content.decode()
    assert "Ada Applicant" in html
    assert "Oakwood School" in html


def test_words_are_counted_while_writing(teacher_client, application):
    html = teacher_client.get(url(application)).content.decode()
    assert 'data-maxlength="250"' in html
    assert 'data-count-type="words"' in html
    assert 'id="id_difference-info"' in html
    assert "data-maxwords" not in html  # Deprecated: a browser would warn of it.


def test_saving_for_later_keeps_half_a_form(teacher_client, application):
    response = teacher_client.post(url(application), {"why-this-npq": "To le", "later": "yes"})
    assert response.url == f"/applications/{application.pk}/"
    assert "To le" in teacher_client.get(url(application)).content.decode()
    assert Application.objects.get().state == "form_started"


def test_from_writing_to_sending(teacher_client, application):
    assert teacher_client.post(url(application), FILLED).url == url(application, "send/")
    shown = teacher_client.get(url(application, "send/")).content.decode()
    assert "To lead well." in shown
    assert "Sam Sponsor" in shown
    assert teacher_client.post(url(application, "send/")).url == f"/applications/{application.pk}/"
    assert Application.objects.get().state == "submitted"


def test_sending_twice_gives_one(teacher_client, world, teacher):
    application = submitted_by(teacher)
    response = teacher_client.post(url(application, "send/"), follow=True)
    assert "You have sent this form" in response.content.decode()


def test_nobody_is_their_own_sponsor(teacher_client, application):
    posted = {**FILLED, "sponsor-email": "Ada@Example.test"}
    html = teacher_client.post(url(application), posted).content.decode()
    assert "Enter your sponsor&#x27;s own e-mail address, not yours" in html
    assert not Sponsor.objects.exists()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"why-this-npq": ""}, "Answer the question: Why do you want to take this NPQ now?"),
        ({"difference": "word " * 251}, "Use 250 words or fewer. You have used 251."),
        ({"sponsor-name": ""}, "Enter your sponsor&#x27;s full name"),
    ],
)
def test_what_is_missing_is_said_before_sending(teacher_client, application, changes, words):
    teacher_client.post(url(application), {**FILLED, **changes})
    response = teacher_client.get(url(application, "send/"), follow=True)
    assert words in response.content.decode()
    assert "<title>Error: " in response.content.decode()
    assert Application.objects.get().state == "form_started"


def test_an_address_that_is_none_is_said_at_once(teacher_client, application):
    response = teacher_client.post(url(application), {**FILLED, "sponsor-email": "head at school"})
    assert "Enter an e-mail address like name@school.org.uk" in response.content.decode()
    assert Application.objects.get().state == "registered"


def test_250_words_are_250_words(teacher_client, application):
    teacher_client.post(url(application), {**FILLED, "difference": "  word \n" * 250})
    assert teacher_client.get(url(application, "send/")).status_code == 200


def test_a_draft_has_no_form_yet(teacher_client, world, teacher):
    draft = draft_of(teacher)
    assert teacher_client.get(url(draft)).url == f"/applications/{draft.pk}/"
    assert teacher_client.post(url(draft), FILLED).status_code == 302
    assert Application.objects.get().state == "draft"


def test_a_label_that_staff_wrote_is_only_words(teacher_client, application, world):
    ProviderFormFactory(
        provider=world.ambition,
        questions=[
            {"key": "why", "kind": "long_text", "label": "<script>alert(1)</script>", "hint": "<b>x</b>"}
        ],
    )
    html = teacher_client.get(url(application)).content.decode()
    assert "<script>alert" not in html
    assert "<b>x</b>" not in html


def test_a_short_answer_is_one_line_of_500_characters(teacher_client, application, world):
    ProviderFormFactory(
        provider=world.ambition,
        questions=[{"key": "role", "kind": "short_text", "label": "What is your role?"}],
    )
    html = teacher_client.get(url(application)).content.decode()
    assert re.search(r'<input[^>]* maxlength="500"[^>]* id="id_role"', html)
    sponsor = {name: FILLED[name] for name in ("sponsor-name", "sponsor-email")}
    refused = teacher_client.post(url(application), {**sponsor, "role": "x" * 501})
    assert "Use 500 characters or fewer" in refused.content.decode()
    taken = teacher_client.post(url(application), {**sponsor, "role": "x" * 500})
    assert taken.url == url(application, "send/")


@pytest.mark.parametrize("key", ["why-this-npq", "sponsor-name", "sponsor-email"])
@pytest.mark.parametrize("value", ["\x00", "💥" * 400, "x" * 20_000, "{{ 1 }}", "<script>", "\ud83d"])
def test_anything_may_be_typed(teacher_client, application, key, value):
    typed = value.encode("utf-8", "replace").decode()
    assert teacher_client.post(url(application), {**FILLED, key: typed}).status_code in (200, 302)
    assert teacher_client.get(url(application)).status_code == 200
