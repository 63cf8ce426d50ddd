"""Accepting and rejecting in the admin: confirmed by a post, by those who may, told kindly when it is too late."""

from html import unescape

import pytest

from applications import actions
from applications.actions.errors import AlreadyDone
from applications.models import Application, FundedPlaces, Note
from catalogue.models import MemberRole
from npq_portal.mail.models import OutboxMessage
from tests.factories.applications import LATER, FundedPlacesFactory, staff_of
from tests.people import sign_in


@pytest.fixture
def places(world):
    return FundedPlacesFactory(provider=world.ambition, cap=2, taken=1)


def state():
    return Application.objects.get().state


def test_accepting_with_a_funded_place(admin_as, theirs, places, address):
    client = admin_as("decider")
    page = client.get(address("accept", theirs)).content.decode()
    assert "1 of your 2 funded places is left" in page
    response = client.post(address("accept", theirs), {"place": "funded", "reason": "Strong."})
    assert response.url == address("change", theirs)
    assert (state(), FundedPlaces.objects.get().left) == ("accepted", 0)
    assert OutboxMessage.objects.filter(template="applications/accepted").count() == 1


@pytest.mark.parametrize("page", ["accept", "waiting_list"])
def test_the_reason_is_asked_for_and_only_staff_read_it(admin_as, theirs, page, address):
    client = admin_as("decider")
    unsaid = client.post(address(page, theirs), {"place": "unfunded", "reason": " "}).content.decode()
    assert "Give a reason: your colleagues read it" in unsaid
    assert (state(), Note.objects.exists()) == ("submitted", False)
    screen = client.post(address(page, theirs), {"place": "unfunded", "reason": "By a hair."}, follow=True)
    assert "By a hair." in screen.content.decode()
    assert Note.objects.get().text.endswith(": By a hair.")
    assert not OutboxMessage.objects.filter(text__contains="a hair").exists()


def test_without_a_place_left_only_an_unfunded_one_is_offered(admin_as, theirs, places, address):
    FundedPlaces.objects.update(taken=2)
    client = admin_as("decider")
    assert "No funded place is left" in client.get(address("accept", theirs)).content.decode()
    assert client.post(address("accept", theirs), {"place": "funded", "reason": "Strong."}).status_code == 200
    assert state() == "submitted"
    client.post(address("accept", theirs), {"place": "unfunded", "reason": "Strong."})
    assert state() == "accepted"


def test_a_page_that_was_open_meanwhile_does_not_undo_what_another_decided(
    admin_as, theirs, decider, address
):
    client = admin_as("decider")
    seen = client.get(address("reject", theirs)).context["seen"]
    actions.accept(application=theirs, funded_place=False, by=decider, now=LATER)
    answer = client.post(address("reject", theirs), {"seen": seen, "reason": "No."}, follow=True)
    assert state() == "accepted"
    assert str(AlreadyDone()) in unescape(answer.content.decode())
    now = client.get(address("reject", theirs)).context["seen"]
    client.post(address("reject", theirs), {"seen": now, "reason": "No."})
    assert state() == "rejected"


def test_the_last_place_going_to_another_while_the_page_was_open(
    admin_as, theirs, places, address, monkeypatch
):
    monkeypatch.setattr("applications.admin.deciding.places_of", lambda _: FundedPlaces(cap=2, taken=1))
    FundedPlaces.objects.update(taken=2)
    response = admin_as("decider").post(
        address("accept", theirs), {"place": "funded", "reason": "Strong."}, follow=True
    )
    assert "No funded place is left for this NPQ and term" in response.content.decode()
    assert state() == "submitted"


def test_rejecting_with_a_reason(admin_as, theirs, address):
    client = admin_as("decider")
    client.post(address("reject", theirs), {"reason": "Too few places."})
    assert Application.objects.get().decision_reason == "Too few places."
    assert "Too few places." in client.get(address("change", theirs)).content.decode()


@pytest.mark.parametrize(("page", "words"), [("accept", "Choose whether"), ("reject", "Give a reason")])
def test_an_empty_decision_says_what_to_do(admin_as, theirs, places, address, page, words):
    response = admin_as("decider").post(address(page, theirs), {"reason": "  "})
    assert words in response.content.decode()
    assert state() == "submitted"


@pytest.mark.parametrize("page", ["accept", "reject"])
def test_looking_decides_nothing(admin_as, theirs, address, page):
    admin_as("decider").get(address(page, theirs))
    assert state() == "submitted"


@pytest.mark.parametrize("role", [MemberRole.VIEWER, MemberRole.SCORER])
@pytest.mark.parametrize("page", ["accept", "reject"])
def test_those_who_only_look_are_refused(client, world, theirs, address, role, page):
    signed_in = sign_in(client, staff_of(world.ambition, role))
    for response in (
        signed_in.get(address(page, theirs)),
        signed_in.post(address(page, theirs), {"place": "unfunded", "reason": "x"}),
    ):
        assert response.status_code == 403
    assert state() == "submitted"


def test_portal_staff_may_decide(admin_as, theirs, address):
    admin_as("portal_staff").post(address("accept", theirs), {"place": "unfunded", "reason": "Strong."})
    assert state() == "accepted"


def test_who_comes_second_is_told_kindly(admin_as, theirs, decider, address):
    actions.reject(application=theirs, reason="First.", by=decider, now=LATER)
    response = admin_as("portal_staff").post(
        address("accept", theirs), {"place": "unfunded", "reason": "Strong."}, follow=True
    )
    assert "so that cannot be done to it now" in response.content.decode()
    assert state() == "rejected"


def test_who_comes_second_in_the_same_moment_is_told_kindly(admin_as, theirs, decider, address, monkeypatch):
    """The application changes between the page's own look and the move."""
    first = actions.accept

    def late(**arguments):
        actions.reject(application=Application.objects.get(), reason="First.", by=decider, now=LATER)
        return first(**arguments)

    monkeypatch.setattr("applications.actions.accept", late)
    response = admin_as("decider").post(
        address("accept", theirs), {"place": "unfunded", "reason": "Strong."}, follow=True
    )
    assert "changed while you were looking at it" in response.content.decode()
    assert state() == "rejected"


def test_posting_twice_gives_one(admin_as, theirs, address):
    client = admin_as("decider")
    for _ in range(2):
        client.post(address("accept", theirs), {"place": "unfunded", "reason": "Strong."})
    assert OutboxMessage.objects.filter(template="applications/accepted").count() == 1


def test_extra_fields_change_nothing(admin_as, theirs, rival, address):
    admin_as("decider").post(
        address("reject", theirs),
        {"reason": "No.", "state": "accepted", "funded_place": "on", "provider": "2"},
    )
    stored = Application.objects.get()
    assert (stored.state, stored.funded_place, stored.provider) == ("rejected", None, theirs.provider)


def test_a_note_is_added_by_those_who_read(client, world, theirs, address):
    signed_in = sign_in(client, staff_of(world.ambition, MemberRole.VIEWER))
    signed_in.post(address("note", theirs), {"text": "Telephoned <b>today</b>."})
    assert "Telephoned &lt;b&gt;today&lt;/b&gt;." in signed_in.get(address("change", theirs)).content.decode()
    assert signed_in.get(address("note", theirs)).status_code == 405
    signed_in.post(address("note", theirs), {"text": "  "})
    assert theirs.notes.count() == 1
