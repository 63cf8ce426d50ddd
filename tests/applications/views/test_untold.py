"""A decision of which the applicant is not told yet: nothing that they open or send shows that there is one."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from applications import actions
from applications.models import Application, FundedPlaces, Message
from npq_portal.mail.models import OutboxMessage
from tests.factories.applications import FundedPlacesFactory, submitted_by

REASON = "No headship experience."
ABOUT_ONE = ["tracker", "registered", "already", "messages", "withdraw", "change_course", "change_provider"]
ABOUT_ONE += ["provider_form", "sponsor", "send_form", "offer"]
PAGES = [*ABOUT_ONE, "list", "own_data", "erase"]
DECISIONS = {
    "rejected": lambda signed: actions.reject(reason=REASON, **signed),
    "accepted": lambda signed: actions.accept(funded_place=True, **signed),
    "waiting_list": lambda signed: actions.put_on_waiting_list(**signed),
}


@pytest.fixture
def theirs(world, teacher):
    theirs = submitted_by(teacher)
    Application.objects.update(funding_outcome="funded")
    of = {"provider": theirs.provider, "qualification": theirs.qualification, "term": theirs.term}
    FundedPlacesFactory(cap=1, **of)
    return Application.objects.get()


@pytest.fixture(params=DECISIONS)
def decided(request, theirs, decider):
    """Decides about it when it is called."""

    def decide():
        decision = DECISIONS[request.param]
        decision({"application": Application.objects.get(), "by": decider, "now": timezone.now()})
        assert Application.objects.get().state == request.param

    return decide


def page(name, application):
    return reverse(f"applications:{name}", args=[application.pk] if name in ABOUT_ONE else [])


def all_pages(client, application):
    """What each says when it is opened, and when nothing is sent to it, without what differs every time."""
    asked = [(client.get, name) for name in PAGES]
    asked += [(client.post, name) for name in PAGES if name not in ("withdraw", "erase")]
    said = {}
    for ask, name in asked:
        answer = ask(page(name, application), follow=True)
        html = re.sub(r'value="\w{64}"|nonce="[^"]+"|\d\d?:\d\d', "", answer.content.decode())
        said[ask.__name__, name] = (answer.status_code, answer.redirect_chain, html)
    return said


def test_every_page_says_what_it_said_before(teacher_client, theirs, decided):
    all_pages(teacher_client, theirs)  # What is said once is said.
    before = all_pages(teacher_client, theirs)
    decided()
    assert all_pages(teacher_client, theirs) == before


def test_withdrawing_works_and_they_never_hear_of_the_decision(teacher_client, theirs, decided):
    decided()
    html = teacher_client.post(page("withdraw", theirs), follow=True).content.decode()
    assert "You have withdrawn this application." in html
    row = Application.objects.get()
    assert (row.state, row.decision_reason, row.decided_at, row.undo_until) == ("withdrawn", "", None, None)
    assert FundedPlaces.objects.get().taken == 0
    told = set(
        OutboxMessage.objects.filter(about__endswith=str(theirs.pk)).values_list("template", flat=True)
    )
    assert not told & {"applications/accepted", "applications/rejected", "applications/waiting_list"}


def test_a_message_is_sent_as_ever(teacher_client, theirs, decided):
    decided()
    html = teacher_client.post(page("messages", theirs), {"text": "When does it start?"}, follow=True)
    assert "Sent to Ambition Institute." in html.content.decode()
    assert Message.objects.get().from_applicant


def test_an_answer_that_comes_after_the_decision_is_sent_too(teacher_client, theirs, decider):
    signed = {"by": decider, "now": timezone.now()}
    actions.ask_for_more(application=theirs, text="Which key stage?", **signed)
    actions.reject(application=theirs, reason=REASON, **signed)
    html = teacher_client.post(page("messages", theirs), {"text": "Two."}, follow=True).content.decode()
    assert "Sent to Ambition Institute." in html
    assert list(Message.objects.values_list("text", flat=True)) == ["Which key stage?", "Two."]
    assert Application.objects.get().state == "rejected"


@pytest.mark.parametrize("name", ["rejected", "accepted"])
def test_another_provider_waits_until_they_are_told(teacher_client, theirs, decider, world, name):
    DECISIONS[name]({"application": theirs, "by": decider, "now": timezone.now()})
    chosen = {"provider": world.other.slug}
    html = teacher_client.post(page("change_provider", theirs), chosen, follow=True).content.decode()
    assert "Try again in ten minutes." in html
    assert Application.objects.get().state == name
