"""Where is my application? Done, now, later; who has the ball, since when, by when; and what was decided."""

import re
from datetime import timedelta
from html import unescape

import pytest

from applications import actions
from applications.journey.tracker import When, stages
from applications.models import Application
from applications.states import Action
from tests.factories.applications import (
    LATER,
    NOW,
    ApplicationFactory,
    draft_of,
    registered_by,
    staff_of,
    submitted_by,
    waiting_by,
)


def told(client, application):
    return client.get(f"/applications/{application.pk}/").content.decode()


def kinds(application):
    return [stage.when for stage in stages(application, LATER)]


def test_after_registering_the_person_has_the_ball(teacher_client, world, teacher):
    application = registered_by(teacher)
    html = told(teacher_client, application)
    assert kinds(application) == [When.DONE, When.NOW, When.LATER, When.LATER, When.LATER]
    assert "6 December 2026" in html
    assert "Fill in the form" in html
    assert 'aria-current="step"' in html


def test_after_sending_the_provider_has_it(teacher_client, world, teacher):
    application = submitted_by(teacher)
    html = told(teacher_client, application)
    assert kinds(application) == [When.DONE, When.DONE, When.DONE, When.NOW, When.LATER]
    assert "Your sponsor endorsed you" in html
    assert "13 December 2026" in html
    assert "Fill in the form" not in html


@pytest.mark.parametrize(
    ("funded", "words"), [(True, "You have a funded place."), (False, "without funding")]
)
def test_an_acceptance_says_whether_it_is_funded(teacher_client, teacher, funded, words):
    application = ApplicationFactory(accepted=True, applicant=teacher, funded_place=funded)
    assert words in told(teacher_client, application)
    assert kinds(application) == [When.DONE, When.DONE, When.DONE, When.NOW]


def test_a_rejection_gives_its_reason(teacher_client, teacher):
    application = ApplicationFactory(
        rejected=True, applicant=teacher, decision_reason="Too <many> applicants."
    )
    html = told(teacher_client, application)
    assert "Too &lt;many&gt; applicants." in html
    assert "Withdraw" not in html
    assert kinds(application) == [When.DONE, When.DONE, When.STOPPED]


def test_a_withdrawal_ends_the_list(teacher_client, world, teacher):
    application = registered_by(teacher)
    actions.withdraw(application=application, by=teacher, now=LATER)
    assert kinds(application) == [When.DONE, When.STOPPED]
    html = told(teacher_client, application)
    assert "You withdrew" in html
    assert re.search(r'href="/apply/\?[^"]*npq=npq-headship"[^>]*>Register again<', html)


def test_registering_again_carries_over_what_it_says(teacher_client, world, teacher):
    application = registered_by(teacher)
    actions.withdraw(application=application, by=teacher, now=LATER)
    html = told(teacher_client, application)
    assert "What still holds of your workplace and NPQ is carried over" in html
    again = unescape(re.search(r'href="(/apply/\?[^"]*)"', html)[1])
    carried = teacher_client.get(again).content.decode().partition("We have kept these from before")[2]
    assert "Oakwood School" in carried
    assert "Headship" in carried
    assert teacher_client.post(again).url.endswith("/had/")


@pytest.mark.parametrize(("days", "by"), [(3, "6 December 2026"), (20, "26 December 2026")])
def test_after_a_sponsor_said_no_there_is_a_day_to_name_another(teacher_client, world, teacher, days, by):
    application = waiting_by(teacher)
    actions.decline(sponsor=application.sponsors.get(), reason="No.", now=NOW + timedelta(days=days))
    assert f"<dd>{by}</dd>" in told(teacher_client, application)


def test_a_question_of_the_provider_is_answered_by_a_day(teacher_client, world, teacher, decider):
    application = submitted_by(teacher)
    actions.ask_for_more(application=application, text="Why?", by=decider, now=LATER)
    assert "<dd>6 December 2026</dd>" in told(teacher_client, application)


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("more_information", When.LATER),
        ("active", When.DONE),
        ("deferred", When.DONE),
        ("passed", When.DONE),
        ("failed", When.DONE),
        ("left_training", When.DONE),
    ],
)
def test_every_later_state_has_its_place(teacher_client, teacher, state, expected):
    decided = {"accepted": True} if expected is When.DONE else {state: True}
    application = ApplicationFactory(**decided, applicant=teacher, state=state)
    assert kinds(application)[2] is expected
    assert application.status.label in told(teacher_client, application)


def test_the_waiting_list_says_which_number(teacher_client, teacher):
    first = ApplicationFactory(waiting_list=True)
    alike = {name: getattr(first, name) for name in ("provider", "qualification", "term", "form")}
    html = told(teacher_client, ApplicationFactory(waiting_list=True, applicant=teacher, **alike))
    assert "You are number 2 on their waiting list" in html


def test_an_offer_says_by_when_and_leads_to_its_answer(teacher_client, teacher):
    application = ApplicationFactory(offered=True, applicant=teacher)
    html = told(teacher_client, application)
    assert "29 November 2026" in html
    assert f'href="/applications/{application.pk}/offer/"' in html
    assert kinds(application) == [When.DONE, When.DONE, When.NOW, When.LATER]


def test_training_shows_its_days_and_reasons(teacher_client, teacher, world):
    application = ApplicationFactory(accepted=True, applicant=teacher, provider=world.ambition)
    for action, reason in ((Action.START_TRAINING, ""), (Action.DEFER, "Parental <leave>")):
        actions.record_training(
            application=application,
            action=action,
            on=NOW.date(),
            reason=reason,
            by=staff_of(world.ambition),
            now=LATER,
        )
    html = told(teacher_client, application)
    assert "Started the training, 22 November 2026." in html
    assert "Paused the training, 22 November 2026: Parental &lt;leave&gt;" in html


def test_a_draft_goes_to_its_next_question(teacher_client, world, teacher):
    draft = draft_of(teacher, trn=None)
    assert teacher_client.get(f"/applications/{draft.pk}/").url == f"/applications/{draft.pk}/trn/"


def test_withdrawing_asks_first_and_is_done_once(teacher_client, world, teacher):
    application = registered_by(teacher)
    address = f"/applications/{application.pk}/withdraw/"
    assert "Withdraw this application?" in teacher_client.get(address).content.decode()
    assert Application.objects.get().state == "registered"
    teacher_client.post(address)
    again = teacher_client.post(address, follow=True)
    assert Application.objects.get().state == "withdrawn"
    assert "there is nothing to withdraw" in again.content.decode()
