"""Provider staff move somebody to another of their course runs, with a message."""

import pytest

from applications import actions
from applications.actions.errors import Incomplete, NotOffered
from applications.models import Application, Message
from npq_portal.mail.models import OutboxMessage
from tests.factories.applications import LATER
from tests.factories.catalogue import CourseRunFactory


@pytest.fixture
def runs(theirs, world):
    like = {"qualification": theirs.qualification, "term": theirs.term}
    return {
        "ours": CourseRunFactory(provider=theirs.provider, **like),
        "full": CourseRunFactory(provider=theirs.provider, state="full", **like),
        "cancelled": CourseRunFactory(provider=theirs.provider, state="cancelled", **like),
        "another's": CourseRunFactory(provider=world.other, **like),
    }


def test_the_page_offers_what_can_be_chosen_and_moves(admin_as, theirs, runs, address):
    client = admin_as("decider")
    page = client.get(address("run", theirs))
    offered = set(page.context["form"].fields["run"].queryset)
    assert offered == {runs["ours"], runs["full"]}
    given = {"run": runs["ours"].pk, "text": "This one is nearer to you."}
    for _ in range(2):
        client.post(address("run", theirs), given)
    stored = Application.objects.get()
    assert (stored.course_run, stored.state) == (runs["ours"], "submitted")
    assert Message.objects.get().text == "This one is nearer to you."
    mail = OutboxMessage.objects.get(template="applications/moved_to_run")
    assert "This one is nearer to you." in mail.text


@pytest.mark.parametrize("name", ["cancelled", "another's"])
def test_a_forged_run_is_refused(admin_as, theirs, runs, decider, address, name):
    answer = admin_as("decider").post(address("run", theirs), {"run": runs[name].pk, "text": "There."})
    assert "Choose a course run" in answer.content.decode()
    with pytest.raises(NotOffered):
        actions.move_to_run(application=theirs, run=runs[name], text="There.", by=decider, now=LATER)
    assert Application.objects.get().course_run is None


def test_without_a_message(admin_as, theirs, runs, decider, address):
    answer = admin_as("decider").post(address("run", theirs), {"run": runs["ours"].pk, "text": " "})
    assert "Write why they are moved" in answer.content.decode()
    with pytest.raises(Incomplete):
        actions.move_to_run(application=theirs, run=runs["ours"], text=" ", by=decider, now=LATER)


def test_an_accepted_one_keeps_its_place_and_its_undo(theirs, runs, decider):
    actions.accept(application=theirs, funded_place=False, by=decider, now=LATER)
    actions.move_to_run(application=theirs, run=runs["full"], text="There.", by=decider, now=LATER)
    stored = Application.objects.get()
    assert (stored.state, stored.course_run) == ("accepted", runs["full"])
    assert stored.undo_until is not None
