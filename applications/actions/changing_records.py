"""A record that is wrong: portal staff change its term, NPQ or lead provider, which the applicant cannot."""

from copy import copy
from datetime import datetime
from typing import Any

from django.utils import timezone

from applications.access import role_of
from applications.actions.changing import put_away
from applications.actions.duplicates import hold_with_same_person
from applications.actions.errors import AppliedToThat, Incomplete, LiveAgain, NotOffered
from applications.actions.mails import tell_applicant, tell_provider, tell_provider_that_is_left
from applications.actions.moving import locked, move
from applications.actions.offers import free_place
from applications.actions.own_offers import still_stands
from applications.actions.record_change import Change
from applications.actions.reverting import told_by_the_database
from applications.journey.deadlines import form_expected
from applications.models import Application, Note
from applications.states import Action, State, next_state
from catalogue.models import Offer
from funding.rules.vocabulary import Outcome
from npq_portal.accounts.models import User
from npq_portal.verbs import verb

WAS_CHANGED = "This portal's staff changed its NPQ or lead provider."


@verb
def change_record(
    *, application: Application, offer: Offer, reason: str, by: User, now: datetime, payer: str = ""
) -> Application:
    """The application goes on for the term, NPQ and provider of `offer`, under its reference, undecided.

    Of another term or NPQ the funding is decided anew from the frozen facts; what was decided before is kept beside it.
    Form, sponsor and scores stay where the term alone changes, else they are put away in a ClosedApplication. A funded
    place goes to the next in line, and the chosen course is none in particular. The applicant is told, and both
    providers; the reason is kept as a note. For what it is already nothing changes.

    Raises Incomplete without a reason, or without `payer` where nobody said who pays for what is not funded any more;
    and what `Change.check` says.
    """
    hold_with_same_person(application)
    application = locked(application)
    before = copy(application)
    change = Change(before, offer, now)
    next_state(application.status, change.action, role_of(by, application))
    if change.is_none:
        return application
    if not reason.strip():
        raise Incomplete("reason", "Give a reason: the applicant and the provider read it.")
    if not still_stands(offer):
        raise NotOffered
    change.check()
    if change.asks_who_pays and not payer:
        raise Incomplete("payer", "Choose who pays: it is not funded any more. Ask the applicant first.")
    if change.action is Action.CHANGE_RECORD:
        put_away(application, WAS_CHANGED, now, by_staff=True)
    try:
        with told_by_the_database():
            key = _moved(application, change, payer, by, now)
    except LiveAgain as again:
        raise AppliedToThat from again
    Note.objects.create(application=application, author=by, text=_noted(before, reason), written_at=now)
    _tell(application, change, reason.strip(), key, now)
    if change.frees_place:
        free_place(before, now)
    return application


def _moved(application: Application, change: Change, payer: str, by: User, now: datetime) -> str:
    offer = change.offer
    columns: dict[str, Any] = {
        "term": offer.term,
        "qualification": offer.qualification,
        "provider": offer.provider,
        "course_run": None,
        "course_run_as_of": None,
        "funded_place": None,
        "decided_at": None,
        "decision_reason": "",
        # Whoever looks at it as it was decides nothing any more.
        "state_since": now,
    }
    if change.other_provider:
        columns["provider_since"] = now
    if change.action is Action.CHANGE_RECORD:
        columns |= {"form": None, "submitted_at": None, "awaits_scores": False, "information_at": None}
    return move(
        application=application,
        action=change.action,
        by=by,
        now=now,
        event="record_changed",
        old={**_facts(application), "funded_place": application.funded_place},
        new={**_facts(offer), "outcome": change.outcome},
        **columns,
        **_decided(change, payer, now),
    )


def _facts(row: Application | Offer) -> dict[str, Any]:
    named: Any = row
    facts = {
        "term": named.term.identifier,
        "npq": named.qualification.identifier,
        "provider": named.provider.slug,
    }
    return {**facts, "outcome": row.funding_outcome} if isinstance(row, Application) else facts


def _decided(change: Change, payer: str, now: datetime) -> dict[str, Any]:
    """The columns of a decision that is made anew."""
    application, funding = change.application, change.funding
    if funding is None:
        return {}
    decision = funding.decision
    replaced = {
        **_facts(application),
        "was_for": f"{application.qualification}, {application.term}",
        "outcome_told": application.get_funding_outcome_display(),
        "reason": application.funding_reason,
        "rules_version": application.funding_rules_version,
        "decision": application.funding_decision,
        "evidence": application.funding_evidence,
        "reviewed": application.funding_reviewed_at is not None,
        "until": timezone.localdate(now).isoformat(),
    }
    pays = application.funding_choice or payer if decision.outcome is Outcome.NOT_FUNDED else ""
    return {
        "earlier_decisions": [*application.earlier_decisions, replaced],
        "funding_facts": decision.facts.to_json(),
        "funding_decision": decision.to_json(),
        "funding_outcome": decision.outcome.value,
        "funding_reason": decision.reason.value,
        "funding_rules_version": decision.rules_version,
        "funding_evidence": [each.to_json() for each in funding.evidence],
        "funding_choice": pays,
        "funding_reviewed_at": None,
        "funding_reviewed_by": None,
        "funding_review_reason": "",
    }


def _noted(before: Application, reason: str) -> str:
    """With what was written about its funding, which the new decision has nothing of."""
    told = f"\n\nIts funding had been reviewed: {before.funding_review_reason}"
    was = f"Was {before.qualification}, {before.term}, with {before.provider}."
    return f"{reason.strip()}\n\n{was}{told if before.funding_review_reason else ''}"


def _tell(application: Application, change: Change, reason: str, key: str, now: datetime) -> None:
    before = change.application
    given: dict[str, Any] = {
        "before": before,
        "reason": reason,
        "had_a_place": change.frees_place,
        "decided_anew": change.funding is not None,
        "form_again": application.status is State.REGISTERED,
        "form_by": form_expected(now),
    }
    tell_applicant("record_changed", application, key=key, now=now, **given)
    tell_provider("record_changed_to_provider", application, key=f"{key}:provider", now=now, **given)
    if change.other_provider and before.provider:
        tell_provider_that_is_left(before.provider, before, key=f"{key}:left", now=now)
