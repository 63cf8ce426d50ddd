"""The waiting list: at its end, in order, each told the place."""

from applications import actions
from applications.models import Application
from applications.queries import place_in_line
from npq_portal.mail.models import OutboxMessage
from tests.factories.applications import LATER, ApplicationFactory, FundedPlacesFactory


def on_the_list(world, **changes):
    return ApplicationFactory(
        **{"submitted": True, "provider": world.ambition, "qualification": world.headship, **changes}
    )


def put(application, by):
    return actions.put_on_waiting_list(application=application, by=by, now=LATER)


def test_each_goes_to_the_end_and_is_told_the_place(world, decider, left_behind):
    rows = [put(on_the_list(world), decider) for _ in range(3)]
    assert [place_in_line(row) for row in rows] == [1, 2, 3]
    assert {row.state for row in Application.objects.all()} == {"waiting_list"}
    assert left_behind() == (["applications.put_on_waiting_list"] * 3, ["applications/waiting_list"] * 3)
    assert [f"You are number {place} on" in mail.text for place, mail in enumerate(mails(), 1)] == [True] * 3


def mails():
    return OutboxMessage.objects.order_by("pk")


def test_each_list_is_its_own(world, decider, rival):
    put(on_the_list(world), decider)
    assert place_in_line(put(on_the_list(world, qualification=world.literacy), decider)) == 1
    assert place_in_line(put(on_the_list(world, provider=world.other), rival)) == 1


def test_who_leaves_it_makes_room_and_keeps_no_number(world, decider):
    first, second = (put(on_the_list(world), decider) for _ in range(2))
    actions.withdraw(application=first, by=first.applicant, now=LATER)
    left = Application.objects.get(pk=first.pk)
    assert (left.waiting_number, place_in_line(left)) == (None, 0)
    assert place_in_line(Application.objects.get(pk=second.pk)) == 1


def test_somebody_on_it_can_be_accepted_or_rejected(world, decider):
    first, second = (put(on_the_list(world), decider) for _ in range(2))
    actions.accept(application=first, funded_place=False, by=decider, now=LATER)
    actions.reject(application=second, reason="No room.", by=decider, now=LATER)
    assert set(Application.objects.values_list("state", "waiting_number")) == {
        ("accepted", None),
        ("rejected", None),
    }


def test_the_mail_is_true_while_funded_places_are_free(world, decider):
    """Such a place is not offered by itself: only one that somebody gives up is."""
    FundedPlacesFactory(provider=world.ambition, qualification=world.headship, term=world.term, cap=20)
    put(on_the_list(world, term=world.term, funding_outcome="funded"), decider)
    mail = mails().get()
    for part in (mail.text, mail.html):
        assert "When somebody gives up a funded place" in part
        assert "may also offer you a place, or accept you, before that" in part
