"""Messages with the provider: read, written, and the answer to a question sent."""

import pytest

from applications import actions
from applications.models import Application, Message
from tests.factories.applications import LATER, ApplicationFactory, draft_of


@pytest.fixture
def theirs(world, teacher, decider):
    return ApplicationFactory(submitted=True, applicant=teacher, provider=world.ambition)


def address(application):
    return f"/applications/{application.pk}/messages/"


def words(response):
    return response.content.decode()


def test_writing_shows_it_once(teacher_client, theirs):
    response = teacher_client.post(address(theirs), {"text": "When <does> it start?"}, follow=True)
    assert words(response).count("When &lt;does&gt; it start?") == 1
    assert "Sent to Ambition Institute." in words(response)
    assert Message.objects.get().from_applicant


def test_a_question_is_answered_and_goes_back(teacher_client, theirs, decider):
    actions.ask_for_more(application=theirs, text="Which key stage?", by=decider, now=LATER)
    html = words(teacher_client.get(address(theirs)))
    assert "Which key stage?" in html
    assert "waits for your answer" in html
    assert teacher_client.post(address(theirs), {"text": "2."}).url == theirs.get_absolute_url()
    assert Application.objects.get().state == "submitted"


@pytest.mark.parametrize(
    ("text", "told"),
    [("", "Write your message"), ("\u200b \u3164\n", "Write your message"), ("x" * 4001, "4,000 characters")],
)
def test_nothing_and_too_much_are_told(teacher_client, theirs, text, told):
    assert told in words(teacher_client.post(address(theirs), {"text": text}))
    assert not Message.objects.exists()


def test_after_the_end_it_is_read_only(teacher_client, teacher):
    ended = ApplicationFactory(rejected=True, applicant=teacher)
    assert "no more messages can be sent" in words(teacher_client.get(address(ended)))
    teacher_client.post(address(ended), {"text": "Why?"})
    assert not Message.objects.exists()


def test_a_draft_has_none(teacher_client, world, teacher):
    draft = draft_of(teacher)
    assert teacher_client.get(address(draft)).url == f"/applications/{draft.pk}/check-answers/"
