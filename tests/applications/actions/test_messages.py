"""Messages both ways, and more information asked and sent."""

import pytest

from applications import actions
from applications.actions.errors import Incomplete, NotYours, TooManyMessages
from applications.actions.messages import A_DAY, LONGEST
from applications.models import Application, Message
from applications.states import NotAllowed
from catalogue.models import MemberRole
from npq_portal.mail.models import OutboxMessage
from tests.factories.applications import LATER, ApplicationFactory, staff_of


@pytest.fixture
def theirs(world, teacher, decider):
    return ApplicationFactory(submitted=True, applicant=teacher, provider=world.ambition)


def write(application, by, text="When does it start?"):
    return actions.write_message(application=application, text=text, by=by, now=LATER)


def ask(application, by, text="Which key stage?"):
    return actions.ask_for_more(application=application, text=text, by=by, now=LATER)


def send(application, by, text="Key stage 2."):
    return actions.send_information(application=application, text=text, by=by, now=LATER)


def receivers():
    return list(OutboxMessage.objects.order_by("pk").values_list("template", "to"))


def test_the_applicants_goes_to_those_who_decide_without_its_words(theirs, teacher, world, decider):
    staff_of(world.ambition, MemberRole.VIEWER)
    manager = staff_of(world.ambition, MemberRole.MANAGER, email="manager@example.test")
    staff_of(world.ambition, email="gone@example.test", is_active=False)
    write(theirs, teacher)
    assert receivers() == [
        ("applications/message_to_provider", email) for email in (decider.email, manager.email)
    ]
    assert all("When does it start?" not in mail.text for mail in OutboxMessage.objects.all())


def test_an_answer_goes_to_whoever_wrote_last(theirs, teacher, world, decider):
    staff_of(world.ambition, email="aaa@example.test")
    write(theirs, decider, "Welcome.")
    write(theirs, teacher)
    assert receivers() == [
        ("applications/message", teacher.email),
        ("applications/message_to_provider", decider.email),
    ]
    assert "Welcome." in OutboxMessage.objects.order_by("pk").first().text


def test_the_state_stays(theirs, teacher, left_behind):
    write(theirs, teacher)
    assert Application.objects.get().state == "submitted"
    assert left_behind()[0] == ["applications.message_written"]


def test_asked_and_sent(theirs, teacher, decider, left_behind):
    ask(theirs, decider)
    assert Application.objects.get().state == "more_information"
    send(Application.objects.get(), teacher)
    assert Application.objects.get().state == "submitted"
    assert list(Message.objects.values_list("text", "from_applicant", "asks")) == [
        ("Which key stage?", False, True),
        ("Key stage 2.", True, False),
    ]
    assert left_behind() == (
        ["applications.asked_for_more", "applications.information_sent"],
        ["applications/more_information", "applications/information_sent"],
    )


@pytest.mark.parametrize("text", ["", " \n ", "x" * (LONGEST + 1)])
@pytest.mark.parametrize("verb", [write, ask])
def test_nothing_and_too_much_are_refused(theirs, decider, verb, text, left_behind):
    with pytest.raises(Incomplete):
        verb(theirs, decider, text)
    assert (Application.objects.get().state, left_behind()) == ("submitted", ([], []))


def test_the_same_words_twice_are_one_message(theirs, teacher, left_behind):
    assert write(theirs, teacher) == write(theirs, teacher)
    assert len(left_behind()[0]) == Message.objects.count() == 1


def test_a_flood_stops(theirs, teacher):
    for number in range(A_DAY):
        write(theirs, teacher, str(number))
    with pytest.raises(TooManyMessages):
        write(theirs, teacher, "one more")
    assert Message.objects.count() == A_DAY


def test_not_for_others_nor_after_the_end(world, theirs, rival, stranger, decider, left_behind):
    viewer = staff_of(world.ambition, MemberRole.VIEWER)
    for person in (rival, stranger, viewer):
        with pytest.raises(NotYours):
            write(theirs, person)
        with pytest.raises(NotAllowed):
            ask(theirs, person)
    with pytest.raises(NotYours):
        write(ApplicationFactory(rejected=True, provider=world.ambition), decider)
    assert left_behind() == ([], [])
