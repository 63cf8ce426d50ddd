"""Drafts: started, answered, thrown away. A draft is its owner's alone; nobody else ever sees it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import F, QuerySet

from applications.access import role_of
from applications.actions.errors import AlreadyDone, Erased, Merged, RegistrationClosed, TooManyDrafts
from applications.actions.moving import locked, move
from applications.figures.weeks import monday_of
from applications.journey.choices import Choices
from applications.journey.offered import may_always
from applications.journey.shape import Answers
from applications.journey.walker import Walk, walk
from applications.models import Answer, Application, EndedDraft
from applications.queries import answers_of
from applications.states import Action, NotAllowed, Role, State
from catalogue.models import LeadProvider, Qualification, Term
from npq_portal.accounts.models import User
from npq_portal.audit.recording import record
from npq_portal.switches.models import Switches
from npq_portal.verbs import verb

MOST_DRAFTS = 10


@verb
def start(*, by: User, now: datetime, carried: Answers, choices: Choices) -> Application:
    """A draft with the answers `carried` over from the funding check, as far as they make sense together.

    `choices` is what can be chosen at `now`.

    A draft that was started but never answered is used again, so that starting twice makes one. Raises
    TooManyDrafts where a person has as many as anyone could need, and RegistrationClosed while portal staff keep it
    closed.
    """
    if Switches.objects.closing().exists() and not may_always(by.email):
        raise RegistrationClosed
    # One start at a time for a person: two at once would not see each other's draft.
    person = User.objects.select_for_update(no_key=True).get(pk=by.pk)
    if person.erased_at:
        raise Erased
    if person.merged_into_id:
        raise Merged
    drafts = Application.objects.drafts().held_by(by)
    untouched = drafts.filter(answers_saved_at=F("started_at")).select_for_update(of=("self",)).first()
    if untouched is None and drafts.count() >= MOST_DRAFTS:
        raise TooManyDrafts(MOST_DRAFTS)
    application = untouched or Application(applicant=by)
    application.state_since = application.started_at = application.answers_saved_at = now
    application.save()
    kept = walk(carried, choices).kept
    application.answers.all().delete()
    Answer.objects.bulk_create(
        Answer(application=application, step=slug, value=value, answered_at=now)
        for slug, value in kept.items()
    )
    record(action="applications.started", subject=application, by=by, now=now, new={"steps": sorted(kept)})
    return application


@verb
def answer(
    *,
    application: Application,
    step: str,
    value: Mapping[str, Any],
    choices: Choices,
    by: User,
    now: datetime,
) -> Walk:
    """Save one answer as given, and drop the later ones that no longer hold because of it.

    `value` is what the step's form let through, `choices` what it was let through by. Only while the
    application is a draft: NotAllowed or AlreadyDone otherwise. Returns the walk as it is now,
    which says what was dropped.
    """
    return _save(application, {step: value}, choices, by, now, new={"step": step})


@verb
def carry_over(
    *, application: Application, carried: Answers, choices: Choices, by: User, now: datetime
) -> Walk:
    """Put what the person brings, such as a course found in the finder, into a draft that they have begun.

    Otherwise as for one answer: what no longer holds together with it is dropped.
    """
    return _save(application, carried, choices, by, now, new={"steps": sorted(carried)})


def _save(
    application: Application,
    answers: Answers,
    choices: Choices,
    by: User,
    now: datetime,
    new: dict[str, Any],
) -> Walk:
    move(
        application=application,
        action=Action.ANSWER,
        by=by,
        now=now,
        event="answered",
        new=new,
        answers_saved_at=now,
    )
    Answer.objects.bulk_create(
        [
            Answer(application=application, step=slug, value=dict(value), answered_at=now)
            for slug, value in answers.items()
        ],
        update_conflicts=True,
        unique_fields=["application", "step"],
        update_fields=["value", "answered_at"],
    )
    # Read again: another window may have answered since the page was asked for, and `move` now holds the row.
    walked = walk(answers_of(application), choices)
    if walked.dropped:
        application.answers.filter(step__in=walked.dropped).delete()
    return walked


@verb
def discard(*, application: Application, by: User, now: datetime) -> None:
    """Delete a draft with its answers, for good: it is only counted from then on.

    AlreadyDone for one that has been registered, which is kept.
    """
    if (role := role_of(by, application)) is not Role.APPLICANT:
        raise NotAllowed(application.status, Action.ANSWER, role)
    # Held first: Django deletes by key alone, whatever the row has become while it waited for a registration.
    application = locked(application)
    if application.status is not State.DRAFT:
        raise AlreadyDone
    record(action="applications.discarded", subject=application, by=by, now=now)
    delete_draft(application)


def delete_draft(draft: Application) -> None:
    """Its row and its answers go; that there was one stays, to be counted. The caller holds the row."""
    given = answers_of(draft)
    EndedDraft.objects.create(
        week=monday_of(draft.started_at),
        term=_chosen(Term.objects.all(), "identifier", given, "term"),
        qualification=_chosen(Qualification.objects.all(), "identifier", given, "npq"),
        provider=_chosen(LeadProvider.objects.all(), "slug", given, "provider"),
    )
    draft.delete()


def _chosen(rows: QuerySet[Any], column: str, given: Mapping[str, Mapping[str, Any]], step: str) -> Any:
    return rows.filter(**{column: given[step].get(step)}).first() if step in given else None
