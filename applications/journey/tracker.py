"""Where an application stands, as the steps that the applicant sees: done, now and later."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.urls import reverse
from django.utils import timezone

from applications.journey.deadlines import (
    answer_expected,
    decision_expected,
    form_expected,
    new_sponsor_expected,
    review_expected,
)
from applications.models import Application, Sponsor
from applications.queries import failed_invitation, place_in_line
from applications.states import LIVE, TAKEN_ON, State
from applications.vocabulary import SponsorState
from funding.rules.vocabulary import Outcome
from funding.rules.words import OUTCOMES


class When(StrEnum):
    DONE = "done"
    NOW = "now"
    LATER = "later"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Todo:
    """What the person can do about a stage, and where."""

    words: str
    address: str


@dataclass(frozen=True, slots=True)
class Stage:
    """One line of the tracker. `who` has the ball, `since` when, and should be done `by` then."""

    title: str
    when: When
    text: str = ""
    who: str = ""
    on: datetime | None = None
    since: datetime | None = None
    by: date | None = None
    todo: Todo | None = None


def funding_told(application: Application) -> str:
    """The funding result in a sentence or two: who reviews it and by when, or who pays."""
    outcome, registered_at = application.funding_outcome, application.registered_at
    told = OUTCOMES[Outcome(outcome)].sentence
    if application.funding_reviewed_at:
        on = f"{timezone.localtime(application.funding_reviewed_at):%-d %B %Y}"
        return f"{told} This portal's staff decided that on {on}: “{application.funding_review_reason}”"
    if application.in_review and registered_at:
        by = f"{review_expected(registered_at):%-d %B %Y}"
        return f"This portal's staff are reviewing your scholarship funding, and should be done by {by}."
    if outcome == Outcome.NOT_FUNDED and application.funding_choice:
        return f"{told} You said who pays: “{application.get_funding_choice_display()}”."
    return told


def stages(application: Application, now: datetime) -> list[Stage]:
    """From registering to training; a withdrawn application ends where it was withdrawn."""
    sponsor = application.sponsors.last()
    lines = [
        _registered(application),
        _form(application, sponsor),
        *_sponsor(application, sponsor, now),
        _decision(application),
        _training(application),
    ]
    if application.status is State.WITHDRAWN:
        lines = [line for line in lines if line.when is When.DONE]
        lines.append(
            Stage("You withdrew", When.STOPPED, "This application has ended.", on=application.state_since)
        )
    elif application.status is State.REJECTED:
        lines.pop()
    return lines


def _registered(application: Application) -> Stage:
    return Stage("You registered", When.DONE, funding_told(application), on=application.registered_at)


def _form(application: Application, sponsor: Sponsor | None) -> Stage:
    title = f"{application.provider}'s form"
    state = application.status
    if application.submitted_at and state is not State.MORE_INFORMATION:
        return Stage(title, When.DONE, "You sent the form.", on=application.submitted_at)
    if state is State.AWAITING_SPONSOR:
        text = (
            f"You have finished the form. {application.provider} has it as soon as your sponsor endorses you."
        )
        return Stage(title, When.DONE, text, on=application.state_since)
    if state is State.MORE_INFORMATION:
        text = "The provider has asked you for more information, and waits for it before deciding."
        todo = Todo("Read and answer", reverse("applications:messages", args=[application.pk]))
        by = answer_expected(application.state_since, application.course_run)
        return Stage(title, When.NOW, text, who="you", since=application.state_since, by=by, todo=todo)
    since = application.with_provider_since
    if since is None or state not in LIVE:
        return Stage(title, When.LATER)
    if state is State.FORM_STARTED and sponsor and sponsor.answered_at:
        text = f"{_answer(sponsor)} Name another sponsor, or the same one when you have talked to them."
        by = new_sponsor_expected(since, sponsor.answered_at, application.course_run)
        return Stage(title, When.NOW, text, who="you", since=sponsor.answered_at, by=by)
    started = state is State.FORM_STARTED
    text = (
        "You have started it. Finish it and name a sponsor."
        if started
        else "Answer its questions and name a sponsor."
    )
    return Stage(
        title,
        When.NOW,
        text,
        who="you",
        since=since,
        by=form_expected(since, application.course_run),
    )


def _answer(sponsor: Sponsor) -> str:
    if sponsor.standing is SponsorState.DECLINED:
        return f"{sponsor.name} did not endorse your application: “{sponsor.reason}”"
    return f"Whoever reads {sponsor.email} says that they are not your sponsor."


def _sponsor(application: Application, sponsor: Sponsor | None, now: datetime) -> list[Stage]:
    """No line where the application was sent before sponsors were asked."""
    title = "Your sponsor endorses you"
    if sponsor and sponsor.standing is SponsorState.ENDORSED:
        return [Stage("Your sponsor endorsed you", When.DONE, f"{sponsor.name} did.", on=sponsor.answered_at)]
    if application.submitted_at or application.status not in LIVE:
        return []
    if application.status is not State.AWAITING_SPONSOR or sponsor is None:
        return [Stage(title, When.LATER, "We ask the sponsor whom you name, by e-mail.")]
    if sponsor.has_run_out_at(now):
        text = (
            f"{sponsor.name} has not answered, and the link has run out. Send it again, or ask somebody else."
        )
        return [Stage(title, When.NOW, text, who="you", since=sponsor.expires_at)]
    if failed := failed_invitation(sponsor):
        text = (
            f"Our e-mail to {sponsor.name} at {sponsor.email} could not be delivered. Check the address, then send the "
            "link again or ask somebody else."
        )
        return [Stage(title, When.NOW, text, who="you", since=failed.queued_at)]
    text = f"We have asked {sponsor.name} at {sponsor.email}."
    by = timezone.localdate(sponsor.expires_at)
    return [Stage(title, When.NOW, text, who=sponsor.name, since=sponsor.asked_at, by=by)]


def _decision(application: Application) -> Stage:
    title = f"{application.provider} decides"
    state = application.status
    if state in TAKEN_ON:
        text = (
            "You have a funded place." if application.funded_place else "You have a place, without funding."
        )
        return Stage("You were accepted", When.DONE, text, on=application.decided_at)
    if state is State.REJECTED:
        return Stage(
            "You were not accepted", When.STOPPED, application.decision_reason, on=application.decided_at
        )
    if state is State.WAITING_LIST:
        text = f"You are number {place_in_line(application)} on their waiting list. {_waits_for(application)}"
        return Stage(title, When.NOW, text, who=str(application.provider), since=application.state_since)
    if state is State.OFFERED:
        text = "A funded place is offered to you. After the day below it goes to the next person, if somebody waits."
        todo = Todo("Answer the offer", reverse("applications:offer", args=[application.pk]))
        since, by = application.state_since, application.offer_last_day
        return Stage(title, When.NOW, text, who="you", since=since, by=by, todo=todo)
    if state is State.SUBMITTED:
        return Stage(
            title,
            When.NOW,
            "They read your form and your registration.",
            who=str(application.provider),
            since=application.state_since,
            by=decision_expected(application.state_since, application.course_run),
        )
    return Stage(title, When.LATER, "They read your form and your registration, and tell you by e-mail.")


def _waits_for(application: Application) -> str:
    if application.funding_outcome == Outcome.FUNDED:
        return (
            "A funded place that somebody gives up is offered to the first who is eligible, by e-mail. They may also "
            "offer you a place, or accept you, before that."
        )
    told = "They tell you by e-mail when they have a place for you"
    return f"{told}." if application.funding_outcome == Outcome.REVIEW else f"{told}, without funding."


def _starting(application: Application) -> str:
    """The day of the course where one is known, else the month of the term."""
    run, term = application.course_run, application.term
    if run and run.starts_on:
        return f"It starts on {run.starts_on:%-d %B %Y}."
    if term and term.starts_on:
        return f"Courses start from {term.starts_on:%B %Y}; the day of yours is not announced here yet."
    return "When it starts is not announced here yet."


def _recorded(application: Application) -> str:
    """What the provider recorded of the training, each with its day and the reason given."""
    return "\n".join(
        f"{change}: {change.reason}" if change.reason else f"{change}."
        for change in application.training.all()
    )


def _training(application: Application) -> Stage:
    title = "Your training"
    state = application.status
    match state:
        case State.ACCEPTED:
            text = f"They send you the dates and places of your course. {_starting(application)}"
            return Stage(title, When.NOW, text, who=str(application.provider), since=application.decided_at)
        case State.ACTIVE:
            text = f"You are in training.\n{_recorded(application)}"
            return Stage(title, When.NOW, text, who="you", since=application.state_since)
        case State.DEFERRED:
            text = f"Your training is paused.\n{_recorded(application)}"
            return Stage(title, When.NOW, text, who=str(application.provider), since=application.state_since)
        case State.PASSED:
            return Stage(
                title, When.DONE, f"You passed.\n{_recorded(application)}", on=application.state_since
            )
        case State.FAILED | State.LEFT_TRAINING:
            text = f"{state.label}.\n{_recorded(application)}"
            return Stage(title, When.STOPPED, text, on=application.state_since)
        case _:
            return Stage(
                title,
                When.LATER,
                _starting(application),
            )
