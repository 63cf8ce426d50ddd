"""A decision of which the applicant is not told yet: nothing that they open or send shows that there is one."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from applications import actions
from applications.actions.holding import HELD_FOR
from applications.actions.run_changes import tell_of_run_change
from applications.journey.carrying import carried_query
from applications.models import Application, FundedPlaces, Message
from applications.queries import places_by_provider
from catalogue.models import RunChange
from npq_portal.mail.models import OutboxMessage
from tests.factories.applications import FundedPlacesFactory, draft_of, submitted_by
from tests.factories.catalogue import CourseRunFactory
from tests.people import sign_in

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


@pytest.mark.parametrize("name", ["change_provider", "change_course"])
def test_a_change_is_made_and_the_decision_gives_way(teacher_client, theirs, decided, world, name):
    run = CourseRunFactory(
        provider=theirs.provider, qualification=theirs.qualification, term=theirs.term, state="open"
    )
    decided()
    chosen = {"change_provider": {"provider": world.other.slug}, "change_course": {"course": run.pk}}[name]
    html = teacher_client.post(page(name, theirs), chosen, follow=True).content.decode()
    assert ("now with Teach First" if name == "change_provider" else "is saved") in html
    row = Application.objects.get().as_told(timezone.now())
    assert row.state == ("registered" if name == "change_provider" else "submitted")
    assert FundedPlaces.objects.get().taken == 0
    told = set(OutboxMessage.objects.values_list("template", flat=True))
    assert not told & {"applications/accepted", "applications/rejected"}


def test_registering_again_leads_to_the_application_that_there_is(teacher_client, theirs, teacher, decided):
    """Whoever could register again would know of a rejection."""
    decided()
    again = draft_of(teacher)
    where = [
        teacher_client.post(reverse("applications:check_answers", args=[again.pk])),
        teacher_client.post(f"{reverse('applications:start')}?{carried_query(theirs)}"),
    ]
    assert [answer.url for answer in where] == [page("already", theirs)] * 2
    assert Application.objects.registered().count() == 1


def test_they_register_again_once_they_are_told(teacher_client, theirs, teacher, decider):
    actions.reject(application=theirs, reason=REASON, by=decider, now=timezone.now() - HELD_FOR)
    again = draft_of(teacher)
    answer = teacher_client.post(reverse("applications:check_answers", args=[again.pk]))
    assert answer.url == page("registered", again)


def test_what_they_had_before_is_what_they_were_told(theirs, teacher, decider):
    """Else the funding of another registration, worked out at once, would tell of a funded place."""
    now = timezone.now()
    actions.accept(application=theirs, funded_place=True, by=decider, now=now)
    had = Application.objects.funded_before
    assert (had(teacher, now).count(), had(teacher, now + HELD_FOR).count()) == (0, 1)
    actions.reject(application=theirs, reason=REASON, by=decider, now=now + HELD_FOR)
    assert had(teacher, now + HELD_FOR).count() == 1
    assert had(teacher, now + 2 * HELD_FOR).count() == 0


def test_an_answer_shows_as_sent_whatever_was_decided(teacher_client, theirs, decider):
    signed = {"by": decider, "now": timezone.now()}
    actions.ask_for_more(application=theirs, text="Which key stage?", **signed)
    actions.reject(application=theirs, reason=REASON, **signed)
    teacher_client.post(page("messages", theirs), {"text": "Two."})
    html = teacher_client.get(page("tracker", theirs)).content.decode()
    assert "has asked you for more information" not in html
    assert actions.undo(application=Application.objects.get(), **signed).state == "submitted"


def test_who_is_not_told_of_a_rejection_is_told_that_their_course_moved(theirs, decider):
    run = CourseRunFactory(
        provider=theirs.provider, qualification=theirs.qualification, term=theirs.term, state="open"
    )
    Application.objects.update(course_run=run)
    now = timezone.now()
    change = RunChange.objects.create(run=run, cancelled=True, made_at=now, lines=["It is cancelled."])
    actions.reject(application=Application.objects.get(), reason=REASON, by=decider, now=now)
    assert tell_of_run_change(pk=change.pk, now=now) == 1


def left(theirs, now):
    """The funded places of the provider, as the question about providers says it to anybody."""
    return places_by_provider(theirs.qualification, theirs.term, now)[theirs.provider.slug].left


def test_the_places_that_anybody_reads_move_when_it_is_told(client, theirs, stranger, decider):
    question = f"/applications/{draft_of(stranger).pk}/provider/"
    sign_in(client, stranger)
    actions.accept(application=theirs, funded_place=True, by=decider, now=timezone.now())
    assert FundedPlaces.objects.get().taken == 1
    assert "1 funded place left" in client.get(question).content.decode()
    assert left(theirs, timezone.now() + HELD_FOR) == 0


def test_nor_do_they_move_with_a_place_that_a_rejection_frees(theirs, decider):
    now = timezone.now()
    told = now + HELD_FOR
    actions.accept(application=theirs, funded_place=True, by=decider, now=now)
    actions.reject(application=theirs, reason=REASON, by=decider, now=told)
    assert (FundedPlaces.objects.get().taken, left(theirs, told)) == (0, 0)
    assert left(theirs, told + HELD_FOR) == 1
