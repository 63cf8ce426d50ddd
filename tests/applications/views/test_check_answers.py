"""Check answers, register, and the confirmation."""

import pytest

from applications.models import Application
from npq_portal.mail.models import OutboxMessage
from tests.factories.applications import draft_of, registered_by


@pytest.fixture
def draft(world, teacher):
    return draft_of(teacher)


def url(application, page="check-answers"):
    return f"/applications/{application.pk}/{page}/"


def test_it_shows_every_answer_with_a_way_to_change_it(teacher_client, draft):
    html = teacher_client.get(url(draft)).content.decode()
    for words in (
        "Autumn 2026",
        "Oakwood School",
        "Headship",
        "Ambition Institute",
        "Ada Applicant",
        "1234567",
    ):
        assert words in html
    for step in draft.answers.values_list("step", flat=True):
        assert url(draft, step) in html


def test_registering_twice_gives_one(teacher_client, draft):
    first, second = teacher_client.post(url(draft)), teacher_client.post(url(draft))
    assert first.url == second.url == url(draft, "registered")
    assert Application.objects.get().reference
    assert OutboxMessage.objects.count() == 1


def test_registering_costs_what_it_must(teacher_client, draft, django_assert_max_num_queries):
    """What the page would check the verb checks, under the lock: it is not done twice."""
    with django_assert_max_num_queries(32):
        assert teacher_client.post(url(draft)).url == url(draft, "registered")


def test_the_confirmation_says_what_comes_next(teacher_client, world, teacher):
    application = registered_by(teacher)
    html = teacher_client.get(url(application, "registered")).content.decode()
    assert application.reference in html
    assert "by 6 December 2026" in html
    assert "you should hear by 27 December 2026" in html
    assert f"/applications/{application.pk}/form/" in html


def test_an_unfinished_draft_goes_to_the_question(teacher_client, world, teacher):
    draft = draft_of(teacher, trn=None)
    assert teacher_client.get(url(draft)).url == url(draft, "trn")
    assert teacher_client.post(url(draft)).url == url(draft, "trn")
    assert Application.objects.get().reference is None


def test_a_second_for_the_same_npq_and_term_leads_to_the_first(teacher_client, world, teacher):
    first = registered_by(teacher)
    response = teacher_client.post(url(draft_of(teacher)), follow=True)
    assert response.redirect_chain[-1][0] == f"/applications/{first.pk}/already/"
    assert first.reference in response.content.decode()


def test_a_draft_has_no_confirmation(teacher_client, draft):
    assert teacher_client.get(url(draft, "registered")).url == url(draft)


def test_looking_registers_nothing(teacher_client, draft):
    teacher_client.get(url(draft))
    assert Application.objects.get().state == "draft"
