"""Registering: the draft becomes an application, with its funding decision frozen as it was made."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from applications.access import role_of
from applications.actions.errors import AlreadyApplied, Busy, Incomplete, RegistrationClosed
from applications.actions.mails import tell_applicant
from applications.actions.moving import locked_draft, move
from applications.actions.own_offers import still_stands
from applications.journey.birth import date_of
from applications.journey.choices import Choices
from applications.journey.courses import key_of, run_of
from applications.journey.deadlines import form_expected
from applications.journey.decision import Funding, decide_for
from applications.journey.forms import form_for
from applications.journey.funding_step import FUNDING, outcome_seen
from applications.journey.offered import choices_of, choices_on, may_always, offer_named
from applications.journey.shape import NO_COURSE, Answers, said
from applications.journey.tracker import funding_told
from applications.journey.walker import walk
from applications.models import Application
from applications.queries import answers_of, live_for
from applications.states import Action, Role, State, next_state
from catalogue.models import CourseRun, Offer
from npq_portal.accounts.models import User
from npq_portal.switches.models import Switches
from npq_portal.verbs import verb

# No vowels and nothing that is read as something else: 0 and O, 1 and I and L.
ALPHABET = "23456789BCDFGHJKMNPQRSTVWXYZ"
DRAWS = 5


@verb
def register(*, application: Application, by: User, now: datetime) -> Application:
    """Check everything once more, decide the funding once more, keep both, and issue the reference.

    One transaction: either all of it happened or nothing did. A second call, or one that waited for the
    first, returns the registered application and changes nothing. Raises Incomplete with the step to go to,
    where an answer is missing or no longer holds or the funding decision is not the one that was seen;
    RegistrationClosed while portal staff keep it closed; AlreadyApplied where the person has a live application for the
    NPQ and term. It gives nobody a place.
    """
    application = locked_draft(application)
    role = role_of(by, application)
    if application.status is not State.DRAFT and role is Role.APPLICANT:
        return application
    next_state(application.status, Action.REGISTER, role)
    application.applicant = by  # nobody else's move it is
    given, day = answers_of(application), timezone.localdate(now)
    run = _held_course(given)
    offer = offer_named(given, day, by.email)
    if offer is None and Switches.objects.closing().exists() and not may_always(by.email):
        raise RegistrationClosed
    # All that is offered is read only to find which of the answers no longer holds.
    answers = _checked(given, choices_of(offer, day) if offer else choices_on(day, by.email))
    if offer is None or not still_stands(offer):
        raise Busy  # it was put back, or withdrawn, while we looked
    funding = decide_for(answers, by, now, offer.term)
    if funding.decision.outcome != outcome_seen(answers):
        raise Incomplete(
            FUNDING.slug, "The answer about your funding has changed since you saw it. Read it again."
        )
    # The database holds it of what is live, and this of what the person is not told has ended.
    if first := live_for(by, offer.qualification.identifier, offer.term.identifier, now):
        raise AlreadyApplied(first)
    course = {"course_run": run, "course_run_as_of": run and run.updated_at}
    columns = {**_columns(answers, offer, funding, now), **course}
    key = _claim(application, by, now, columns)
    tell_applicant(
        "registered",
        application,
        key=key,
        now=now,
        form_by=form_expected(now, run),
        funding=funding_told(application),
        course=run_of(application.course_run_id),
    )
    return application


def _held_course(given: Answers) -> CourseRun | None:
    """The course run that the answers name, held until the transaction ends.

    Whoever cancels it waits, and then tells this person too; or was first, and `_checked` sees it cancelled.
    """
    key = key_of(said(given, "course"))
    if key is None:
        return None
    return CourseRun.objects.select_for_update(no_key=True).filter(pk=key).first()


def _checked(given: Answers, choices: Choices) -> Answers:
    """Every step's answer put through its form again. Raises Incomplete at the first that does not pass."""
    walked = walk(given, choices)
    if walked.unanswered is not None:
        raise Incomplete(walked.unanswered.slug)
    cleaned = {}
    for step in walked.path:
        form = form_for(step, walked.answers, choices, data=walked.answers[step.slug], shown=False)
        if not form.is_valid():
            raise Incomplete(step.slug, "Check this answer: it no longer holds.")
        cleaned[step.slug] = form.cleaned_data
    again = walk(cleaned, choices)
    if again.unanswered is not None:
        raise Incomplete(again.unanswered.slug)
    if said(given, "course") not in (None, NO_COURSE) and "course" not in again.answers:
        raise Incomplete("provider", "The course you chose can no longer be applied for. Choose again.")
    return again.answers


def _columns(answers: Answers, offer: Offer, funding: Funding, now: datetime) -> dict[str, Any]:
    decision = funding.decision
    return {
        "registered_at": now,
        "term": offer.term,
        "qualification": offer.qualification,
        "provider": offer.provider,
        "full_name": said(answers, "name"),
        "date_of_birth": date_of(answers["birth"]),
        "trn": said(answers, "trn") or "",
        "workplace_reference": funding.workplace_reference,
        "workplace_name": funding.workplace_name,
        "funding_facts": decision.facts.to_json(),
        "funding_decision": decision.to_json(),
        "funding_outcome": decision.outcome.value,
        "funding_reason": decision.reason.value,
        "funding_rules_version": decision.rules_version,
        "funding_evidence": [each.to_json() for each in funding.evidence],
        "funding_choice": said(answers, "who-pays") or "",
    }


def _claim(application: Application, by: User, now: datetime, columns: Mapping[str, Any]) -> str:
    """Move the draft to registered under a fresh reference.

    The database says whether it is unique, and whether the person has such an application already.
    """
    for _ in range(DRAWS):
        try:
            with transaction.atomic():
                return move(
                    application=application,
                    action=Action.REGISTER,
                    by=by,
                    now=now,
                    event="registered",
                    new={"outcome": columns["funding_outcome"], "reason": columns["funding_reason"]},
                    reference=draw_reference(),
                    **columns,
                )
        except IntegrityError as refusal:
            _explain(refusal, by, now, columns)
    raise RuntimeError(f"{DRAWS} references in a row were taken")


def _explain(refusal: IntegrityError, by: User, now: datetime, columns: Mapping[str, Any]) -> None:
    """Returns where another try may help; AlreadyApplied for a second live one; else the refusal itself."""
    constraint = getattr(getattr(refusal.__cause__, "diag", None), "constraint_name", "")
    if constraint == "application_live_once_per_npq_and_term":
        first = live_for(by, columns["qualification"].identifier, columns["term"].identifier, now)
        if first is not None:
            raise AlreadyApplied(first) from refusal
    elif constraint != "application_reference_unique":
        raise refusal


def draw_reference() -> str:
    """For example NPQ-7K3M9X: 28 to the power of 6, about 480 million."""
    return "NPQ-" + "".join(secrets.choice(ALPHABET) for _ in range(6))
