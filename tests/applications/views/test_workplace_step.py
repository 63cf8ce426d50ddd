"""The workplace question: nothing is chosen until it is, and what is chosen is named and can be kept."""

import re

import pytest

from applications import actions
from applications.journey.offered import choices_on
from applications.models import Answer
from tests.factories.applications import NOW, draft_of


@pytest.fixture
def draft(world, teacher):
    return draft_of(teacher)


def url(application):
    return f"/applications/{application.pk}/workplace/"


def test_before_a_choice_there_is_nothing_to_keep(teacher_client, world, teacher):
    carried = {
        "term": {"term": "autumn-2026"},
        "england": {"england": "yes"},
        "setting": {"setting": "school"},
    }
    fresh = actions.start(by=teacher, now=NOW, carried=carried, choices=choices_on(NOW.date()))
    html = teacher_client.get(url(fresh)).content.decode()
    assert "You chose" not in html
    assert "Keep it and continue" not in html


def test_the_chosen_workplace_is_named(teacher_client, draft):
    assert "You chose <strong>Oakwood School</strong>" in teacher_client.get(url(draft)).content.decode()


def test_keeping_it_goes_on_with_the_same_answer(teacher_client, draft):
    html = teacher_client.get(url(draft)).content.decode()
    kept = re.search(r'<input type="hidden" name="workplace" value="(.*?)">', html)[1]
    response = teacher_client.post(url(draft), {"workplace": kept})
    assert response.status_code == 302
    assert Answer.objects.get(application=draft, step="workplace").value == {"workplace": "800100"}


def test_a_choice_that_cannot_be_used_shows_nothing_to_keep(teacher_client, draft):
    html = teacher_client.post(url(draft), {"workplace": "no-such-place"}).content.decode()
    assert "There is a problem" in html
    assert "Keep it and continue" not in html
