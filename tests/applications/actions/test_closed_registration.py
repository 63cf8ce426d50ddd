"""Portal staff close registration: the verbs refuse, drafts are kept and go on later, what is registered goes on."""

import pytest

from applications import actions
from applications.actions.errors import RegistrationClosed
from applications.journey.offered import choices_on
from applications.models import Application
from npq_portal.switches.models import Switches
from tests.factories.applications import LATER, NOW, draft_of, registered_by


@pytest.fixture
def closed(world):
    def close():
        Switches.objects.update_or_create(
            pk=1, defaults={"registration_open": False, "closed_words": "We open again on 4 January."}
        )

    return close


def test_a_draft_is_kept_and_registers_later(world, teacher, closed):
    draft = draft_of(teacher)
    answers = draft.answers.count()
    closed()
    with pytest.raises(RegistrationClosed, match="Your answers are kept"):
        actions.register(application=draft, by=teacher, now=NOW)
    draft.refresh_from_db()
    assert (draft.state, draft.answers.count()) == ("draft", answers)
    Switches.objects.update(registration_open=True)
    assert actions.register(application=draft, by=teacher, now=NOW).reference


def test_nobody_starts(world, teacher, closed):
    choices = choices_on(NOW.date())
    closed()
    with pytest.raises(RegistrationClosed):
        actions.start(by=teacher, now=NOW, carried={}, choices=choices)
    assert not choices_on(NOW.date()).terms
    assert not Application.objects.exists()


def test_who_has_registered_may_still_change_provider(world, teacher, closed):
    application = registered_by(teacher)
    closed()
    assert choices_on(NOW.date(), registered=True).terms
    actions.change_provider(application=application, provider=world.other, by=teacher, now=LATER)


def test_the_pages_say_what_to_do(world, teacher, teacher_client, closed):
    draft = draft_of(teacher)
    closed()
    assert teacher_client.post("/apply/").url == "/apply/"
    assert "Drafts that you have begun are kept" in teacher_client.get("/apply/").content.decode()
    listed = teacher_client.get("/applications/").content.decode()
    assert "Go on with them when registration opens." in listed
    answer = teacher_client.post(f"/applications/{draft.pk}/check-answers/", follow=True)
    assert "Registration is closed, so nothing was sent." in answer.content.decode()
    assert draft.answers.exists()
