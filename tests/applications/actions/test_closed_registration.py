"""Portal staff close registration: the verbs refuse, drafts are kept and go on later, what is registered goes on."""

from datetime import date

import pytest

from applications import actions
from applications.actions.errors import RegistrationClosed
from applications.journey.offered import choices_on
from applications.models import Application
from catalogue.models import Term
from npq_portal.switches.models import Switches
from tests.factories.applications import ANSWERS, LATER, NOW, draft_of, registered_by
from tests.factories.catalogue import TermFactory


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


CLOSING = {
    "the switch": lambda world, closed: closed(),
    "its dates": lambda world, closed: Term.objects.update(registration_closes=date(2021, 1, 1)),
    "its dates, and another opens": lambda world, closed: (
        Term.objects.update(registration_closes=date(2021, 1, 1)),
        TermFactory(registration_opens=date(2020, 1, 1), identifier="spring-2027", name="Spring 2027"),
    ),
}


@pytest.mark.parametrize("name", CLOSING)
def test_an_answer_that_was_on_its_way_is_kept(world, teacher, teacher_client, closed, name):
    draft = draft_of(teacher)
    before = draft.answers.count()
    CLOSING[name](world, closed)
    answer = teacher_client.post(f"/applications/{draft.pk}/name/", {"name": "Ada King"}, follow=True)
    assert draft.answers.get(step="name").value == {"name": "Ada King"}
    assert draft.answers.count() == before
    assert "Registration for autumn 2026 closed while you were answering. Your answer is saved" in said(
        answer
    )
    assert "Enter your" in said(teacher_client.post(f"/applications/{draft.pk}/name/", {"name": ""}))


def test_one_that_cannot_be_kept_is_told(world, teacher, teacher_client, closed):
    """Which term is all that there is to answer, and there is none."""
    draft = draft_of(teacher, seen=False, **dict.fromkeys(ANSWERS))
    closed()
    answer = teacher_client.post(f"/applications/{draft.pk}/term/", {"term": "autumn-2026"}, follow=True)
    assert "Registration has closed, so what you just sent was not saved." in said(answer)


def said(answer):
    return answer.content.decode()


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
